/// Weight of positives and of negatives with a score at or above each distinct score of a slice, from the
/// highest score down: all that a metric of the order of rows depends on. Ties are one step.
struct BinaryCurve: Sendable {
  /// Entry 0 is the cut above every score; zero-weight steps are left out.
  private(set) var positives: [Double] = [0]
  private(set) var negatives: [Double] = [0]
  private(set) var cuts: [Double] = [.infinity]
  /// Rows that count at or above each cut.
  private(set) var rowCounts: [Int] = [0]
  /// The step of each row of the slice.
  private(set) var steps: [Int]

  init(_ observations: BinaryRowObservations, _ slice: [UInt32]) {
    steps = [Int](repeating: 0, count: slice.count)
    guard let ranks = observations.ranks else { return }
    let order = ranks.ordered(slice)
    let most = min(order.count, ranks.values.count) + 1
    positives.reserveCapacity(most)
    negatives.reserveCapacity(most)
    cuts.reserveCapacity(most)
    rowCounts.reserveCapacity(most)
    var end = order.count
    while end > 0 {
      let rank = order[end - 1] >> 32
      var start = end
      var sum = (positive: 0.0, negative: 0.0, rows: 0)
      while start > 0, order[start - 1] >> 32 == rank {
        start -= 1
        let position = Int(order[start] & 0xFFFF_FFFF)
        let row = Int(slice[position])
        let weight = observations.weight(row)
        if observations.labels[row] == 1 { sum.positive += weight } else { sum.negative += weight }
        sum.rows += weight > 0 ? 1 : 0
        steps[position] = positives.count
      }
      if sum.positive + sum.negative > 0 {
        append(sum.positive, sum.negative, sum.rows, cut: ranks.values[Int(rank)])
      } else {
        for place in start..<end { steps[Int(order[place] & 0xFFFF_FFFF)] = positives.count - 1 }
      }
      end = start
    }
  }

  private mutating func append(_ positive: Double, _ negative: Double, _ rows: Int, cut: Double) {
    let last = positives.count - 1
    positives.append(positives[last] + positive)
    negatives.append(negatives[last] + negative)
    rowCounts.append(rowCounts[last] + rows)
    cuts.append(cut)
  }

  /// Steps below the cut above every score.
  var count: Int { positives.count - 1 }
  var allPositives: Double { positives[positives.count - 1] }
  var allNegatives: Double { negatives[negatives.count - 1] }

  /// Writes the influence of a function of the curve.
  ///
  /// - Parameters:
  ///   - slopes: its derivatives with respect to the entries of `positives` and of `negatives`. A row adds its
  ///     weight to its step and to every later one.
  func spread(
    _ slopes: BinaryCurveSlopes, _ observations: BinaryRowObservations, _ slice: [UInt32],
    influence: inout [Double]
  ) {
    var after = slopes
    for step in stride(from: count - 1, through: 0, by: -1) {
      after.positives[step] += after.positives[step + 1]
      after.negatives[step] += after.negatives[step + 1]
    }
    for (position, row) in slice.enumerated() {
      let step = steps[position]
      let slope = observations.labels[Int(row)] == 1 ? after.positives[step] : after.negatives[step]
      influence[position] = observations.weight(Int(row)) * slope
    }
  }
}

/// Derivatives of a metric with respect to the entries of a curve.
struct BinaryCurveSlopes: Sendable {
  var positives: [Double]
  var negatives: [Double]

  init(count: Int) {
    positives = [Double](repeating: 0, count: count + 1)
    negatives = positives
  }

  mutating func scale(by factor: Double) {
    for index in positives.indices {
      positives[index] *= factor
      negatives[index] *= factor
    }
  }
}

/// Distances between predicted and observed shares over bins. They are biased upward in small slices, and their
/// influence function says nothing of that bias, so that they carry no interval.
enum BinaryCalibrationError: Sendable, CaseIterable {
  /// Σ (n_b / n)·|mean label − mean score| (Naeini, Cooper & Hauskrecht 2015).
  case expected
  /// The largest distance of a bin that is not empty.
  case maximum
  /// Their plain mean over bins that are not empty.
  case average
  /// √ Σ (n_b / n)·(mean label − mean score)².
  case rootMeanSquare
  /// The square of that, less what chance adds (Kumar, Liang & Ma 2019); may be negative.
  case debiasedSquare
  /// Its root, 0 where the square is negative.
  case debiased

  /// nil without weight. Complexity: O(bins).
  func value(_ bins: BinaryBins) -> Double? {
    let used = bins.indices.filter { bins.weights[$0] > 0 }
    let total = bins.weight
    guard total > 0 else { return nil }
    switch self {
    case .expected: return used.reduce(0) { $0 + bins.weights[$1] / total * bins.gap($1) }
    case .maximum: return used.map(bins.gap).max()
    case .average: return used.map(bins.gap).reduce(0, +) / Double(used.count)
    case .rootMeanSquare:
      return used.reduce(0) { $0 + bins.weights[$1] / total * bins.gap($1) * bins.gap($1) }.squareRoot()
    case .debiasedSquare:
      return used.reduce(0) { $0 + bins.weights[$1] / total * Self.debiasedSquare(bins, $1) }
    case .debiased: return max(0, Self.debiasedSquare.value(bins) ?? 0).squareRoot()
    }
  }

  /// A bin of a single row says nothing; under weights Kish's effective size stands for the rows.
  private static func debiasedSquare(_ bins: BinaryBins, _ bin: Int) -> Double {
    let size = bins.weights[bin] * bins.weights[bin] / bins.squares[bin]
    guard size > 1 else { return 0 }
    let (gap, share) = (bins.gap(bin), bins.accuracy(bin))
    return gap * gap - share * (1 - share) / (size - 1)
  }

  func measure(
    _ binning: BinaryBinning, _ observations: BinaryRowObservations, _ slice: [UInt32]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice)
    guard let value = value(BinaryBins(binning, observations, slice)) else {
      return counts.undefined("zero weight", .rows)
    }
    return counts.measured(value, .rows, hasInfluence: false)
  }
}

/// ECE-sweep (Roelofs, Cain, Shlens & Mozer 2022): equal-mass bins, as many as keep the observed shares from
/// falling.
enum BinarySweep {
  /// Beyond as many bins the search ends: it is quadratic.
  static let mostBins = 1000

  /// The bins found, and their number before ties are kept together.
  ///
  /// Complexity: O(rows + mostBins²).
  static func bins(
    _ observations: BinaryRowObservations, _ slice: [UInt32]
  ) -> (bins: BinaryBins, count: Int) {
    let order = BinaryScoreOrder(observations, slice)
    var sums = [(weight: 0.0, labels: 0.0)]
    for position in order.positions {
      let row = Int(slice[position])
      let weight = observations.weight(row)
      let last = sums[sums.count - 1]
      sums.append((last.weight + weight, last.labels + weight * observations.label(row)))
    }
    var best = 1
    for count in 1...max(1, min(order.count, mostBins)) {
      guard rises(edges(order, count), sums) else { break }
      best = count
    }
    return (BinaryBins(order.bins(edges(order, best)), observations, slice), best)
  }

  /// The rows divided into parts whose sizes differ by at most one, the larger first.
  private static func edges(_ order: BinaryScoreOrder, _ bins: Int) -> [Int] {
    var last = 0
    return (1...bins).map { bin in
      last = max(last, order.tieSafe(bin * (order.count / bins) + min(bin, order.count % bins)))
      return last
    }
  }

  private static func rises(_ edges: [Int], _ sums: [(weight: Double, labels: Double)]) -> Bool {
    var start = 0
    var last = -Double.infinity
    for end in edges {
      let weight = sums[end].weight - sums[start].weight
      guard weight > 0 else { continue }
      let share = (sums[end].labels - sums[start].labels) / weight
      // Rounding of weights is no fall.
      if share < last - 1e-12 { return false }
      (start, last) = (end, share)
    }
    return true
  }

  static func measure(
    _ error: BinaryCalibrationError, _ observations: BinaryRowObservations, _ slice: [UInt32]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice)
    guard counts.total(counts.weights, .rows) > 0,
      let value = error.value(bins(observations, slice).bins)
    else { return counts.undefined("zero weight", .rows) }
    return counts.measured(value, .rows, hasInfluence: false)
  }
}

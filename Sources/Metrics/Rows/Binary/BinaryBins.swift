import Glibc

/// How probabilities are put into bins.
enum BinaryBinning: Sendable, Equatable {
  /// ((b − 1)/B, b/B], 0 in the first.
  case rightClosed(Int)
  /// [(b − 1)/B, b/B), 1 in the last.
  case leftClosed(Int)
  /// As many rows (as much weight) in each, the edge moved to the end of a run of equal scores, so that the
  /// order of rows does not matter.
  case equalMass(Int)
  /// Every score by itself.
  case distinct
}

/// The bins of one slice.
struct BinaryBins: Sendable, Equatable {
  private(set) var rows: [Int]
  private(set) var weights: [Double]
  private(set) var squares: [Double]
  /// Weighted sums of labels and of scores.
  private(set) var labels: [Double]
  private(set) var scores: [Double]
  /// The bin of each row of the slice.
  let assignment: [Int]

  init(_ binning: BinaryBinning, _ observations: BinaryRowObservations, _ slice: [UInt32]) {
    self.init(
      Self.assign(binning, observations, slice), observations, slice)
  }

  init(_ found: (bins: [Int], count: Int), _ observations: BinaryRowObservations, _ slice: [UInt32]) {
    rows = [Int](repeating: 0, count: found.count)
    weights = [Double](repeating: 0, count: found.count)
    (squares, labels, scores) = (weights, weights, weights)
    assignment = found.bins
    for (position, row) in slice.enumerated() {
      let bin = found.bins[position]
      let weight = observations.weight(Int(row))
      rows[bin] += 1
      weights[bin] += weight
      squares[bin] += weight * weight
      labels[bin] += weight * observations.label(Int(row))
      scores[bin] += weight * observations.score(Int(row))
    }
  }

  var weight: Double { weights.reduce(0, +) }
  var indices: Range<Int> { rows.indices }

  /// Mean score and share of positives of a bin that weighs something.
  func confidence(_ bin: Int) -> Double { scores[bin] / weights[bin] }
  func accuracy(_ bin: Int) -> Double { labels[bin] / weights[bin] }
  func gap(_ bin: Int) -> Double { abs(confidence(bin) - accuracy(bin)) }

  private static func assign(
    _ binning: BinaryBinning, _ observations: BinaryRowObservations, _ slice: [UInt32]
  ) -> (bins: [Int], count: Int) {
    switch binning {
    case .rightClosed(let count):
      return (slice.map { rightClosed(observations.score(Int($0)), count) }, count)
    case .leftClosed(let count):
      return (slice.map { leftClosed(observations.score(Int($0)), count) }, count)
    case .equalMass(let count):
      let order = BinaryScoreOrder(observations, slice)
      return order.bins(order.massEdges(count))
    case .distinct:
      let order = BinaryScoreOrder(observations, slice)
      return order.bins(order.runEnds)
    }
  }

  /// The edges are the quotients b/B, to the last bit.
  static func rightClosed(_ score: Double, _ count: Int) -> Int {
    var bin = min(count - 1, max(0, Int(ceil(score * Double(count))) - 1))
    while bin > 0, score <= Double(bin) / Double(count) { bin -= 1 }
    while bin < count - 1, score > Double(bin + 1) / Double(count) { bin += 1 }
    return bin
  }

  static func leftClosed(_ score: Double, _ count: Int) -> Int {
    var bin = min(count - 1, max(0, Int(floor(score * Double(count)))))
    while bin > 0, score < Double(bin) / Double(count) { bin -= 1 }
    while bin < count - 1, score >= Double(bin + 1) / Double(count) { bin += 1 }
    return bin
  }
}

/// The rows of a slice in ascending order of score, for cutting into bins.
struct BinaryScoreOrder: Sendable {
  /// Positions within the slice.
  let positions: [Int]
  /// For each place in the order, one past the end of its run of equal scores.
  let ends: [Int]
  /// Weight before each place; nil where every row counts 1.
  let before: [Double]?

  init(_ observations: BinaryRowObservations, _ slice: [UInt32]) {
    let ranks = observations.ranks?.ranks ?? []
    var order = observations.ranks?.ascending(slice) ?? []
    var ends = [Int](repeating: order.count, count: order.count)
    for place in order.indices.dropLast().reversed() {
      let isTied = ranks[Int(slice[order[place]])] == ranks[Int(slice[order[place + 1]])]
      ends[place] = isTied ? ends[place + 1] : place + 1
    }
    if let weights = observations.weights { Self.order(&order, ends) { weights[Int(slice[$0])] } }
    positions = order
    self.ends = ends
    before = observations.weights.map { weights in
      var sum = 0.0
      return order.map { position in
        defer { sum += weights[Int(slice[position])] }
        return sum
      } + [sum]
    }
  }

  /// Within a run the lightest first, so that the place where a share of the weight is reached does not depend
  /// on the order of rows.
  private static func order(_ positions: inout [Int], _ ends: [Int], by weight: (Int) -> Double) {
    var start = 0
    while start < positions.count {
      if ends[start] - start > 1 { positions[start..<ends[start]].sort { weight($0) < weight($1) } }
      start = ends[start]
    }
  }

  var count: Int { positions.count }

  /// The place moved to the end of the run that it would cut.
  func tieSafe(_ place: Int) -> Int { place > 0 && place < count ? ends[place - 1] : place }

  /// Ends of `bins` bins, each of the same number of rows or weight; some may be empty.
  func massEdges(_ bins: Int) -> [Int] {
    var result: [Int] = []
    for bin in 1..<max(2, bins) where bin < bins {
      let place = max(result.last ?? 0, start(bin, bins))
      result.append(tieSafe(place))
    }
    return result + [count]
  }

  private func start(_ bin: Int, _ bins: Int) -> Int {
    guard let before, let total = before.last else { return bin * count / bins }
    let wanted = Double(bin) / Double(bins) * total * (1 + 1e-12)
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high + 1) / 2
      if before[middle] <= wanted { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Ends of the runs of equal scores.
  var runEnds: [Int] {
    var result: [Int] = []
    var place = 0
    while place < count {
      place = ends[place]
      result.append(place)
    }
    return result
  }

  /// The bin of each position of the slice.
  func bins(_ edges: [Int]) -> (bins: [Int], count: Int) {
    var result = [Int](repeating: 0, count: count)
    var start = 0
    for (bin, end) in edges.enumerated() where end > start {
      for place in start..<end { result[positions[place]] = bin }
      start = end
    }
    return (result, edges.count)
  }
}

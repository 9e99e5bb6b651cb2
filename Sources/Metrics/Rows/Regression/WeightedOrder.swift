/// A slice's rows in order of a value: where its weighted quantiles are read.
struct WeightedOrder {
  /// Share of the weight that one comparison of cumulative weights may be off by.
  private static let tolerance = 1e-12

  private let indices: [UInt32]
  private let slice: [UInt32]
  private let values: [Double]
  private let weights: [Double]?
  private let total: Double

  /// - Parameters:
  ///   - indices: indices into `slice`, ascending by value.
  ///   - values: of all rows.
  ///   - total: weight of the slice, positive.
  init(
    _ indices: [UInt32], _ slice: [UInt32], _ values: [Double], _ weights: [Double]?, _ total: Double
  ) {
    self.indices = indices
    self.slice = slice
    self.values = values
    self.weights = weights
    self.total = total
  }

  /// The smallest value whose cumulative weight reaches a share of the whole.
  func quantile(_ share: Double) -> Double { values[Int(slice[Int(indices[position(share)])])] }

  /// The middle value; the mean of two where one half of the weight ends exactly between them.
  func median() -> Double {
    let lower = position(0.5 - Self.tolerance)
    let upper = position(0.5 + 2 * Self.tolerance)
    let (a, b) = (value(lower), value(upper))
    return a == b ? a : a + (b - a) / 2
  }

  private func value(_ position: Int) -> Double { values[Int(slice[Int(indices[position])])] }

  private func position(_ share: Double) -> Int {
    guard let weights else {
      let rank = (share - Self.tolerance) * Double(indices.count)
      return min(indices.count - 1, max(0, Int(rank.rounded(.up)) - 1))
    }
    let goal = (share - Self.tolerance) * total
    var sum = 0.0
    var last = 0
    for (position, index) in indices.enumerated() {
      let weight = weights[Int(slice[Int(index)])]
      guard weight > 0 else { continue }
      sum += weight
      last = position
      if sum >= goal { break }
    }
    return last
  }
}

/// The area under the ROC curve with its variance.
///
/// DeLong, DeLong & Clarke-Pearson 1988; with units, their sums (Obuchowski 1997). Weights multiply rows.
package struct ROCArea: Sendable {
  /// The share of pairs of a positive and a negative that are in the right order, ties one half.
  package let value: Double
  /// What each row contributes to value − area; the sum of squares is the variance but for small-sample factors.
  let influence: [Double]
  let labels: [UInt8]
  let counts: (positives: Int, negatives: Int)

  /// - Parameter scores: without NaN
  /// - Returns: nil where only one class has weight. Complexity: O(n log n).
  package init?(_ scores: [Double], labels: [UInt8], weights: [Double]? = nil) {
    let order = Midranks.ascending(scores)
    let (below, above, positives, negatives) = Self.sums(scores, order, labels, weights)
    guard positives > 0, negatives > 0 else { return nil }
    // A positive's share of negatives below it, a negative's of positives above it.
    let components = scores.indices.map { row in
      labels[row] == 1 ? below[row] / negatives : above[row] / positives
    }
    var area = 0.0
    for row in components.indices where labels[row] == 1 {
      area += (weights?[row] ?? 1) * components[row]
    }
    let value = area / positives
    self.value = value
    influence = components.indices.map { row in
      (weights?[row] ?? 1) * (components[row] - value) / (labels[row] == 1 ? positives : negatives)
    }
    self.labels = labels
    let count = labels.count { $0 == 1 }
    counts = (count, labels.count - count)
  }

  /// For each row the weight of negatives below and of positives above it, ties one half, and the classes' weights.
  private static func sums(
    _ scores: [Double], _ order: [Int32], _ labels: [UInt8], _ weights: [Double]?
  ) -> (below: [Double], above: [Double], positives: Double, negatives: Double) {
    var below = [Double](repeating: 0, count: scores.count)
    var above = below
    var (positives, negatives) = (0.0, 0.0)
    var start = 0
    while start < order.count {
      let score = scores[Int(order[start])]
      var end = start
      var tied = (positive: 0.0, negative: 0.0)
      while end < order.count, scores[Int(order[end])] == score {
        let row = Int(order[end])
        if labels[row] == 1 {
          tied.positive += weights?[row] ?? 1
        } else {
          tied.negative += weights?[row] ?? 1
        }
        end += 1
      }
      for position in start..<end {
        below[Int(order[position])] = negatives + tied.negative / 2
        above[Int(order[position])] = positives + tied.positive / 2
      }
      positives += tied.positive
      negatives += tied.negative
      start = end
    }
    for row in above.indices { above[row] = positives - above[row] }
    return (below, above, positives, negatives)
  }

  /// - Parameter units: the unit of each row, from 0; nil where every row is one
  /// - Returns: nil where a class has a single row, or there is a single unit
  package func variance(units: [Int32]? = nil) -> Double? {
    guard let units else {
      guard counts.positives > 1, counts.negatives > 1 else { return nil }
      var sums = (positive: 0.0, negative: 0.0)
      for (row, part) in influence.enumerated() {
        if labels[row] == 1 { sums.positive += part * part } else { sums.negative += part * part }
      }
      let (m, n) = (Double(counts.positives), Double(counts.negatives))
      return sums.positive * m / (m - 1) + sums.negative * n / (n - 1)
    }
    return UnitSums.variance(influence, units: units)
  }
}

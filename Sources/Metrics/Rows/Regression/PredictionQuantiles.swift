import Statistics

/// Quantiles of predictions: linear between order statistics (type 7 of Hyndman & Fan 1996), or with weights the smallest prediction
/// whose cumulative weight reaches the level.
package struct PredictionQuantiles: Sendable {
  /// Ascending; with weights those that weigh anything.
  private let sorted: [Double]
  /// The weight up to each of them; nil where every row counts 1.
  private let cumulative: [Double]?
  private let total: Double

  /// Share of the weight that one comparison of cumulative weights may be off by.
  private static let tolerance = 1e-12

  /// Complexity: O(rows)
  package init(_ predictions: [Double], weights: [Double]?) {
    self.init(RowOrder(ascending: predictions), predictions, weights)
  }

  init(_ order: RowOrder, _ predictions: [Double], _ weights: [Double]?) {
    let rows = weights.map { weights in order.rows.filter { weights[Int($0)] > 0 } } ?? order.rows
    sorted = rows.map { predictions[Int($0)] }
    total = SliceWeight(rows, weights).weight
    cumulative = weights.map { weights in
      var sum = 0.0
      return rows.map { row in
        sum += weights[Int(row)]
        return sum
      }
    }
  }

  /// NaN without rows. Complexity: O(log rows)
  package func value(at level: Double) -> Double {
    guard let cumulative else { return Quantile.type7(sorted: sorted, level) }
    let goal = (level - Self.tolerance) * total
    var (low, high) = (0, sorted.count - 1)
    guard high >= 0 else { return .nan }
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] >= goal { high = middle } else { low = middle + 1 }
    }
    return sorted[low]
  }
}

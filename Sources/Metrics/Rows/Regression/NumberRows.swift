/// Labels and predictions with the orders that quantiles and ranks are read from: made once, shared by all
/// metrics.
final class NumberRows: Sendable {
  let labels: [Double]
  let predictions: [Double]
  let weights: [Double]?
  /// |prediction − label|.
  let absoluteErrors: [Double]
  let byLabel: RowOrder
  let byPrediction: RowOrder
  let byError: RowOrder

  /// Complexity: O(rows).
  init(_ observations: NumberObservations) {
    labels = observations.labels
    predictions = observations.predictions
    weights = observations.weights
    byLabel = RowOrder(ascending: labels)
    byPrediction = RowOrder(ascending: predictions)
    absoluteErrors = zip(predictions, labels).map { abs($0 - $1) }
    byError = RowOrder(ascending: absoluteErrors)
  }

  @inline(__always)
  func weight(_ row: UInt32) -> Double { weights.map { $0[Int(row)] } ?? 1 }

  /// Whether the rows that weigh anything all hold the same value.
  func isConstant(_ values: [Double], _ rows: [UInt32]) -> Bool {
    var first: Double?
    for row in rows where weight(row) > 0 {
      let value = values[Int(row)]
      if let first, first != value { return false }
      first = first ?? value
    }
    return true
  }

  /// Σw·value / Σw.
  func mean(_ values: [Double], _ rows: [UInt32], weight total: Double) -> Double {
    var sum = CompensatedSum()
    for row in rows { sum.add(weight(row) * values[Int(row)]) }
    return sum.value / total
  }
}

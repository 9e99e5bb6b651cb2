/// The rows of a slice, or their weight.
struct RowCount: RowMetric {
  let definition: MetricDefinition
  let isWeight: Bool
  let weights: [Double]?

  /// Complexity: O(rows).
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    let totals = RowTotals(rows, weights)
    return totals.measured(isWeight ? totals.weight : Double(totals.rows), hasInfluence: false)
  }
}

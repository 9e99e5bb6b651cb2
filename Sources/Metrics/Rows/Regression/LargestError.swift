/// The largest |prediction − label| of the rows that weigh anything. It has no influence function.
struct LargestError: RowMetric {
  let definition: MetricDefinition
  let rows: NumberRows

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.weights)
    if let reason = total.emptyReason { return total.undefined(reason) }
    var largest = 0.0
    for row in slice where rows.weight(row) > 0 { largest = max(largest, rows.absoluteErrors[Int(row)]) }
    return total.measured(largest, hasInfluence: false)
  }
}

/// How much of the labels' variance the predictions leave unexplained, taken from 1: R² where the errors'
/// mean counts as error, explained variance where it does not.
struct ExplainedShare: RowMetric {
  let definition: MetricDefinition
  let rows: NumberRows
  let countsBias: Bool

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.weights)
    if let reason = total.emptyReason { return total.undefined(reason) }
    if rows.isConstant(rows.labels, slice) { return total.undefined("labels are all the same") }
    let mean = rows.mean(rows.labels, slice, weight: total.weight)
    let bias = countsBias ? 0 : meanError(slice, total.weight)
    var unexplained = CompensatedSum()
    var whole = CompensatedSum()
    for row in slice {
      let (error, deviation) = parts(row, mean, bias)
      unexplained.add(rows.weight(row) * error * error)
      whole.add(rows.weight(row) * deviation * deviation)
    }
    let rest = unexplained.value / whole.value
    let value = 1 - rest
    guard value.isFinite else { return total.measured(value) }
    for (index, row) in slice.enumerated() {
      let (error, deviation) = parts(row, mean, bias)
      influence[index] = rows.weight(row) * (rest * deviation * deviation - error * error) / whole.value
    }
    return total.measured(value, within: -Double.infinity...1, &influence)
  }

  @inline(__always)
  private func parts(_ row: UInt32, _ mean: Double, _ bias: Double) -> (error: Double, deviation: Double) {
    let label = rows.labels[Int(row)]
    return (rows.predictions[Int(row)] - label - bias, label - mean)
  }

  private func meanError(_ slice: [UInt32], _ weight: Double) -> Double {
    var sum = CompensatedSum()
    for row in slice {
      sum.add(rows.weight(row) * (rows.predictions[Int(row)] - rows.labels[Int(row)]))
    }
    return sum.value / weight
  }
}

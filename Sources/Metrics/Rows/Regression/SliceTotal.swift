/// How many rows there are, or what they weigh.
struct SliceTotal: RowMetric {
  let definition: MetricDefinition
  let weights: [Double]?
  let countsRows: Bool

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, weights)
    return total.measured(countsRows ? Double(total.count) : total.weight, hasInfluence: false)
  }
}

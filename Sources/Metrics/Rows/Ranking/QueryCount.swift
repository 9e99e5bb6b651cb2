/// How many queries have rows in a slice.
struct QueryCount: RowMetric {
  let definition: MetricDefinition
  let rows: QueryRows

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let count = Set(slice.map { rows.observations.queries[Int($0)] }).count
    return Measured(
      value: Double(count), denominator: count, weight: Double(count), squaredWeight: Double(count),
      hasInfluence: false)
  }
}

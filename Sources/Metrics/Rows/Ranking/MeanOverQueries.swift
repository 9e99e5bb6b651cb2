/// The mean of a measure of the slice's rows of each query, ranked among themselves, over the queries that
/// have a value; a query weighs the mean weight of those rows.
struct MeanOverQueries: RowMetric {
  let definition: MetricDefinition
  let rows: QueryRows
  let measure: ListMeasure

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    guard !slice.isEmpty else { return .undefined("no rows") }
    var lists: [(first: Int, weight: Double, value: Double)] = []
    let relevantAt = rows.observations.relevantAt
    rows.forEachList(slice) { list in
      guard let value = measure.value(list, relevantAt: relevantAt, discounts: rows.discounts)
      else { return }
      lists.append((list.first, list.weight, value))
    }
    guard !lists.isEmpty else { return .undefined(definition.undefined ?? "no queries") }
    var (weight, squares, sum) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for list in lists {
      weight.add(list.weight)
      squares.add(list.weight * list.weight)
      sum.add(list.weight * list.value)
    }
    guard weight.value > 0 else { return .undefined("zero weight", denominator: lists.count) }
    let mean = sum.value / weight.value
    guard mean.isFinite else { return .undefined("not a finite number", denominator: lists.count) }
    for list in lists { influence[list.first] = list.weight * (list.value - mean) / weight.value }
    return Measured(
      value: mean, denominator: lists.count, weight: weight.value, squaredWeight: squares.value)
  }
}

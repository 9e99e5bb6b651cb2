/// How many queries have rows in a slice, or how many rows they have there.
struct QueryCount: RowMetric {
  enum Quantity: Sendable {
    case queries
    /// The rows of the query that has fewest, or most.
    case fewest, most
  }

  let definition: MetricDefinition
  let rows: QueryRows
  var quantity = Quantity.queries

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    var sizes: [UInt32: Int] = [:]
    for row in slice { sizes[rows.observations.queries[Int(row)], default: 0] += 1 }
    let count = Double(sizes.count)
    let value: Double? =
      switch quantity {
      case .queries: count
      case .fewest: sizes.values.min().map(Double.init)
      case .most: sizes.values.max().map(Double.init)
      }
    return Measured(
      value: value, reason: value == nil ? "no rows" : nil, denominator: sizes.count, weight: count,
      squaredWeight: count, hasInfluence: false)
  }
}

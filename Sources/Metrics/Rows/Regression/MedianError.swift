/// The weighted median of |prediction − label|.
///
/// Its influence is (1/2 − [x ≤ median]) over the density there; the density comes from the distance
/// of the order statistics between which the median is with 95 % confidence (Woodruff 1952; Francisco & Fuller
/// 1991), so that the standard error is theirs and no bandwidth is chosen.
struct MedianError: RowMetric {
  private static let normalQuantile = 1.959963984540054
  /// Fewer rows do not tell a density.
  private static let fewest = 10.0

  let definition: MetricDefinition
  let rows: NumberRows

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.weights)
    if let reason = total.emptyReason { return total.undefined(reason) }
    let errors = rows.absoluteErrors
    let order = WeightedOrder(rows.byError.sorted(slice), slice, errors, rows.weights, total.weight)
    let median = order.median()
    let effective = total.weight * total.weight / total.squaredWeight
    guard median.isFinite, effective >= Self.fewest else {
      return total.measured(median, hasInfluence: false)
    }
    let reach = Self.normalQuantile / (2 * effective.squareRoot())
    let width = order.quantile(0.5 + reach) - order.quantile(0.5 - reach)
    guard width > 0, width.isFinite else { return total.measured(median, hasInfluence: false) }
    write(&influence, slice, median, scale: width / (2 * reach) / total.weight, weight: total.weight)
    return total.measured(median)
  }

  private func write(
    _ influence: inout [Double], _ slice: [UInt32], _ median: Double, scale: Double, weight: Double
  ) {
    var below = CompensatedSum()
    for row in slice where rows.absoluteErrors[Int(row)] <= median { below.add(rows.weight(row)) }
    let share = below.value / weight
    for (index, row) in slice.enumerated() {
      let isBelow = rows.absoluteErrors[Int(row)] <= median
      influence[index] = scale * rows.weight(row) * (share - (isBelow ? 1 : 0))
    }
  }
}

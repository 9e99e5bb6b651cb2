/// 1 − the quantile loss of the predictions over that of the best constant, the labels' own quantile
/// (Koenker & Machado 1999).
struct QuantileLossShare: RowMetric {
  let definition: MetricDefinition
  let rows: NumberRows
  let level: Double

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.weights)
    if let reason = total.emptyReason { return total.undefined(reason) }
    if rows.isConstant(rows.labels, slice) { return total.undefined("labels are all the same") }
    let constant = quantile(slice, total.weight)
    var mine = CompensatedSum()
    var best = CompensatedSum()
    for row in slice {
      let (loss, least) = losses(row, constant)
      mine.add(rows.weight(row) * loss)
      best.add(rows.weight(row) * least)
    }
    guard best.value > 0 else { return total.undefined("a constant has no loss") }
    let rest = mine.value / best.value
    guard rest.isFinite else { return total.measured(rest) }
    // The constant is where its loss is least, so that its own error is of second order.
    for (index, row) in slice.enumerated() {
      let (loss, least) = losses(row, constant)
      influence[index] = rows.weight(row) * (rest * least - loss) / best.value
    }
    return total.measured(1 - rest, within: -Double.infinity...1, &influence)
  }

  @inline(__always)
  private func losses(_ row: UInt32, _ constant: Double) -> (mine: Double, best: Double) {
    let label = rows.labels[Int(row)]
    return (
      MeanTerm.quantileLoss(label, rows.predictions[Int(row)], level),
      MeanTerm.quantileLoss(label, constant, level)
    )
  }

  private func quantile(_ slice: [UInt32], _ weight: Double) -> Double {
    let ordered = WeightedOrder(rows.byLabel.sorted(slice), slice, rows.labels, rows.weights, weight)
    return ordered.quantile(level)
  }
}

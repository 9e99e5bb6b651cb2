/// Spearman's ρ: Pearson's correlation of midranks, which are shares of the weight below a value and half of
/// that at it.
///
/// The influence is the projection of the functional (Hájek 1968): the row's own product of centred shares,
/// and what it adds to the shares of all rows above it.
struct RankCorrelationOfRows: RowMetric {
  let definition: MetricDefinition
  let rows: NumberRows

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.weights)
    if let reason = total.emptyReason { return total.undefined(reason) }
    if rows.isConstant(rows.predictions, slice) { return total.undefined("predictions are all the same") }
    if rows.isConstant(rows.labels, slice) { return total.undefined("labels are all the same") }
    let weights = slice.map { rows.weight($0) }
    let x = TieRuns(rows.byPrediction, slice, rows.predictions, weights: weights)
    let y = TieRuns(rows.byLabel, slice, rows.labels, weights: weights)
    let u = x.midWeights().map { $0 / total.weight - 0.5 }
    let v = y.midWeights().map { $0 / total.weight - 0.5 }
    let xx = product(u, u, weights) / total.weight
    let yy = product(v, v, weights) / total.weight
    let xy = product(u, v, weights) / total.weight
    let correlation = min(1, max(-1, xy / (xx.squareRoot() * yy.squareRoot())))
    let (byX, byY) = (x.sumsAbove(v), y.sumsAbove(u))
    let (selfX, selfY) = (x.sumsAbove(u), y.sumsAbove(v))
    for index in slice.indices {
      let changeXY = u[index] * v[index] + (byX[index] + byY[index]) / total.weight - 3 * xy
      let changeXX = u[index] * u[index] + 2 * selfX[index] / total.weight - 3 * xx
      let changeYY = v[index] * v[index] + 2 * selfY[index] / total.weight - 3 * yy
      let change =
        changeXY / (xx * yy).squareRoot() - correlation / 2 * (changeXX / xx + changeYY / yy)
      influence[index] = weights[index] / total.weight * change
    }
    return total.measured(correlation, within: -1...1, &influence)
  }

  private func product(_ a: [Double], _ b: [Double], _ weights: [Double]) -> Double {
    var sum = CompensatedSum()
    for index in a.indices { sum.add(weights[index] * a[index] * b[index]) }
    return sum.value
  }
}

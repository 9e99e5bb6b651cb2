/// How well predictions order labels, pair by pair: Kendall's τ-b or the concordance index.
///
/// Both are ratios of sums over pairs; the influence is twice the mean over a row's own pairs less the mean
/// over all (Hoeffding 1948).
struct PairAssociation: RowMetric {
  let definition: MetricDefinition
  let rows: NumberRows
  let isConcordance: Bool

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.weights)
    if let reason = total.emptyReason { return total.undefined(reason) }
    if rows.isConstant(rows.labels, slice) { return total.undefined("labels are all the same") }
    if !isConcordance, rows.isConstant(rows.predictions, slice) {
      return total.undefined("predictions are all the same")
    }
    let pairs = PairOrder(rows, slice)
    let value = isConcordance ? concordance(pairs, &influence) : tau(pairs, &influence)
    return total.measured(value, within: isConcordance ? 0...1 : -1...1, &influence)
  }

  private func tau(_ pairs: PairOrder, _ influence: inout [Double]) -> Double {
    let balance = pairs.mean(pairs.balance)
    let x = pairs.mean(pairs.otherPrediction)
    let y = pairs.mean(pairs.otherLabel)
    let scale = (x.squareRoot() * y.squareRoot())
    let value = min(1, max(-1, balance / scale))
    for index in influence.indices {
      let own = 2 * (pairs.balance[index] - balance) / scale
      let ties = pairs.otherPrediction[index] / x + pairs.otherLabel[index] / y - 2
      influence[index] = pairs.weights[index] / pairs.total * (own - value * ties)
    }
    return value
  }

  private func concordance(_ pairs: PairOrder, _ influence: inout [Double]) -> Double {
    let balance = pairs.mean(pairs.balance)
    let y = pairs.mean(pairs.otherLabel)
    let difference = balance / y
    for index in influence.indices {
      let change = pairs.balance[index] - balance - difference * (pairs.otherLabel[index] - y)
      influence[index] = pairs.weights[index] / pairs.total * change / y
    }
    return (1 + difference) / 2
  }
}

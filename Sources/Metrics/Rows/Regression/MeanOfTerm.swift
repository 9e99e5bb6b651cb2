/// The weighted mean of a term over the rows of a slice, or its square root.
struct MeanOfTerm: RowMetric {
  let definition: MetricDefinition
  let rows: NumberRows
  let term: MeanTerm
  var takesRoot = false

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.weights)
    if let reason = total.emptyReason { return total.undefined(reason) }
    guard let mean = mean(slice, total.weight, terms: &influence) else {
      return total.undefined("a label or prediction is −1 or less")
    }
    let value = takesRoot ? mean.squareRoot() : mean
    // Where every error is 0 the root has no derivative, and nothing varies.
    let slope = !takesRoot ? 1 : value > 0 ? 1 / (2 * value) : 0
    guard value.isFinite, slope.isFinite, slope > 0 else {
      for index in influence.indices { influence[index] = 0 }
      return total.measured(value)
    }
    let scale = slope / total.weight
    for (index, row) in slice.enumerated() {
      influence[index] = scale * rows.weight(row) * (influence[index] - mean)
    }
    return total.measured(value)
  }

  /// The mean, the terms left behind; nil, and nothing left behind, where a row has no term.
  private func mean(_ slice: [UInt32], _ weight: Double, terms: inout [Double]) -> Double? {
    var sum = CompensatedSum()
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    for (index, row) in slice.enumerated() {
      let (label, prediction) = (rows.labels[Int(row)], rows.predictions[Int(row)])
      let weight = rows.weight(row)
      // A row without weight says nothing, not even that it has no term.
      guard weight > 0 else { continue }
      guard term.isDefined(label: label, prediction: prediction) else {
        for index in terms.indices { terms[index] = 0 }
        return nil
      }
      let value = term.value(label: label, prediction: prediction)
      terms[index] = value
      sum.add(weight * value)
      (lowest, highest) = (min(lowest, value), max(highest, value))
    }
    // What does not vary has no error, not even one of rounding.
    return lowest == highest ? lowest : sum.value / weight
  }
}

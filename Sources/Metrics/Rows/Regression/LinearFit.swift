/// What the least-squares line of labels on predictions tells: how close it is, its slope, its intercept.
struct LinearFit: RowMetric {
  enum Part: Sendable { case correlation, squaredCorrelation, slope, intercept, ratio }

  let definition: MetricDefinition
  let rows: NumberRows
  let part: Part

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.weights)
    if let reason = total.emptyReason ?? missing(slice) { return total.undefined(reason) }
    let moments = LinearMoments(rows, slice, weight: total.weight)
    if part == .ratio, moments.meanLabel == 0 { return total.undefined("the mean label is 0") }
    let value = value(moments)
    guard value.isFinite else { return total.measured(value) }
    for (index, row) in slice.enumerated() {
      let x = rows.predictions[Int(row)] - moments.meanPrediction
      let y = rows.labels[Int(row)] - moments.meanLabel
      influence[index] = rows.weight(row) / total.weight * change(moments, x, y)
    }
    let isCorrelation = part == .correlation || part == .squaredCorrelation
    return isCorrelation ? total.measured(value, within: -1...1, &influence) : total.measured(value)
  }

  private func missing(_ slice: [UInt32]) -> String? {
    if part == .ratio { return nil }
    if rows.isConstant(rows.predictions, slice) { return "predictions are all the same" }
    let needsLabels = part == .correlation || part == .squaredCorrelation
    return needsLabels && rows.isConstant(rows.labels, slice) ? "labels are all the same" : nil
  }

  private func value(_ moments: LinearMoments) -> Double {
    switch part {
    case .correlation: moments.correlation
    case .squaredCorrelation: moments.correlation * moments.correlation
    case .slope: moments.slope
    case .intercept: moments.intercept
    case .ratio: moments.meanPrediction / moments.meanLabel
    }
  }

  /// The derivative toward a row, which deviates by x and y from the means.
  private func change(_ moments: LinearMoments, _ x: Double, _ y: Double) -> Double {
    let slopeChange = x * (y - moments.slope * x) / moments.predictionVariance
    switch part {
    case .correlation: return correlationChange(moments, x, y)
    case .squaredCorrelation: return 2 * moments.correlation * correlationChange(moments, x, y)
    case .slope: return slopeChange
    case .intercept: return y - moments.slope * x - moments.meanPrediction * slopeChange
    case .ratio: return (x - moments.meanPrediction / moments.meanLabel * y) / moments.meanLabel
    }
  }

  /// z_x·z_y − r/2·(z_x² + z_y²) (Devlin, Gnanadesikan & Kettenring 1975).
  private func correlationChange(_ moments: LinearMoments, _ x: Double, _ y: Double) -> Double {
    let zx = x / moments.predictionVariance.squareRoot()
    let zy = y / moments.labelVariance.squareRoot()
    return zx * zy - moments.correlation / 2 * (zx * zx + zy * zy)
  }
}

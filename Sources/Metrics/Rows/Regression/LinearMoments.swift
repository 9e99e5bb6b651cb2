/// Weighted means, variances and covariance of predictions and labels over a slice.
struct LinearMoments {
  let weight: Double
  let meanPrediction: Double
  let meanLabel: Double
  let predictionVariance: Double
  let labelVariance: Double
  let covariance: Double

  init(_ rows: NumberRows, _ slice: [UInt32], weight total: Double) {
    let meanPrediction = rows.mean(rows.predictions, slice, weight: total)
    let meanLabel = rows.mean(rows.labels, slice, weight: total)
    var (xx, yy, xy) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for row in slice {
      let weight = rows.weight(row)
      let x = rows.predictions[Int(row)] - meanPrediction
      let y = rows.labels[Int(row)] - meanLabel
      xx.add(weight * x * x)
      yy.add(weight * y * y)
      xy.add(weight * x * y)
    }
    (self.meanPrediction, self.meanLabel, weight) = (meanPrediction, meanLabel, total)
    predictionVariance = xx.value / total
    labelVariance = yy.value / total
    covariance = xy.value / total
  }

  /// Slope of the least-squares line of the label on the prediction.
  var slope: Double { covariance / predictionVariance }
  var intercept: Double { meanLabel - slope * meanPrediction }
  var correlation: Double {
    min(1, max(-1, covariance / (predictionVariance.squareRoot() * labelVariance.squareRoot())))
  }
}

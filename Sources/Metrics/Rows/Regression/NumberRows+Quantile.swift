import Statistics

extension NumberRows {
  /// The quantile of all predictions: linear between order statistics (type 7 of Hyndman & Fan 1996), or with
  /// weights the smallest prediction whose cumulative weight reaches the level. NaN without rows.
  func predictionQuantile(_ level: Double) -> Double {
    guard let weights else {
      return Quantile.type7(sorted: byPrediction.rows.map { predictions[Int($0)] }, level)
    }
    let all = predictions.indices.map { UInt32($0) }
    let total = SliceWeight(all, weights).weight
    guard total > 0 else { return .nan }
    return WeightedOrder(byPrediction.rows, all, predictions, weights, total).quantile(level)
  }
}

import Results

extension RegressionMetrics {
  /// All metrics, as the catalogue lists them; `@q` stands for the level of a quantile.
  package static var definitions: [MetricDefinition] {
    [
      count, weight, meanLabel, meanPrediction, meanError, predictionRatio, meanAbsoluteError,
      meanSquaredError, rootMeanSquaredError, medianAbsoluteError, maxError, meanAbsolutePercentageError,
      meanSquaredLogError, rootMeanSquaredLogError, r2, explainedVariance, quantileLoss("q"),
      quantileLossShare("q"), pearson, squaredPearson, spearman, kendall, concordance, calibrationSlope,
      calibrationIntercept, quantileRate("q"),
    ]
  }

  /// The metric of an identifier as metrics carry it: `r2`, `quantile_loss@0.9`.
  package static func definition(named id: String) -> MetricDefinition? {
    let parts = id.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return definitions.first { $0.entry.id == id } }
    guard let level = Double(parts[1]), level > 0, level < 1 else { return nil }
    return [quantileLoss, quantileLossShare, quantileRate].map { $0("\(level)") }
      .first { $0.entry.id == "\(parts[0])@\(level)" }
  }

  static let count = define("count", "Rows", "n", "number of rows", .count, .neutral, interval: nil)
  static let weight = define(
    "weight", "Weight", "Σw", "sum of example weights; the rows where there are none", .count, .neutral,
    interval: nil)
  static let meanLabel = define(
    "mean_label", "Mean label", "Label", "mean of the labels", .mean, .neutral,
    aliases: [.init("TFMA", "mean_label")])
  static let meanPrediction = define(
    "mean_prediction", "Mean prediction", "Pred", "mean of the predictions", .mean, .neutral,
    aliases: [.init("Fairlearn", "mean_prediction"), .init("TFMA", "mean_prediction")])
  static let meanError = define(
    "mean_error", "Mean error (bias)", "Bias",
    "mean of prediction − label: above 0 where predictions are too high on average", .mean, .neutral,
    aliases: [.init("", "bias"), .init("", "mean_residual"), .init("", "mean_bias")])
  static let predictionRatio = define(
    "prediction_ratio", "Mean prediction over mean label", "Pred/Label",
    "Σw·prediction / Σw·label; 1 is unbiased", .mean, .neutral, interval: influence,
    undefined: "the mean label is 0",
    aliases: [.init("TFMA", "calibration"), .init("", "mean_bias_ratio")])
  static let meanAbsoluteError = loss(
    "mean_absolute_error", "Mean absolute error", "MAE", "mean of |prediction − label|",
    aliases: [
      .init("scikit-learn", "mean_absolute_error"), .init("TFMA", "mean_absolute_error"),
      .init("LightGBM", "l1"), .init("", "mae"),
    ])
  static let meanSquaredError = loss(
    "mean_squared_error", "Mean squared error", "MSE", "mean of (prediction − label)²",
    aliases: [
      .init("scikit-learn", "mean_squared_error"), .init("TFMA", "mean_squared_error"),
      .init("LightGBM", "l2"), .init("", "mse"),
    ])
  static let rootMeanSquaredError = loss(
    "root_mean_squared_error", "Root mean squared error", "RMSE", "√ mean of (prediction − label)²",
    interval: influence,
    aliases: [
      .init("scikit-learn", "root_mean_squared_error"), .init("LightGBM", "rmse"),
      .init("XGBoost", "rmse"), .init("", "rmse"),
    ])
  static let medianAbsoluteError = loss(
    "median_absolute_error", "Median absolute error", "MedAE",
    "median of |prediction − label|; the mean of the two middle ones where they share the weight",
    interval: "order statistics (Woodruff)", source: "interval: Woodruff 1952",
    aliases: [.init("scikit-learn", "median_absolute_error"), .init("", "medae")])
  static let maxError = loss(
    "max_error", "Largest error", "Max", "largest |prediction − label|; it grows with the number of rows",
    interval: nil, aliases: [.init("scikit-learn", "max_error")])
}

import Results

extension RegressionMetrics {
  static let meanAbsolutePercentageError = loss(
    "mean_absolute_percentage_error", "Mean absolute percentage error", "MAPE",
    "mean of |prediction − label| / max(|label|, 2⁻⁵²), a share and not in percent; a label of 0 gives an "
      + "enormous value and is not skipped (TFMA skips such rows)",
    aliases: [
      .init("scikit-learn", "mean_absolute_percentage_error"),
      .init("TFMA", "mean_absolute_percentage_error"), .init("", "mape"),
    ])
  static let meanSquaredLogError = loss(
    "mean_squared_log_error", "Mean squared logarithmic error", "MSLE",
    "mean of (ln(1 + prediction) − ln(1 + label))²", undefined: "a label or prediction is −1 or less",
    aliases: [
      .init("scikit-learn", "mean_squared_log_error"), .init("TFMA", "mean_squared_logarithmic_error"),
      .init("", "msle"),
    ])
  static let rootMeanSquaredLogError = loss(
    "root_mean_squared_log_error", "Root mean squared logarithmic error", "RMSLE",
    "√ mean of (ln(1 + prediction) − ln(1 + label))²", interval: influence,
    undefined: "a label or prediction is −1 or less",
    aliases: [
      .init("scikit-learn", "root_mean_squared_log_error"), .init("XGBoost", "rmsle"),
      .init("", "rmsle"),
    ])
  static let r2 = share(
    "r2", "Coefficient of determination", "R²",
    "1 − Σw(label − prediction)² / Σw(label − mean label)²; 0 is as good as the slice's own mean",
    aliases: [.init("scikit-learn", "r2_score"), .init("", "r_squared")])
  static let explainedVariance = share(
    "explained_variance", "Explained variance", "EV",
    "1 − variance of prediction − label / variance of the labels: R² but for a constant error",
    aliases: [.init("scikit-learn", "explained_variance_score")])
  static let calibrationSlope = define(
    "calibration_slope", "Calibration slope", "Slope",
    "slope of the least-squares line of the label on the prediction; 1 is calibrated", .mean, .neutral,
    interval: influence, undefined: "predictions are all the same", source: "Cox 1958")
  static let calibrationIntercept = define(
    "calibration_intercept", "Calibration intercept", "Intercept",
    "where the least-squares line of the label on the prediction meets prediction 0; 0 is calibrated",
    .mean, .neutral, interval: influence, undefined: "predictions are all the same", source: "Cox 1958")

  static func quantileLoss(_ level: String) -> MetricDefinition {
    loss(
      "quantile_loss@\(level)", "Quantile loss at \(level)", "QL@\(level)",
      "mean of q·(label − prediction) where the label is above, (1 − q)·(prediction − label) where below; "
        + "q = \(level)",
      source: "Koenker & Bassett 1978",
      aliases: [.init("scikit-learn", "mean_pinball_loss"), .init("LightGBM", "quantile")])
  }

  static func quantileLossShare(_ level: String) -> MetricDefinition {
    share(
      "d2_quantile_loss@\(level)", "Explained quantile loss at \(level)", "D²@\(level)",
      "1 − quantile loss / that of the labels' own quantile, the best constant; q = \(level)",
      source: "Koenker & Machado 1999", aliases: [.init("scikit-learn", "d2_pinball_score")])
  }

  static func quantileRate(_ level: String) -> MetricDefinition {
    define(
      "quantile_rate@\(level)", "Quantile rate at \(level)", "QR@\(level)",
      "share of predictions at or above the \(level) quantile of all predictions", .rate, .neutral,
      interval: "Wilson score")
  }
}

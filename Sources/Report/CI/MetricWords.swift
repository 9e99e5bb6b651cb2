import Results

/// How to speak of a metric that a check names by its identifier.
struct MetricWords: Sendable {
  let name: String
  /// What its denominator counts: `positives`.
  let unit: String
  let direction: MetricEntry.Direction
  /// What there are more of, per 1,000 of the denominator, where the rate is higher; and where it is lower.
  let higher: String?
  let lower: String?

  private init(
    _ name: String, unit: String = "rows", _ direction: MetricEntry.Direction, higher: String? = nil,
    lower: String? = nil
  ) {
    (self.name, self.unit, self.direction) = (name, unit, direction)
    (self.higher, self.lower) = (higher, lower)
  }

  static func of(_ id: String) -> MetricWords { known[id] ?? MetricWords(readable(id), .neutral) }

  /// `true_negatives` as `True negatives`.
  private static func readable(_ id: String) -> String {
    let words = id.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static let known: [String: MetricWords] = [
    "accuracy": .init("Accuracy", .higherIsBetter, higher: "fewer errors", lower: "more errors"),
    "balanced_accuracy": .init("Balanced accuracy", .higherIsBetter),
    "precision": .init(
      "Precision", unit: "predicted positives", .higherIsBetter, higher: "fewer wrong selections",
      lower: "more wrong selections"),
    "false_discovery_rate": .init(
      "False discovery rate", unit: "predicted positives", .lowerIsBetter, higher: "more wrong selections",
      lower: "fewer wrong selections"),
    "true_positive_rate": .init(
      "True positive rate", unit: "positives", .higherIsBetter, higher: "fewer missed positives",
      lower: "more missed positives"),
    "false_negative_rate": .init(
      "False negative rate", unit: "positives", .lowerIsBetter, higher: "more missed positives",
      lower: "fewer missed positives"),
    "true_negative_rate": .init(
      "True negative rate", unit: "negatives", .higherIsBetter, higher: "fewer false alarms",
      lower: "more false alarms"),
    "false_positive_rate": .init(
      "False positive rate", unit: "negatives", .lowerIsBetter, higher: "more false alarms",
      lower: "fewer false alarms"),
    "negative_predictive_value": .init(
      "Negative predictive value", unit: "predicted negatives", .higherIsBetter,
      higher: "fewer wrong rejections",
      lower: "more wrong rejections"),
    "false_omission_rate": .init(
      "False omission rate", unit: "predicted negatives", .lowerIsBetter, higher: "more wrong rejections",
      lower: "fewer wrong rejections"),
    "selection_rate": .init(
      "Selection rate", .neutral, higher: "more selections", lower: "fewer selections"),
    "prevalence": .init("Prevalence", .neutral, higher: "more positives", lower: "fewer positives"),
    "f1": .init("F1 score", unit: "positives or predicted positives", .higherIsBetter),
    "mcc": .init("Matthews correlation", .higherIsBetter),
    "roc_auc": .init("ROC AUC", .higherIsBetter),
    "average_precision": .init("Average precision", unit: "positives", .higherIsBetter),
    "log_loss": .init("Log loss", .lowerIsBetter),
    "brier_score": .init("Brier score", .lowerIsBetter),
    "expected_calibration_error": .init("Expected calibration error", .lowerIsBetter),
  ]
}

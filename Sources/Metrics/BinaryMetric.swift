/// The metrics of a binary task, in the order in which they are reported.
package enum BinaryMetric: Int, Sendable, CaseIterable {
  case count
  case weight
  case prevalence
  case truePositives
  case falsePositives
  case falseNegatives
  case trueNegatives
  case predictedPositives
  case accuracy
  case balancedAccuracy
  case precision
  case truePositiveRate
  case trueNegativeRate
  case falsePositiveRate
  case falseNegativeRate
  case negativePredictiveValue
  case falseDiscoveryRate
  case falseOmissionRate
  case selectionRate
  case f1
  case mcc
  case logLoss
  case brierScore
  case rocAUC
  case averagePrecision
  case meanScore
  case calibrationInTheLarge
  case expectedCalibrationError

  private static let ids = [
    "count", "weight", "prevalence", "true_positives", "false_positives", "false_negatives",
    "true_negatives", "predicted_positives", "accuracy", "balanced_accuracy", "precision",
    "true_positive_rate",
    "true_negative_rate", "false_positive_rate", "false_negative_rate", "negative_predictive_value",
    "false_discovery_rate", "false_omission_rate", "selection_rate", "f1", "mcc", "log_loss", "brier_score",
    "roc_auc", "average_precision", "mean_score", "calibration_in_the_large", "expected_calibration_error",
  ]

  /// The identifier that every output uses.
  package var id: String { Self.ids[rawValue] }

  package init?(id: String) {
    guard let index = Self.ids.firstIndex(of: id) else { return nil }
    self.init(rawValue: index)
  }

  /// Whether the true outcome is needed. What does not need it sees decisions, scores and rows only.
  package var needsLabel: Bool {
    switch self {
    case .count, .weight, .predictedPositives, .selectionRate, .meanScore: false
    default: true
    }
  }

  /// Whether a score is needed, and of what kind.
  package var needsScore: Bool {
    switch self {
    case .rocAUC, .averagePrecision, .meanScore: true
    default: needsProbability
    }
  }

  package var needsProbability: Bool {
    switch self {
    case .logLoss, .brierScore, .calibrationInTheLarge, .expectedCalibrationError: true
    default: false
    }
  }

  /// The outcomes that a count of the confusion matrix counts; nil for any other metric.
  package var countedOutcomes: [Outcome]? {
    switch self {
    case .truePositives: [.truePositive]
    case .falsePositives: [.falsePositive]
    case .falseNegatives: [.falseNegative]
    case .trueNegatives: [.trueNegative]
    case .predictedPositives: [.truePositive, .falsePositive]
    default: nil
    }
  }

  /// The numerator and denominator, for a metric that is a share of rows.
  package var rate: RateDefinition? {
    switch self {
    case .prevalence:
      RateDefinition([.truePositive, .falseNegative], of: Outcome.allCases, emptyReason: "no rows")
    case .accuracy:
      RateDefinition([.truePositive, .trueNegative], of: Outcome.allCases, emptyReason: "no rows")
    case .selectionRate:
      RateDefinition([.truePositive, .falsePositive], of: Outcome.allCases, emptyReason: "no rows")
    case .truePositiveRate:
      RateDefinition([.truePositive], of: [.truePositive, .falseNegative], emptyReason: "no positives")
    case .falseNegativeRate:
      RateDefinition([.falseNegative], of: [.truePositive, .falseNegative], emptyReason: "no positives")
    case .trueNegativeRate:
      RateDefinition([.trueNegative], of: [.trueNegative, .falsePositive], emptyReason: "no negatives")
    case .falsePositiveRate:
      RateDefinition([.falsePositive], of: [.trueNegative, .falsePositive], emptyReason: "no negatives")
    default: predictiveRate
    }
  }

  private var predictiveRate: RateDefinition? {
    let selected: [Outcome] = [.truePositive, .falsePositive]
    let unselected: [Outcome] = [.falseNegative, .trueNegative]
    return switch self {
    case .precision:
      RateDefinition([.truePositive], of: selected, emptyReason: "no predicted positives")
    case .falseDiscoveryRate:
      RateDefinition([.falsePositive], of: selected, emptyReason: "no predicted positives")
    case .negativePredictiveValue:
      RateDefinition([.trueNegative], of: unselected, emptyReason: "no predicted negatives")
    case .falseOmissionRate:
      RateDefinition([.falseNegative], of: unselected, emptyReason: "no predicted negatives")
    default: nil
    }
  }
}

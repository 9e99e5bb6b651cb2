import Results

extension BinaryMetric {
  /// The catalogue entry: how the metric is named, read and computed.
  package var entry: MetricEntry {
    let text = description
    return MetricEntry(
      id: id, name: text.name, symbol: text.symbol, formula: text.formula, kind: kind,
      direction: direction, denominator: denominatorText, interval: intervalText)
  }

  package var kind: MetricEntry.Kind {
    switch self {
    case .count, .weight, .truePositives, .falsePositives, .falseNegatives, .trueNegatives,
      .predictedPositives:
      .count
    case .balancedAccuracy, .f1, .rocAUC, .averagePrecision: .index
    case .mcc, .calibrationInTheLarge: .correlation
    case .logLoss, .brierScore, .expectedCalibrationError: .loss
    case .meanScore: .mean
    default: .rate
    }
  }

  package var direction: MetricEntry.Direction {
    switch self {
    case .accuracy, .balancedAccuracy, .precision, .truePositiveRate, .trueNegativeRate,
      .negativePredictiveValue, .f1, .mcc, .rocAUC, .averagePrecision:
      .higherIsBetter
    case .falsePositiveRate, .falseNegativeRate, .falseDiscoveryRate, .falseOmissionRate, .logLoss,
      .brierScore, .expectedCalibrationError:
      .lowerIsBetter
    default: .neutral
    }
  }

  private var denominatorText: String {
    switch self {
    case .truePositiveRate, .falseNegativeRate, .averagePrecision: "positives"
    case .trueNegativeRate, .falsePositiveRate: "negatives"
    case .precision, .falseDiscoveryRate: "predicted positives"
    case .negativePredictiveValue, .falseOmissionRate: "predicted negatives"
    case .f1: "positives or predicted positives"
    default: "rows"
    }
  }

  private var intervalText: String? {
    switch self {
    case .rocAUC: "DeLong variance on the logit scale"
    case .averagePrecision: "influence function on the logit scale"
    case .f1, .mcc, .balancedAccuracy: CellBootstrap.intervalName
    case .logLoss, .brierScore, .meanScore, .calibrationInTheLarge: "sandwich variance, Student t"
    case .expectedCalibrationError: nil
    default: kind == .rate ? "Wilson score" : nil
    }
  }

  private var description: (name: String, symbol: String, formula: String) {
    switch self {
    case .count: ("Rows", "n", "number of rows")
    case .weight: ("Weight", "Σw", "sum of example weights; the rows where there are none")
    case .prevalence: ("Prevalence", "Prev", "(TP + FN) / n")
    case .truePositives: ("True positives", "TP", "label positive, decision positive")
    case .falsePositives: ("False positives", "FP", "label negative, decision positive")
    case .falseNegatives: ("False negatives", "FN", "label positive, decision negative")
    case .trueNegatives: ("True negatives", "TN", "label negative, decision negative")
    case .predictedPositives: ("Predicted positives", "PP", "decision positive: TP + FP")
    case .accuracy: ("Accuracy", "Acc", "(TP + TN) / n")
    case .balancedAccuracy: ("Balanced accuracy", "BAcc", "(TPR + TNR) / 2")
    case .precision: ("Precision (PPV)", "PPV", "TP / (TP + FP)")
    case .truePositiveRate: ("True positive rate (recall)", "TPR", "TP / (TP + FN)")
    case .trueNegativeRate: ("True negative rate", "TNR", "TN / (TN + FP)")
    case .falsePositiveRate: ("False positive rate", "FPR", "FP / (FP + TN)")
    case .falseNegativeRate: ("False negative rate", "FNR", "FN / (FN + TP)")
    case .negativePredictiveValue: ("Negative predictive value", "NPV", "TN / (TN + FN)")
    case .falseDiscoveryRate: ("False discovery rate", "FDR", "FP / (FP + TP)")
    case .falseOmissionRate: ("False omission rate", "FOR", "FN / (FN + TN)")
    case .selectionRate: ("Selection rate", "SR", "(TP + FP) / n")
    case .f1: ("F1 score", "F1", "2·TP / (2·TP + FP + FN)")
    case .mcc:
      (
        "Matthews correlation", "MCC",
        "(TP·TN − FP·FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN)) (Matthews 1975)"
      )
    default: scoreDescription
    }
  }

  private var scoreDescription: (name: String, symbol: String, formula: String) {
    switch self {
    case .logLoss:
      ("Log loss", "LogL", "mean of −ln p(label), scores clipped to [2⁻⁵², 1 − 2⁻⁵²]; natural logarithm")
    case .brierScore: ("Brier score", "Brier", "mean of (label − score)² (Brier 1950)")
    case .rocAUC:
      ("ROC AUC", "AUC", "share of positive–negative pairs in the right order, ties one half (exact)")
    case .averagePrecision:
      ("Average precision", "AP", "Σ (Rₖ − Rₖ₋₁)·Pₖ over distinct scores, ties as one threshold")
    case .meanScore: ("Mean score", "Score", "mean of the scores")
    case .calibrationInTheLarge:
      ("Calibration in the large", "CITL", "prevalence − mean score; 0 is calibrated")
    default:
      (
        "Expected calibration error", "ECE",
        "Σ (n_b / n)·|mean label − mean score| over right-closed bins of equal width"
      )
    }
  }
}

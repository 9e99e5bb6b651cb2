import Results

extension BinaryMetric {
  /// All that the catalogue says of the metric.
  package var definition: MetricDefinition {
    MetricDefinition(
      entry, tasks: [.binary], undefined: undefinedText, source: source,
      aliases: Self.names[self, default: []])
  }

  /// Where the metric has no value.
  private var undefinedText: String? {
    if let rate { return rate.emptyReason }
    return switch self {
    case .f1: "no positives and no predicted positives"
    case .mcc: "a class is absent from the labels or the decisions"
    case .balancedAccuracy, .rocAUC: "no positives or no negatives"
    case .averagePrecision: "no positives"
    case .logLoss, .brierScore, .meanScore, .calibrationInTheLarge, .expectedCalibrationError: "no rows"
    default: nil
    }
  }

  private var source: String {
    switch self {
    case .f1: "van Rijsbergen 1979"
    case .mcc: "Matthews 1975"
    case .rocAUC: "Hanley & McNeil 1982; variance: DeLong, DeLong & Clarke-Pearson 1988"
    case .logLoss: "Good 1952"
    case .brierScore: "Brier 1950"
    case .expectedCalibrationError: "Naeini, Cooper & Hauskrecht 2015"
    case .balancedAccuracy: "Brodersen et al. 2010"
    default: ""
    }
  }

  /// Names in other tools; common names have no tool.
  private static let names: [BinaryMetric: [MetricDefinition.Alias]] = [
    .count: aliases("", "n") + aliases("TFMA", "example_count") + aliases("Aequitas", "group_size"),
    .weight: aliases("TFMA", "weighted_example_count"),
    .prevalence: aliases("AIF360", "base_rate") + aliases("Aequitas", "prev") + aliases("TFMA", "mean_label"),
    .truePositives: aliases("", "tp"),
    .falsePositives: aliases("", "fp"),
    .falseNegatives: aliases("", "fn"),
    .trueNegatives: aliases("", "tn"),
    .predictedPositives: aliases("Aequitas", "pp") + aliases("", "selected"),
    .accuracy: aliases("", "acc") + aliases("scikit-learn", "accuracy_score")
      + aliases("TFMA", "binary_accuracy"),
    .balancedAccuracy: aliases("scikit-learn", "balanced_accuracy_score"),
    .precision: aliases("", "ppv", "positive_predictive_value") + aliases("scikit-learn", "precision_score"),
    .truePositiveRate: aliases("", "tpr", "recall", "sensitivity") + aliases("scikit-learn", "recall_score"),
    .trueNegativeRate: aliases("", "tnr", "specificity"),
    .falsePositiveRate: aliases("", "fpr") + aliases("TFMA", "fall_out"),
    .falseNegativeRate: aliases("", "fnr") + aliases("TFMA", "miss_rate"),
    .negativePredictiveValue: aliases("", "npv"),
    .falseDiscoveryRate: aliases("", "fdr"),
    .falseOmissionRate: aliases("", "for"),
    .selectionRate: aliases("Aequitas", "pprev")
      + aliases("TFMA", "predicted_positive_rate", "positive_rate"),
    .f1: aliases("scikit-learn", "f1_score"),
    .mcc: aliases("scikit-learn", "matthews_corrcoef")
      + aliases("TFMA", "matthews_correlation_coefficient"),
    .logLoss: aliases("TFMA", "binary_crossentropy"),
    .brierScore: aliases("", "brier") + aliases("scikit-learn", "brier_score_loss"),
    .rocAUC: aliases("", "auc") + aliases("scikit-learn", "roc_auc_score"),
    .averagePrecision: aliases("", "ap") + aliases("scikit-learn", "average_precision_score"),
    .meanScore: aliases("Fairlearn, TFMA", "mean_prediction"),
    .expectedCalibrationError: aliases("", "ece"),
  ]

  private static func aliases(_ tool: String, _ names: String...) -> [MetricDefinition.Alias] {
    names.map { MetricDefinition.Alias(tool, $0) }
  }

  private static let byName: [String: BinaryMetric] = {
    var result: [String: BinaryMetric] = [:]
    for (metric, aliases) in names { for alias in aliases { result[alias.name] = metric } }
    return result
  }()

  /// The metric that a name means: its identifier, or what another tool calls it.
  package init?(named name: String) {
    let key = name.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    guard let found = BinaryMetric(id: key) ?? Self.byName[key] else { return nil }
    self = found
  }
}

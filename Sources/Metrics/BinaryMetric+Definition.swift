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

  /// What everybody calls them.
  private static let common: [BinaryMetric: [String]] = [
    .count: ["n"], .truePositives: ["tp"], .falsePositives: ["fp"], .falseNegatives: ["fn"],
    .trueNegatives: ["tn"], .predictedPositives: ["selected"], .accuracy: ["acc"],
    .precision: ["ppv", "positive_predictive_value"],
    .truePositiveRate: ["tpr", "recall", "sensitivity"], .trueNegativeRate: ["tnr", "specificity"],
    .falsePositiveRate: ["fpr"], .falseNegativeRate: ["fnr"], .negativePredictiveValue: ["npv"],
    .falseDiscoveryRate: ["fdr"], .falseOmissionRate: ["for"],
    .selectionRate: ["predicted_positive_rate", "positive_rate"],
    .brierScore: ["brier"], .rocAUC: ["auc"], .averagePrecision: ["ap"],
    .expectedCalibrationError: ["ece"],
  ]

  /// Names in other tools; common names have no tool.
  private static let names: [BinaryMetric: [MetricDefinition.Alias]] = {
    var names: [BinaryMetric: [MetricDefinition.Alias]] = [:]
    for metric in allCases {
      let own = common[metric, default: []]
      let others = BinaryRowMetrics.engineAliases[metric, default: []]
      names[metric] =
        own.map { MetricDefinition.Alias("", $0) }
        + others.filter { $0.name != metric.id && !own.contains($0.name) }
    }
    return names
  }()

  /// By name, what other tools call them.
  package static let aliases: [String: BinaryMetric] = {
    var result: [String: BinaryMetric] = [:]
    for (metric, aliases) in names { for alias in aliases { result[MetricName.key(alias.name)] = metric } }
    return result
  }()

  /// The metric that a name means: its identifier, or what another tool calls it.
  package init?(named name: String) {
    let keys = [MetricName.key(name), MetricName.words(name)].compactMap { $0 }
    guard let found = keys.lazy.compactMap({ BinaryMetric(id: $0) ?? Self.aliases[$0] }).first else {
      return nil
    }
    self = found
  }
}

import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// The 102 metrics and plots that TFMA 0.52.0 registers, and what stands for each here.
@Suite struct TFMACatalogueTests {
  enum Counterpart {
    /// A metric with the identifier, under TFMA's own name where one is given.
    case metric(TaskKind, String, named: String? = nil)
    /// Something other than a metric: which.
    case elsewhere(String)
    /// No metric of tabular predictions.
    case notTabular
    /// Left out: why.
    case absent(String)
  }

  private static func binary(_ id: String, _ name: String? = nil) -> Counterpart {
    .metric(.binary, id, named: name)
  }

  private static let explained = Counterpart.elsewhere("explanation: attributions and importances")
  private static let samples = Counterpart.absent("no single rows stand in a report")

  private static let outcomes: [String: Counterpart] = [
    "TP": binary("true_positives"), "TruePositives": binary("true_positives"),
    "FP": binary("false_positives"), "FalsePositives": binary("false_positives"),
    "FN": binary("false_negatives"), "FalseNegatives": binary("false_negatives"),
    "TN": binary("true_negatives"), "TrueNegatives": binary("true_negatives"),
    "TPR": binary("true_positive_rate"), "Recall": binary("true_positive_rate"),
    "FPR": binary("false_positive_rate"), "FallOut": binary("false_positive_rate"),
    "FNR": binary("false_negative_rate"), "MissRate": binary("false_negative_rate"),
    "TNR": binary("true_negative_rate"), "Specificity": binary("true_negative_rate"),
    "PPV": binary("precision"), "Precision": binary("precision"),
    "NPV": binary("negative_predictive_value"),
    "NegativePredictiveValue": binary("negative_predictive_value"),
    "FalseDiscoveryRate": binary("false_discovery_rate"),
    "FalseOmissionRate": binary("false_omission_rate"), "Prevalence": binary("prevalence"),
    "PredictedPositiveRate": binary("selection_rate"), "BinaryAccuracy": binary("accuracy"),
    "BalancedAccuracy": binary("balanced_accuracy"), "F1Score": binary("f1"),
    "MatthewsCorrelationCoefficient": binary("mcc"), "ThreatScore": binary("threat_score"),
    "FowlkesMallowsIndex": binary("fowlkes_mallows"), "Informedness": binary("informedness"),
    "Markedness": binary("markedness"), "PrevalenceThreshold": binary("prevalence_threshold"),
    "PositiveLikelihoodRatio": binary("positive_likelihood_ratio"),
    "NegativeLikelihoodRatio": binary("negative_likelihood_ratio"),
    "DiagnosticOddsRatio": binary("diagnostic_odds_ratio"),
    "ConfusionMatrixAtThresholds": binary("true_positives@t"),
    "FalsePositiveFeatureSampler": samples, "FalseNegativeFeatureSampler": samples,
    "ExampleCount": binary("count"), "WeightedExampleCount": binary("weight"),
    "Mean": .elsewhere("custom_metrics: sum(column) / n"),
  ]

  private static let scores: [String: Counterpart] = [
    "AUC": binary("roc_auc"), "AUCPrecisionRecall": binary("pr_auc_interpolated"),
    "SensitivityAtSpecificity": binary("sensitivity_at_specificity"),
    "SpecificityAtSensitivity": binary("specificity_at_sensitivity"),
    "PrecisionAtRecall": binary("precision_at_recall"), "RecallAtPrecision": binary("recall_at_precision"),
    "RecallAtFalsePositiveRate": binary("recall_at_false_positive_rate"),
    "ThresholdAtRecall": binary("threshold_at_recall"), "MaxRecall": binary("max_recall"),
    "BinaryCrossEntropy": binary("log_loss"), "Calibration": binary("calibration_ratio"),
    "MeanLabel": binary("prevalence"), "MeanPrediction": binary("mean_score"),
    "CoefficientOfDiscrimination": binary("tjur_r2"),
    "RelativeCoefficientOfDiscrimination": binary("relative_tjur_r2"),
    "CalibrationPlot": .elsewhere("calibration of the evaluation"),
    "ConfusionMatrixPlot": .elsewhere("curves of the evaluation"),
    "ScoreDistributionPlot": .elsewhere("curves of the evaluation: rows by score"),
    "SymmetricFlipRate": binary("flip_rate"), "BooleanFlipRates": binary("flip_rate", "flip_rate"),
    "NegToNegFlipRate": binary("neg_to_neg_flip_rate"), "NegToPosFlipRate": binary("neg_to_pos_flip_rate"),
    "PosToNegFlipRate": binary("pos_to_neg_flip_rate"), "PosToPosFlipRate": binary("pos_to_pos_flip_rate"),
    "SymmetricPredictionDifference": binary("symmetric_prediction_difference"),
    "ModelCosineSimilarity": .absent("of vectors of embeddings, not of scores"),
    "TotalAttributions": explained, "TotalAbsoluteAttributions": explained, "MeanAttributions": explained,
    "MeanAbsoluteAttributions": explained,
  ]

  private static let others: [String: Counterpart] = [
    "MeanAbsoluteError": .metric(.regression, "mean_absolute_error"),
    "MeanSquaredError": .metric(.regression, "mean_squared_error"),
    "MeanAbsolutePercentageError": .metric(.regression, "mean_absolute_percentage_error"),
    "MeanSquaredLogarithmicError": .metric(.regression, "mean_squared_log_error"),
    "SquaredPearsonCorrelation": .metric(.regression, "squared_pearson_correlation"),
    "CategoricalCrossEntropy": .metric(.multiclass, "log_loss"),
    "MultiClassConfusionMatrixAtThresholds": .metric(.multiclass, "confusion[CLASS, DECISION]@t"),
    "MultiClassConfusionMatrixPlot": .elsewhere("confusion of the evaluation's details"),
    "MultiLabelConfusionMatrixPlot": .absent("outcomes are told label by label"),
    "ExactMatch": .metric(.multilabel, "exact_match"),
    "SetMatchPrecision": .metric(.multilabel, "precision_micro"),
    "SetMatchRecall": .metric(.multilabel, "recall_micro"), "NDCG": .metric(.ranking, "ndcg_linear"),
    "MinLabelPosition": .metric(.ranking, "first_relevant_rank"),
    "QueryStatistics": .metric(.ranking, "queries", named: "total_queries"),
  ]

  private static let notTabular = [
    "Bleu", "Rouge", "COCOAveragePrecision", "COCOAverageRecall", "COCOMeanAveragePrecision",
    "COCOMeanAverageRecall", "ObjectDetectionConfusionMatrixPlot", "ObjectDetectionMaxRecall",
    "ObjectDetectionPrecision", "ObjectDetectionPrecisionAtRecall", "ObjectDetectionRecall",
    "ObjectDetectionThresholdAtRecall", "SemanticSegmentationConfusionMatrix",
    "SemanticSegmentationFalsePositive", "SemanticSegmentationTruePositive",
  ]

  private static var all: [String: Counterpart] {
    outcomes.merging(scores) { first, _ in first }.merging(others) { first, _ in first }.merging(
      notTabular.map { ($0, .notTabular) }
    ) { first, _ in first }
  }

  /// Class and the name that its results bear.
  private static func registered() throws -> [(className: String, name: String)] {
    let text = try String(
      contentsOf: URL(filePath: SharedData.path("reference/TFMA_METRICS.tsv")), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count > 1 else { return nil }
      if fields[1] != "None" { return (fields[0], fields[1]) }
      let quoted = fields.last?.firstRange(of: "name='").map { fields.last?[$0.upperBound...] ?? "" }
      return (fields[0], String(quoted?.prefix { $0 != "'" } ?? ""))
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func everyEntryHasItsPlace() throws {
    let registered = try Self.registered()
    #expect(registered.count == 102 && Set(registered.map(\.className)) == Set(Self.all.keys))
    for (className, name) in registered {
      guard case .metric(let task, let id, let other)? = Self.all[className] else { continue }
      let found = MetricCatalogue.named(other ?? name).filter { $0.tasks.contains(task) }
      let ids = found.map(\.entry.id)
      let isParameter = ids.contains { $0.hasPrefix(id + "[") }
      #expect(ids.contains(id) || isParameter, "\(className) \(other ?? name): \(ids), not \(id)")
      // A configuration of TFMA names the class.
      let ofClass = MetricCatalogue.named(className).filter { $0.tasks.contains(task) }.map(\.entry.id)
      #expect(ofClass.contains(id) || ofClass.contains { $0.hasPrefix(id + "[") }, "\(className): \(ofClass)")
      guard task == .binary else { continue }
      // What needs a parameter says so.
      let isKnown = (try? BinaryRowMetrics.isKnown(className)) ?? true
      #expect(isKnown || BinaryMetric(named: className) != nil, "\(className)")
    }
  }

  @Test(arguments: [
    ("FalsePositives", "false_positives"), ("AUCPrecisionRecall", "auc_precision_recall"),
    ("F1Score", "f1_score"), ("NDCG", nil), ("recall", nil), ("False positives", nil), ("mAP", nil),
    ("Recall", nil), ("recall[AbC]", nil),
  ])
  func wordsOfClassNames(name: String, words: String?) { #expect(MetricName.words(name) == words) }

  /// Two metrics are near; the class means the one without clipping.
  @Test func crossEntropy() {
    #expect(BinaryMetric(named: "BinaryCrossEntropy") == .logLoss)
    #expect(BinaryMetric(named: "binary_crossentropy") == .logLoss)
  }

  /// Without an alias in the catalogue for the parts that QueryStatistics and BooleanFlipRates tell.
  @Test(arguments: [
    ("total_documents", "count"), ("min_documents", "fewest_rows_of_query"),
    ("max_documents", "most_rows_of_query"),
  ])
  func partsOfStatistics(name: String, id: String) {
    #expect(MetricCatalogue.named(name).contains { $0.entry.id == id && $0.tasks == [.ranking] })
  }

  @Test(arguments: [
    ("fairness_indicators_metrics/recall@0.5", "true_positive_rate@t"), ("fpr@0.2", "false_positive_rate@t"),
    ("recall[A b]", "recall[CLASS]"), ("ndcg@7", "ndcg@k"), ("f_beta[3]", "f_beta[2]"),
  ])
  func namesWithAClassOrAThreshold(name: String, id: String) {
    #expect(MetricCatalogue.named(name).contains { $0.entry.id == id }, "\(name)")
  }

  /// Fairness Indicators, at every threshold that it tells of.
  @Test(arguments: BinaryRowMetrics.fairnessIndicatorThresholds)
  func fairnessIndicators(threshold: Double) throws {
    for name in [
      "false_positive_rate", "false_negative_rate", "true_positive_rate", "true_negative_rate",
      "positive_rate", "negative_rate", "false_discovery_rate", "false_omission_rate", "precision", "recall",
    ] {
      let full = "fairness_indicators_metrics/\(name)@\(threshold)"
      #expect(try BinaryRowMetrics.isKnown(full) && Metric(named: full) != nil, "\(full)")
    }
  }
}

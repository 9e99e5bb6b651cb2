import Results
import TestSupport
import Testing

@testable import Metrics

/// The catalogue tells everything, under every name; and properties that every metric must have.
@Suite struct BinaryCatalogueTests {
  @Test func definitions() {
    let definitions = BinaryRowMetrics.definitions
    #expect(Set(definitions.map(\.entry.id)).count == definitions.count)
    for definition in definitions {
      let entry = definition.entry
      #expect(!entry.name.isEmpty && !entry.symbol.isEmpty && !entry.formula.isEmpty, "\(entry.id)")
      #expect(definition.tasks == [.binary])
      #expect(entry.kind == .count || definition.undefined != nil, "\(entry.id)")
      #expect(entry.kind != .rate || definition.range == 0...1, "\(entry.id)")
    }
    for metric in BinaryMetric.allCases {
      #expect(definitions.first { $0.entry.id == metric.id }?.entry == metric.entry)
    }
  }

  /// Every identifier and alias means the metric that lists it, and every name of the counting engine its metric.
  @Test func names() throws {
    let rows = BinaryRows.random(30, seed: 1, steps: 10, isWeighted: false)
    for metric in BinaryRowMetrics.all(rows.observations, thresholds: [0.3]) {
      let id = metric.definition.entry.id
      #expect(try rows.metric(id).definition.entry == metric.definition.entry, "\(id)")
    }
    for family in BinaryRowMetrics.families where family.parameter == nil {
      for name in family.names {
        #expect(try rows.metric(name).definition.entry.id == family.id, "\(name)")
      }
    }
    for (name, metric) in BinaryMetric.aliases {
      #expect(try rows.metric(name).definition.entry.id == metric.id, "\(name)")
    }
    for (name, id) in [
      ("f2", "f_beta[2]"), ("F_Beta[2.0]", "f_beta[2]"), ("tpr@0.30", "true_positive_rate@0.3"),
      ("fairness_indicators_metrics/negative_rate@0.3", "predicted_negative_rate@0.3"),
      ("lift", "lift"), ("lift@0.05", "lift@0.05"), ("gain", "gain@0.1"),
      ("ece[15]", "expected_calibration_error[15]"),
      ("log_loss[1e-15]", "log_loss_clipped[1e-15]"), ("recall@0.5", "true_positive_rate@0.5"),
      ("top_k_recall[5]", "top_k_recall[5]"), ("auc-precision-recall", "pr_auc_interpolated"),
    ] { #expect(try rows.metric(name).definition.entry.id == id, "\(name)") }
    #expect(try BinaryRowMetrics.metric(named: "no_such", rows.observations) == nil)
    #expect(try BinaryRowMetrics.metric(named: "mcc[2]", rows.observations) == nil)
    #expect(try BinaryRowMetrics.metric(named: "mcc@0.5", rows.observations) == nil)
  }

  @Test func failures() throws {
    var rows = BinaryRows(labels: [0, 1], decisions: [0, 1])
    for name in ["gini", "true_positive_rate@0.3", "flip_rate", "f_beta[-1]", "f_beta[x]", "top_k_recall"] {
      #expect(throws: Failure.self, "\(name)") { try rows.metric(name) }
    }
    rows.scores = [2, 3]
    rows.areProbabilities = false
    _ = try rows.metric("gini")
    for name in ["brier_skill_score", "gain@0", "top_k_recall[1.5]", "partial_auc[2]", "mean_score_change"] {
      #expect(throws: Failure.self, "\(name)") { try rows.metric(name) }
    }
    let unlabelled = BinaryRowObservations(
      labels: [0, 0], decisions: [0, 1], scores: nil, scoresAreProbabilities: false, weights: nil,
      baselineDecisions: [1, 1], baselineScores: nil, hasLabel: false)
    let ids = BinaryRowMetrics.all(unlabelled, thresholds: [0.5]).map(\.definition.entry.id)
    #expect(
      ids.contains("selection_rate") && ids.contains("flip_rate") && ids.contains("predicted_negatives"))
    #expect(!ids.contains("accuracy") && !ids.contains("gini") && !ids.contains("selection_rate@0.5"))
    #expect(throws: Failure.self) { try BinaryRowMetrics.metric(named: "accuracy", unlabelled) }
  }

  /// Every value lies in its range; the order of rows and the scale of weights change nothing.
  @Test(arguments: [(51, 12), (52, 1000)])
  func properties(_ seed: Int, _ steps: Int) throws {
    let rows = BinaryRows.random(150, seed: UInt64(seed), steps: steps, isWeighted: true)
    var scaled = rows
    scaled.weights = rows.weights?.map { $0 * 8 }
    var generator = SplitMix(seed: 3)
    let order = Array(0..<150).shuffled(using: &generator)
    let shuffled = rows.permuted(order)
    for metric in BinaryRowMetrics.all(rows.observations, thresholds: [0.1, 0.6]) {
      let definition = metric.definition
      let id = definition.entry.id
      let value = try #require(metric.value(rows.slice), "\(id)")
      #expect(definition.range.contains(value), "\(id) \(value)")
      #expect(isClose(try shuffled.value(id) ?? .nan, value, within: 1e-10), "\(id)")
      if definition.entry.kind != .count {
        #expect(isClose(try scaled.value(id) ?? .nan, value, within: 1e-10), "\(id)")
      }
    }
  }

  /// What is of the positives is of the negatives once both labels and scores are turned round.
  @Test func turnedRound() throws {
    let rows = BinaryRows.random(200, seed: 61, steps: 64, isWeighted: true)
    var turned = rows
    turned.labels = rows.labels.map { 1 - $0 }
    turned.decisions = rows.decisions.map { 1 - $0 }
    turned.scores = rows.scores?.map { 1 - $0 }
    for (id, other) in [
      ("tpr", "tnr"), ("ppv", "npv"), ("fpr", "fnr"), ("mcc", "mcc"), ("kappa", "kappa"), ("auc", "auc"),
      ("ks", "ks"), ("brier", "brier"), ("brier_skill_score", "brier_skill_score"), ("tjur_r2", "tjur_r2"),
      ("generalized_true_positive_rate", "generalized_true_negative_rate"),
      ("calibration_slope", "calibration_slope"),
      ("conditional_acceptance", "conditional_rejection"), ("informedness", "informedness"),
      ("brier_miscalibration", "brier_miscalibration"), ("brier_resolution", "brier_resolution"),
      ("ece[10]", "ece_left_closed[10]"), ("error_rate", "error_rate"),
      ("cross_entropy_skill", "cross_entropy_skill"),
    ] {
      #expect(isClose(try rows.value(id) ?? .nan, try turned.value(other) ?? 1e9, within: 1e-9), "\(id)")
    }
  }

  /// Nothing to measure, or nothing that weighs anything.
  @Test func emptiness() throws {
    var rows = BinaryRows.random(20, seed: 71, steps: 9, isWeighted: true)
    for metric in BinaryRowMetrics.all(rows.observations, thresholds: [0.5]) {
      guard metric.definition.entry.kind != .count else { continue }
      var influence: [Double] = []
      let measured = metric.measure([], influence: &influence)
      #expect(measured.value == nil && measured.reason == "no rows", "\(metric.definition.entry.id)")
    }
    rows.weights = [Double](repeating: 0, count: 20)
    for metric in BinaryRowMetrics.all(rows.observations, thresholds: [0.5]) {
      guard metric.definition.entry.kind != .count else { continue }
      var influence = [Double](repeating: 0, count: 20)
      let measured = metric.measure(rows.slice, influence: &influence)
      #expect(measured.value == nil && measured.reason == "zero weight", "\(metric.definition.entry.id)")
    }
  }

  /// Flips and changes against the baseline.
  @Test func comparison() throws {
    var rows = BinaryRows(
      labels: [1, 0, 1, 0, 1], decisions: [1, 1, 0, 0, 0], scores: [0.8, 0.6, 0.4, 0.2, 0],
      weights: [1, 2, 3, 4, 5])
    rows.baselineDecisions = [1, 0, 1, 0, 1]
    rows.baselineScores = [0.6, 0.2, 0.6, 0.2, 0]
    let expected: [(String, Double)] = [
      ("flip_rate", 10.0 / 15), ("neg_to_pos_flip_rate", 2.0 / 15), ("pos_to_neg_flip_rate", 8.0 / 15),
      ("neg_to_neg_flip_rate", 4.0 / 15), ("pos_to_pos_flip_rate", 1.0 / 15),
      ("flip_count", 10), ("flip_count/negative_to_positive", 2), ("flip_count/positive_to_negative", 8),
      ("flip_rate_of_positives", 8.0 / 9), ("flip_rate_of_negatives", 2.0 / 6),
      ("mean_score_change", (0.2 + 0.8 - 0.6) / 15), ("mean_absolute_score_change", (0.2 + 0.8 + 0.6) / 15),
      ("symmetric_prediction_difference", (2 * 0.2 / 1.4 + 2 * 2 * 0.4 / 0.8 + 3 * 2 * 0.2 / 1) / 15),
    ]
    for (id, value) in expected { #expect(isClose(try rows.value(id) ?? .nan, value), "\(id)") }
    rows.baselineDecisions = [0, 0, 0, 0, 0]
    #expect(try rows.measured("flip_rate_of_positives").reason == "the baseline decides nobody positively")
  }
}

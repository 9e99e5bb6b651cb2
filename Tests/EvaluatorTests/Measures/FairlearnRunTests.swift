import Fairness
import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Fairlearn 0.15's own numbers through a whole run.
struct FairlearnRunTests {
  /// ../shared/data/oracles: fairlearn 0.15.0 on the shared predictions, its zero rules included.
  @Test(
    .enabled(if: SharedData.isPresent, "needs the shared data folder"),
    arguments: OracleTests.sets.filter {
      ["adult_xgb", "compas_xgb", "german_lgbm", "aequitas_compas"].contains($0.oracle)
    })
  func `Every aggregate of the oracles`(_ set: OracleTests.DataSet) throws {
    for isWeighted in set.weight == nil ? [false] : [false, true] {
      let evaluation = try Self.evaluate(set, isWeighted: isWeighted)
      let document = try #require(
        try SharedData.json("data/oracles/\(set.oracle).json") as? [String: Any])
      let section = isWeighted ? "fairness_weighted" : "fairness"
      let families = try #require(document[section] as? [String: [String: Any]])
      var compared = 0
      for (key, values) in families {
        let family = key.replacing("age_bin", with: "age").replacing("|", with: "*")
        for (name, raw) in values {
          guard let expected = (raw as? NSNumber)?.doubleValue, let ours = Self.name(name) else { continue }
          let found = try evaluation.result(ours, tool: "fairlearn", family: family)
          guard let value = found.estimate.value else {
            #expect(expected.isNaN, "\(family) \(name)")
            continue
          }
          #expect(isClose(value, expected, within: 1e-9), "\(family) \(name)")
          compared += 1
        }
      }
      #expect(compared >= 12 * families.count - 12)
    }
  }

  /// Fairlearn's name with its arguments.
  private static func name(_ key: String) -> String? {
    let base = key.replacing("_to_overall", with: "")
    let known = ["demographic_parity", "equal_opportunity", "equalized_odds"].flatMap {
      [$0 + "_difference", $0 + "_ratio"]
    }
    guard known.contains(base) else { return nil }
    return base == key ? base : base + "(method='to_overall')"
  }

  private static func evaluate(_ set: OracleTests.DataSet, isWeighted: Bool) throws -> Evaluation {
    var configuration = Configuration()
    configuration.data = SharedData.path("data/" + set.data)
    configuration.label = set.label
    configuration.score = set.score
    configuration.decision = set.decision
    configuration.weight = isWeighted ? set.weight : nil
    configuration.bootstrapReplicates = 100
    if let threshold = set.rankThreshold {
      configuration.scoreKind = .ranking
      configuration.threshold = .value(threshold)
    }
    configuration.slices = try set.families.keys.sorted().map {
      try SliceSpec(parsing: set.families[$0] ?? "")
    }
    configuration.compatibility = .fairlearn
    configuration.metrics = ["accuracy"]
    configuration.measures.names = ["fairlearn"]
    return try EvaluationRun.evaluate(configuration)
  }

  /// scikit-learn's zero_one_loss is a share; it needs no place among the metrics that are told.
  @Test func zeroOneLoss() throws {
    let rows = ["a,1,1", "a,0,1", "a,1,0", "a,0,0", "b,1,1", "b,0,1", "b,0,0", "b,1,1", "b,1,1"]
    let evaluation = try MeasureRuns.evaluate(["g,y,d"] + rows) {
      ($0.label, $0.decision) = ("y", "d")
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.measures.names = ["zero_one_loss_difference", "zero_one_loss_ratio", "zero_one_loss_group_max"]
    }
    for (name, expected) in [("difference", 0.5 - 0.2), ("ratio", 0.2 / 0.5), ("group_max", 0.5)] {
      let found = try evaluation.result("zero_one_loss_" + name, tool: "fairlearn", family: "g")
      #expect(isClose(found.estimate.value ?? .nan, expected, within: 1e-12), "\(name)")
      #expect(found.metric == "error_rate" && found.estimate.lower != nil)
    }
    #expect(!evaluation.metrics.contains { $0.id == "error_rate" })
  }

  /// scikit-learn 1.9: precision and F1 of nothing are 0, balanced accuracy of one class is that class's rate.
  @Test func zerosOfScikitLearn() throws {
    // c: no positives, none selected; d: positives only.
    let rows = [
      "a,1,1", "a,0,1", "a,1,1", "b,1,1", "b,0,0", "c,0,0", "c,0,0", "d,1,1", "d,1,0", "d,1,1", "d,1,1",
    ]
    let evaluation = try MeasureRuns.evaluate(["g,y,d"] + rows) {
      ($0.label, $0.decision) = ("y", "d")
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.compatibility = .fairlearn
      $0.measures.names = [
        "precision_score_group_min", "f1_score_group_min", "balanced_accuracy_score_group_min",
      ]
    }
    for (name, expected) in [("precision", 0), ("f1", 0), ("balanced_accuracy", 0.5)] {
      let found = try evaluation.result(name + "_score_group_min", tool: "fairlearn", family: "g")
      #expect(found.estimate.value == expected, "\(name)")
    }
  }

  /// CONFORMANCE.md A3, docs/user_guide/assessment/intersecting_groups.rst: accuracy within control features.
  @Test func `Control features of the user guide`() throws {
    let truth = Array("000110110101010101010110111110").map(String.init)
    let prediction = Array("110110101010101110001110011001").map(String.init)
    let controls = Array("HLHLHLLHHLLHHLLHLLHHLHLLHHLLHL").map(String.init)
    let groups = Array("ABBCCBAABACBCACCBBCABBCABABBAA").map(String.init)
    let rows = truth.indices.map { "\(truth[$0]),\(prediction[$0]),\(controls[$0]),\(groups[$0])" }
    let evaluation = try MeasureRuns.evaluate(["label,decision,control,group"] + rows) {
      ($0.label, $0.decision) = ("label", "decision")
      $0.slices = [SliceSpec(features: [.init(name: "group")])]
      $0.compatibility = .fairlearn
      $0.measures.names = ["fairlearn"]
      $0.measures.controls = ["control"]
    }
    for (level, largest, difference) in [("H", 0.75, 0.55), ("L", 0.5, 3.0 / 14)] {
      let stratum = "control=\(level)"
      let most = try evaluation.result(
        "MetricFrame.group_max", tool: "fairlearn", family: "group", metric: "accuracy", stratum: stratum)
      let gap = try evaluation.result(
        "accuracy_score_difference", tool: "fairlearn", family: "group", stratum: stratum)
      #expect(isClose(most.estimate.value ?? .nan, largest, within: 1e-12))
      #expect(isClose(gap.estimate.value ?? .nan, difference, within: 1e-12))
    }
  }

  /// CONFORMANCE.md A3, docs/user_guide/assessment: one sensitive feature.
  @Test func `Groups of the user guide`() throws {
    let truth = Array("011110101000111111").map(String.init)
    let prediction = Array("001011100111100110").map(String.init)
    let groups = Array("bbabbcccaacabccbcc").map(String.init)
    let rows = truth.indices.map { "\(truth[$0]),\(prediction[$0]),\(groups[$0])" }
    let evaluation = try MeasureRuns.evaluate(["label,decision,group"] + rows) {
      ($0.label, $0.decision) = ("label", "decision")
      $0.slices = [SliceSpec(features: [.init(name: "group")])]
      $0.compatibility = .fairlearn
      $0.measures.names = ["all"]
    }
    let expected: [(name: String, metric: String?, value: Double)] = [
      ("demographic_parity_difference", nil, 0.25), ("demographic_parity_ratio", nil, 2.0 / 3),
      ("demographic_parity_difference(method='to_overall')", nil, 7.0 / 36),
      ("demographic_parity_ratio(method='to_overall')", nil, 20.0 / 27),
      ("equal_opportunity_difference", nil, 0.2), ("equal_opportunity_ratio", nil, 2.0 / 3),
      ("equal_opportunity_difference(method='to_overall')", nil, 0.1),
      ("equal_opportunity_ratio(method='to_overall')", nil, 0.8),
      ("false_positive_rate_difference", nil, 1), ("false_positive_rate_ratio", nil, 0),
      ("equalized_odds_difference", nil, 1), ("equalized_odds_ratio", nil, 0),
      ("recall_score_group_min", nil, 0.4), ("MetricFrame.group_max", "true_positive_rate", 0.6),
      ("MetricFrame.group_min", "selection_rate", 0.5), ("MetricFrame.group_max", "selection_rate", 0.75),
    ]
    for (name, metric, value) in expected {
      let found = try evaluation.result(name, tool: "fairlearn", family: "group", metric: metric)
      #expect(isClose(found.estimate.value ?? .nan, value, within: 1e-12), "\(name)")
      // An interval of a gap between groups can hold "no gap".
      if name == "demographic_parity_difference" { #expect(found.estimate.lower == 0) }
    }
    // Measures that Fairlearn has not are there in the project's own way.
    #expect(!evaluation.results("theil_index").isEmpty)
  }
}

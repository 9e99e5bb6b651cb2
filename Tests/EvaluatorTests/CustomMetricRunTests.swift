import Foundation
import Results
import Settings
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Metrics that a configuration defines, and metrics at thresholds, from a file to an evaluation.
@Suite struct CustomMetricRunTests {
  private static func evaluate(_ text: String, _ configuration: String) throws -> Evaluation {
    let file = FileManager.default.temporaryDirectory.appending(path: "custom-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var read = try Configuration(text: Array(configuration.utf8), name: "c.json5")
    read.data = file.path
    try read.validate(hasFile: true)
    return try EvaluationRun.evaluate(read)
  }

  private static func failure(_ text: String, _ configuration: String) throws -> Failure {
    do {
      _ = try evaluate(text, configuration)
    } catch let failure as Failure {
      return failure
    }
    Issue.record("it ran")
    return Failure(.defect, "")
  }

  private static let loans = """
    y,s,g,amount,w,b
    1,0.9,x,100,1,0.2
    1,0.2,x,300,2,0.9
    0,0.8,x,50,1,0.1
    0,0.1,x,20,1,0.3
    1,0.3,z,500,3,0.4
    1,0.7,z,40,1,0.8
    0,0.4,z,70,1,0.6
    0,0.6,z,80,2,0.7

    """

  /// Counted by hand.
  @Test func costsOfErrors() throws {
    let found = try Self.evaluate(
      Self.loans,
      """
      { label: "y", score: "s", slices: ["g"], custom_metrics: [
        { name: "cost", numerator: "5 * FN + 1 * FP", denominator: "n", direction: "lower_is_better", title: "Cost per applicant" },
        { name: "lost", numerator: "sum(amount where FN)", denominator: "sum(amount where P)" } ] }
      """)
    #expect(found.value("cost", "overall") == 1.5)
    #expect(found.value("cost", "g=x") == 1.5)
    #expect(isClose(found.value("lost", "g=z"), 500.0 / 540))
    let cost = try #require(found.metrics.first { $0.id == "cost" })
    #expect(
      cost.name == "Cost per applicant" && cost.formula == "(5 * FN + 1 * FP) / n" && cost.kind == .loss)
    #expect(cost.direction == .lowerIsBetter && cost.interval?.contains("(BCa)") == true)
    let gap = try #require(
      found.gaps.first { $0.metric == "cost" && $0.comparison == .betweenGroups && $0.kind == .difference })
    #expect(gap.estimate.value == 0 && gap.estimate.lower != nil)
    #expect(found.gaps.contains { $0.metric == "lost" && $0.comparison == .toOverall })
    let copy = try Evaluation(json: Data(found.json()), name: "evaluation.json")
    #expect(copy.json() == found.json() && copy.value("cost", "g=x") == 1.5)
  }

  /// Built-in composites written out are what they are by name, in intervals and in every gap: all come from the same draws.
  @Test(arguments: [false, true])
  func compositesWrittenOut(isWeighted: Bool) throws {
    var random = SplitMix(seed: 3)
    let rows = (0..<500).map { _ in
      let group = ["x", "x", "x", "y", "y", "z"][Int(random.next() % 6)]
      let place = random.next() % 2 == 0 ? "n" : "s"
      let label = random.next() % 5 < 2 ? 1 : 0
      let hit = Int(random.next() % 100) < (label == 1 ? 70 : group == "y" ? 30 : 20)
      return "\(label),\(hit ? 1 : 0),\(group),\(place),\(1 + random.next() % 4)"
    }
    let found = try Self.evaluate(
      (["y,d,g,h,w"] + rows).joined(separator: "\n") + "\n",
      """
      { label: "y", decision: "d", slices: ["g", "h", "g*h"], \(isWeighted ? "weight: 'w'," : "")
        references: { g: "x" }, bootstrap_replicates: 500,
        metrics: ["f1", "balanced_accuracy", "own_f1", "own_balance"],
        gaps: ["f1", "balanced_accuracy", "own_f1", "own_balance"],
        custom_metrics: [
          { name: "own_f1", numerator: "2 * TP", denominator: "2 * TP + FP + FN" },
          { name: "own_balance", numerator: "TP / P + TN / N", denominator: "2" } ] }
      """)
    func isSame(_ a: Double?, _ b: Double?) -> Bool {
      a == b || isClose(a ?? .nan, b ?? .nan, within: 1e-9)
    }
    for (built, own) in [("f1", "own_f1"), ("balanced_accuracy", "own_balance")] {
      let places = try (#require(found.metricIndex(built)), #require(found.metricIndex(own)))
      for slice in found.slices.rows.indices {
        let (a, b) = (found.estimates[places.0][slice], found.estimates[places.1][slice])
        #expect(isSame(a.value, b.value) && isSame(a.lower, b.lower) && isSame(a.upper, b.upper))
        #expect(isSame(a.standardError, b.standardError))
      }
      let (known, mine) = (
        found.gaps.filter { $0.metric == built }, found.gaps.filter { $0.metric == own }
      )
      #expect(known.count == mine.count && known.contains { $0.comparison == .toReference })
      for (a, b) in zip(known, mine) {
        #expect(a.comparison == b.comparison && a.kind == b.kind && a.group == b.group)
        #expect(isSame(a.estimate.lower, b.estimate.lower), "\(a.comparison) \(a.kind)")
        #expect(isSame(a.estimate.upper, b.estimate.upper), "\(a.comparison) \(a.kind)")
        // Draws of permutations have names of their own; weighted rows are dealt out for built-in composites only.
        guard !isWeighted else { continue }
        #expect(a.test == b.test && abs((a.pValue ?? .nan) - (b.pValue ?? .nan)) < 0.05)
      }
    }
    let overall = try #require(found.gaps.first { $0.metric == "own_f1" && $0.comparison == .toOverall })
    #expect(overall.interval == "percentiles of the smoothed cell bootstrap")
  }

  @Test func weightsAndTheSecondModelCount() throws {
    let found = try Self.evaluate(
      Self.loans,
      """
      { label: "y", score: "s", weight: "w", baseline_score: "b", slices: ["g"], metrics: ["own"], gaps: ["own"],
        custom_metrics: [{ name: "own", numerator: "FN - FP", denominator: "n" }] }
      """)
    #expect(found.metrics.map(\.id) == ["own"])
    #expect(isClose(found.value("own", "overall"), (5.0 - 3) / 12))
    let paired = try #require(found.paired?.columns.first { $0.metric == "own" })
    #expect(isClose(paired.baseline[0], 1.0 / 12))
  }

  /// Rows of one unit are not independent: the cells do not know which they are.
  @Test func unitsAreJudgedByInfluence() throws {
    let repeated = Self.loans.replacing("y,s,g,amount,w,b", with: "y,s,g,amount,u,b")
    let found = try Self.evaluate(
      repeated,
      """
      { label: "y", score: "s", unit: "u", custom_metrics: [{ name: "own", numerator: "2 * FN", denominator: "n" }] }
      """)
    #expect(found.metrics.first { $0.id == "own" }?.interval == "influence function, Student t")
  }

  @Test func otherTasksHaveTheirs() throws {
    let number = try Self.evaluate(
      "y,s,g\n1.5,2,x\n2.25,2,x\n3,5,x\n4,4.5,z\n5,5,z\n6.5,6,z\n",
      """
      { label: "y", score: "s", task: "regression", slices: ["g"], custom_metrics: [
        { name: "overshoot", numerator: "sum(score - label where score > label)", denominator: "sum(label)" }] }
      """)
    #expect(isClose(number.value("overshoot", "overall"), (0.5 + 2 + 0.5) / 22.25))
    #expect(number.gaps.contains { $0.metric == "overshoot" })
    let refused = try Self.failure(
      "y,d,g,cost\na,a,x,1\nb,a,x,2\nc,c,x,3\n",
      """
      { label: "y", decision: "d", task: "multiclass", custom_metrics: [{ name: "own", numerator: "FN", denominator: "n" }] }
      """)
    #expect(refused.message.contains("custom metric “own”: counts of true and false"))
  }

  @Test(arguments: [
    (
      "{\n custom_metrics: [{ name: 'a1', numerator: '5 * FM',\n denominator: 'n' }] }",
      "c.json5:2: custom_metrics[0].numerator: “5 * FM”, character 5"
    ),
    (
      "{custom_metrics: [\n\n{ name: 'a1', denominator: 'n' }] }",
      "c.json5:3: custom_metrics[0]: the metric has no numerator"
    ),
    ("{custom_metrics: [{ name: 'A b', numerator: 'FN', denominator: 'n' }] }", "expected a name of a–z"),
    (
      "{custom_metrics: [{ name: 'accuracy', numerator: 'FN', denominator: 'n' }] }",
      "“accuracy” is the name of another metric"
    ),
    (
      "{custom_metrics: [{ name: 'equalized_odds', numerator: 'FN', denominator: 'n' }] }",
      "is the name of another"
    ),
    (
      "{custom_metrics: [{ name: 'a1', numerator: '2 * FN', denominator: 'n', kind: 'rate' }] }",
      "custom_metrics[0].kind: (2 * FN) / n is no rate"
    ),
    (
      "{custom_metrics: [{ name: 'a1', numerator: 'FN', denominater: 'n' }] }",
      "“denominater” is not a key of “custom_metrics”"
    ),
    (
      "{custom_metrics: [{ name: 'a1', numerator: 'FN', denominator: 'n' }, { name: 'a1', numerator: 'FN', denominator: 'n' }] }",
      "there are two custom metrics “a1”"
    ),
    ("{at_thresholds: ['a'] }", "at_thresholds[0]: expected a number"),
    ("{class_weights: { a: -1 } }", "class_weights.a: expected a number from 0"),
    ("{class_weights: { a: 0 } }", "at least one class with a weight above 0"),
  ])
  func mistakesAreNamed(text: String, message: String) throws {
    do {
      _ = try Configuration(text: Array(text.utf8), name: "c.json5")
      Issue.record("it was read")
    } catch {
      #expect(error.kind == .data && error.message.contains(message), "\(error.message)")
    }
  }

  @Test func aMissingNumberIsABadRow() throws {
    let rows = Self.loans.replacing("1,0.2,x,300,2,0.9", with: "1,0.2,x,,2,0.9")
    let settings =
      "label: 'y', score: 's', custom_metrics: [{ name: 'own', numerator: 'sum(amount)', denominator: 'n' }]"
    let refused = try Self.failure(rows, "{ \(settings) }")
    #expect(refused.message.contains("amount"), "\(refused.message)")
    let found = try Self.evaluate(rows, "{ \(settings), bad_rows: 'skip' }")
    #expect(found.rejections.count == 1 && isClose(found.value("own", "overall"), 860.0 / 7))
    #expect(
      try Self.failure(rows, "{ \(settings.replacing("amount", with: "amoun")), bad_rows: 'skip' }").message
        .contains("amoun"))
  }

  // MARK: At thresholds

  @Test func metricsAtThresholds() throws {
    let found = try Self.evaluate(
      Self.loans, "{ label: 'y', score: 's', slices: ['g'], at_thresholds: [0.25, 0.65] }")
    #expect(found.value("true_positive_rate@0.25", "overall") == 3.0 / 4)
    #expect(found.value("true_positive_rate@0.65", "g=z") == 1.0 / 2)
    #expect(found.value("false_positives@0.25", "g=x") == 1)
    #expect(found.value("predicted_negative_rate@0.65", "overall") == 5.0 / 8)
    for id in [
      "precision@0.25", "false_discovery_rate@0.65", "accuracy@0.25", "f1@0.65", "true_negatives@0.65",
    ] {
      #expect(found.metricIndex(id) != nil, "\(id)")
    }
    #expect(found.gaps.contains { $0.metric == "false_positive_rate@0.25" && $0.comparison == .toOverall })
    #expect(
      found.gaps.contains { $0.metric == "selection_rate@0.65" }
        && !found.gaps.contains { $0.metric.hasPrefix("true_positives@") })
    #expect(found.metrics.first { $0.id == "precision@0.25" }?.interval == "Wilson score")
  }

  /// What is asked for by name is told at the thresholds, and nothing else; a score at the cut is selected as the rule says.
  @Test func onlyWhatIsAskedFor() throws {
    let settings =
      "label: 'y', score: 's', slices: ['g'], at_thresholds: [0.4], metrics: ['fpr', 'roc_auc'], gaps: ['equalized_odds']"
    let found = try Self.evaluate(Self.loans, "{ \(settings) }")
    #expect(found.metrics.map(\.id) == ["false_positive_rate", "roc_auc", "false_positive_rate@0.4"])
    #expect(
      Set(found.gaps.map(\.metric)) == [
        "equalized_odds", "true_positive_rate@0.4", "false_positive_rate@0.4",
      ])
    #expect(found.value("false_positive_rate@0.4", "overall") == 3.0 / 4)
    let strict = try Self.evaluate(Self.loans, "{ \(settings), compat: 'tfma' }")
    #expect(strict.value("false_positive_rate@0.4", "overall") == 2.0 / 4)
    #expect(strict.metrics.last?.formula.contains("score > 0.4") == true)
  }

  @Test func namesOfFairnessIndicators() throws {
    let found = try Self.evaluate(
      Self.loans,
      "{ label: 'y', score: 's', metrics: ['fairness_indicators_metrics/false_positive_rate@0.5', 'fairness_indicators_metrics/positive_rate@0.5'] }"
    )
    #expect(found.metrics.map(\.id) == ["false_positive_rate@0.5", "selection_rate@0.5"])
  }

  @Test func withoutAScoreThereIsNothingToCut() throws {
    let refused = try Self.failure(
      "y,d\n1,1\n0,0\n", "{ label: 'y', decision: 'd', at_thresholds: [0.5] }")
    #expect(refused.message.contains("at_thresholds cuts scores"))
  }

  @Test func whatATaskPassesOverIsRefused() throws {
    let weights = try Self.failure(Self.loans, "{ label: 'y', score: 's', class_weights: { a: 1 } }")
    #expect(weights.message.contains("class_weights is for tasks of several classes"))
    let number = "y,s\n1,2\n2,2\n3,4\n"
    let cuts = try Self.failure(number, "{ label: 'y', score: 's', task: 'regression', at_thresholds: [1] }")
    #expect(cuts.message.contains("at_thresholds is for binary and multi-class"))
    let classes = "y,p_a,p_b\na,0.6,0.4\nb,0.5,0.5\n"
    let stray = try Self.failure(classes, "{ label: 'y', score_prefix: 'p_', class_weights: { aa: 1 } }")
    #expect(stray.message.contains("class_weights names “aa”, which is no class"))
  }

  /// With small counts withheld, what may be about a few rows is not shown at all.
  @Test(arguments: [
    (
      "custom_metrics: [{ name: 'own', numerator: 'sum(amount where FN)', denominator: 'n' }]",
      "custom metric “own”"
    ),
    ("at_thresholds: [0.3]", "at_thresholds"), ("metrics: ['tpr@0.3']", "“tpr@0.3”"),
  ])
  func whatMayRevealIsRefused(setting: String, name: String) throws {
    let refused = try Self.failure(Self.loans, "{ label: 'y', score: 's', suppress_below: 5, \(setting) }")
    #expect(refused.message.contains("\(name) cannot be shown where small counts are withheld"))
  }

  @Test func binsOfTheCalibrationErrorUnderUnits() throws {
    let repeated = Self.loans.replacing("y,s,g,amount,w,b", with: "y,s,g,amount,u,b")
    let plain = try Self.evaluate(Self.loans, "{ label: 'y', score: 's', calibration_bins: 3 }")
    let units = try Self.evaluate(repeated, "{ label: 'y', score: 's', unit: 'u', calibration_bins: 3 }")
    let (a, b) = (
      plain.value("expected_calibration_error", "overall"),
      units.value("expected_calibration_error", "overall")
    )
    #expect(isClose(a, b, within: 1e-12))
  }
}

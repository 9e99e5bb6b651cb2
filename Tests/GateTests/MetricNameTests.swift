import Evaluator
import Foundation
import Metrics
import Results
import Slicing
import TestSupport
import Testing

@testable import Gate

/// Names of metrics in policies: those of the catalogue, with classes, cuts and thresholds, and those that a configuration
/// defines.
@Suite struct MetricNameTests {
  private static func policy(_ checks: String, own: [Metric] = []) throws -> Policy {
    try Policy(
      text: Array("{ checks: [\(checks)] }".utf8), name: "p.json5",
      source: Judgement.Source(name: "p.json5", sha256: ""), own: own)
  }

  /// With a class, a k, a threshold, a level and a number where the catalogue has letters.
  private static func filled(_ id: String) -> String {
    id.replacing("CLASS", with: "a b").replacing("DECISION", with: "c").replacing("top_K_", with: "top_3_")
      .replacing("[n]", with: "[7]").replacing("[q]", with: "[0.9]").replacing("@t", with: "@0.3")
      .replacing("@k", with: "@5")
  }

  @Test func everyMetricOfTheCatalogueIsUnderstood() throws {
    for definition in MetricCatalogue.all {
      let name = Self.filled(definition.entry.id)
      let policy = try Self.policy("{ id: 'a', metric: '\(name)', slices: 'overall', min: 0 }")
      #expect(policy.checks[0].subject.id == name, "\(name)")
      guard definition.entry.kind != .count else { continue }
      let gap = try Self.policy("{ id: 'a', gap: '\(name)', slices: 'g', max: 1 }")
      #expect(gap.checks[0].subject.components.map(\.id) == [name], "\(name)")
    }
  }

  private static let rows = (0..<400).map { row in
    let label = row % 3 == 0 ? 1 : 0
    let isWrong = row % (row % 2 == 0 ? 5 : 11) == 1
    return "\(label),\((label == 1) != isWrong ? 0.8 : 0.2),\(row % 2 == 0 ? "x" : "z"),\(row)"
  }.joined(separator: "\n")

  private static func judge(_ checks: String, _ more: String) throws -> Judgement {
    let file = FileManager.default.temporaryDirectory.appending(path: "names-\(UUID().uuidString).csv")
    try Data(("y,s,g,amount\n" + rows + "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let text = "{ label: 'y', score: 's', slices: ['g'], \(more) }"
    var configuration = try Configuration(text: Array(text.utf8), name: "c.json5")
    configuration.data = file.path
    let policy = try policy(checks, own: configuration.ownMetrics)
    return try Judge(policy: policy).judge(EvaluationRun.evaluate(configuration))
  }

  private static let cost =
    "custom_metrics: [{ name: 'cost', numerator: '5 * FN + FP', denominator: 'n', direction: 'lower_is_better' }, "
    + "{ name: 'lost', numerator: 'sum(amount where FN)', denominator: 'sum(amount)' }]"

  @Test func ownMetricsAreJudged() throws {
    let found = try Self.judge(
      """
      { id: 'cost', metric: 'cost', slices: 'overall', max: 2 },
      { id: 'dear', metric: 'cost', slices: 'g', max: 0.01 },
      { id: 'gap', gap: 'cost', slices: 'g', max: 3 },
      { id: 'lost', gap: 'lost', slices: 'g', max: 0.9, comparison: 'to_overall' }
      """, Self.cost)
    let results = Dictionary(uniqueKeysWithValues: found.checks.map { ($0.id, $0.verdict) })
    #expect(results["cost"] == .pass && results["dear"] == .fail && results["gap"] == .pass)
    #expect(results["lost"] == .pass, "\(found.checks[3])")
  }

  @Test func metricsAtThresholdsAreJudged() throws {
    let found = try Self.judge(
      """
      { id: 'a', metric: 'false_positive_rate@0.5', slices: 'overall', max: 0.5 },
      { id: 'b', metric: 'recall@0.5', slices: 'overall', min: 0.5 },
      { id: 'c', gap: 'fairness_indicators_metrics/recall@0.5', slices: 'g', max: 0.9 },
      { id: 'd', gap: 'selection_rate@0.9', slices: 'g', max: 0.9 },
      { id: 'e', metric: 'mean_squared_error', slices: 'overall', max: 0.5 }
      """, "at_thresholds: [0.5, 0.9]")
    #expect(found.checks.map(\.verdict) == [.pass, .pass, .pass, .pass, .pass])
    #expect(found.checks[0].metricName == "False positive rate at 0.5")
    let components = found.checks.compactMap { $0.items.first?.component }
    #expect(components[1] == "true_positive_rate@0.5" && components[2] == components[1])
    #expect(components[4] == "brier_score")
  }

  @Test func whatNobodyDefinesIsRefused() throws {
    do {
      _ = try Self.judge("{ id: 'a', metric: 'cots', slices: 'overall', max: 2 }", Self.cost)
      Issue.record("it was judged")
    } catch let failure as Failure {
      #expect(
        failure.message.contains("there is no metric “cots”") && failure.advice == "did you mean “cost”?")
    }
  }
}

import Evaluator
import Fairness
import Foundation
import Metrics
import Results
import Slicing
import TestSupport
import Testing

@testable import Gate

/// Checks of tasks that are not binary, and of rows whose units repeat.
@Suite struct TaskGateTests {
  private static func judge(
    _ text: String, _ checks: String, _ change: (inout Configuration) -> Void
  ) throws -> Judgement {
    let file = FileManager.default.temporaryDirectory.appending(path: "gate-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration = Configuration()
    configuration.data = file.path
    configuration.slices = [try SliceSpec(parsing: "g")]
    change(&configuration)
    let policy = try Policy(
      text: Array("{ checks: [\(checks)] }".utf8), name: "p.json5",
      source: Judgement.Source(name: "p.json5", sha256: ""))
    return try Judge(policy: policy).judge(EvaluationRun.evaluate(configuration))
  }

  /// Two groups, of which the second is told apart worse.
  private static func classes(_ rows: Int) -> String {
    var random = SplitMix(seed: 3)
    let names = ["a", "b", "c"]
    let lines = (0..<rows).map { row in
      let label = Int(random.next() % 3)
      let isRight = random.next() % 100 < (row % 2 == 0 ? 90 : 50)
      return "\(names[label]),\(names[isRight ? label : (label + 1) % 3]),\(row % 2 == 0 ? "x" : "z")"
    }
    return "y,d,g\n" + lines.joined(separator: "\n") + "\n"
  }

  @Test func checksOfClasses() throws {
    let found = try Self.judge(
      Self.classes(1500),
      """
      { id: 'value', metric: 'recall[a]', slices: 'g=x', min: 0.8 },
      { id: 'low', metric: 'accuracy', slices: 'g=z', min: 0.7 },
      { id: 'gap', gap: 'equal_opportunity', slices: 'g', max: 0.2 },
      { id: 'whole', gap: 'accuracy', slices: 'g', comparison: 'to_overall', max: 0.3 }
      """
    ) { ($0.label, $0.decision) = ("y", "d") }
    #expect(found.checks.map(\.verdict) == [.pass, .fail, .fail, .pass])
    // The worst class decides, and pays for having been chosen among three.
    #expect(found.checks[2].items[0].component.hasPrefix("recall["))
  }

  /// A gap that the control makes: none within its levels, nor pooled over them.
  @Test func checksWithinStrata() throws {
    var random = SplitMix(seed: 6)
    let lines = (0..<1200).map { row in
      let (isFocal, isHigh) = (row % 2 == 0, random.next() % 10 < (row % 2 == 0 ? 8 : 2))
      let error = Double(random.next() % 1000) / 1000 + (isHigh ? 2 : 0)
      return "\(isFocal ? "f" : "m"),\(isHigh ? "high" : "low"),10,\(10 + error)"
    }
    let found = try Self.judge(
      "g,s,y,p\n" + lines.joined(separator: "\n") + "\n",
      """
      { id: 'plain', measure: 'difference_to_reference', metric: 'mean_absolute_error', slices: 'g', max: 0.2 },
      { id: 'pooled', measure: 'mantel_haenszel_difference', metric: 'mean_absolute_error', slices: 'g=f', min: -0.2, max: 0.2 },
      { id: 'levels', measure: 'difference_to_reference', metric: 'mean_absolute_error', stratum: 's=*', slices: 'g', min: -0.3, max: 0.3 },
      { id: 'value', measure: 'value_within_stratum', metric: 'mean_absolute_error', stratum: 's=high', slices: 'g', max: 2 }
      """
    ) {
      ($0.label, $0.score, $0.task.kind) = ("y", "p", .regression)
      $0.references = ["g": "m"]
      $0.measures.names = [
        "difference_to_reference", "mantel_haenszel_difference", "value_within_stratum",
      ]
      $0.measures.controls = ["s"]
    }
    #expect(found.checks.map(\.verdict) == [.fail, .pass, .pass, .fail])
    #expect(found.checks[2].items.count == 2 && found.checks[3].items.count == 2)
  }

  @Test func checksOfNumbers() throws {
    var random = SplitMix(seed: 8)
    let lines = (0..<800).map { row in
      let label = Double(random.next() % 1000) / 10
      return "\(label),\(label + Double(random.next() % 100) / 10 + (row % 2 == 0 ? 0 : 8)),\(row % 2)"
    }
    let found = try Self.judge(
      "y,s,g\n" + lines.joined(separator: "\n") + "\n",
      """
      { id: 'error', metric: 'mean_absolute_error', slices: 'all', max: 6 },
      { id: 'bias', gap: 'mean_error', slices: 'g', max: 10 },
      { id: 'fit', metric: 'pearson_correlation', slices: 'overall', min: 0.9 }
      """
    ) { ($0.label, $0.score, $0.task.kind) = ("y", "s", .regression) }
    #expect(found.checks.map(\.verdict) == [.fail, .pass, .pass])
  }

  /// A check that 900 rows would decide is open where they are 30 people.
  @Test func unitsDecideHowMuchIsKnown() throws {
    let rows = (0..<900).map { row in
      let unit = row % 30
      return "\(unit),\(unit % 10 == 0 ? 0 : 1),1,\(unit % 2)"
    }
    let text = "id,y,d,g\n" + rows.joined(separator: "\n") + "\n"
    let check = "{ id: 'a', metric: 'accuracy', slices: 'overall', min: 0.85 }"
    let rowsAlone = try Self.judge(text, check) { ($0.label, $0.decision) = ("y", "d") }
    #expect(rowsAlone.checks[0].verdict == .pass)
    let units = try Self.judge(text, check) { ($0.label, $0.decision, $0.unit) = ("y", "d", "id") }
    #expect(units.checks[0].verdict == .inconclusive)
  }

  @Test(arguments: [
    ("recall[a b]", "recall[a b]"), ("ndcg@7", "ndcg@7"), ("tpr", "true_positive_rate"),
    ("cohens_kappa", "cohens_kappa"), ("mean_squared_log_error", "mean_squared_log_error"),
    ("true_positive_rate@0.25", "true_positive_rate@0.25"),
  ])
  func namesAreUnderstood(name: String, id: String) {
    #expect(Metric(named: name)?.id == id)
  }

  @Test(arguments: ["no_such[x]", "nothing@3", "accuracy[x]"])
  func unknownNames(name: String) { #expect(Metric(named: name) == nil) }
}

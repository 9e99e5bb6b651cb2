import Fairness
import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Tasks that are not binary, from a file to an evaluation.
@Suite struct TaskTests {
  private static func evaluate(
    _ text: String, _ change: (inout Configuration) throws -> Void
  ) throws -> Evaluation {
    let file = FileManager.default.temporaryDirectory.appending(path: "task-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration = Configuration()
    configuration.data = file.path
    configuration.slices = [try SliceSpec(parsing: "g")]
    try change(&configuration)
    return try EvaluationRun.evaluate(configuration)
  }

  private static let classes = """
    y,d,g,p_a,p_b,p_c
    a,a,x,0.6,0.3,0.1
    b,a,x,0.5,0.4,0.1
    c,c,x,0.1,0.1,0.8
    a,a,x,0.7,0.2,0.1
    b,b,z,0.2,0.7,0.1
    c,b,z,0.1,0.5,0.4
    a,c,z,0.3,0.1,0.6
    b,b,z,0.1,0.8,0.1

    """

  /// Counted by hand.
  @Test func oneOfSeveralClasses() throws {
    let found = try Self.evaluate(Self.classes) { ($0.label, $0.decision) = ("y", "d") }
    #expect(found.task == .multiclass && found.roles.classes == ["a", "b", "c"])
    #expect(isClose(found.value("accuracy", "overall"), 5.0 / 8))
    #expect(isClose(found.value("accuracy", "g=x"), 3.0 / 4))
    #expect(isClose(found.value("recall[b]", "g=x"), 0))
    #expect(isClose(found.value("recall[b]", "g=z"), 1))
    #expect(isClose(found.value("selection_rate[a]", "g=z"), 0))
    let gap = try #require(
      found.gaps.first {
        $0.metric == "equal_opportunity" && $0.comparison == .betweenGroups && $0.kind == .difference
      })
    #expect(isClose(gap.estimate.value ?? .nan, 1))
    #expect(found.details?.confusion.prefix(9) == [2, 0, 1, 1, 2, 0, 0, 1, 1])
  }

  /// The task is known before the names of metrics are.
  @Test func namesAreThoseOfTheInferredTask() throws {
    let found = try Self.evaluate(Self.classes) {
      ($0.label, $0.decision, $0.metrics, $0.gaps) = ("y", "d", ["recall[b]", "f1_macro"], ["recall[c]"])
    }
    #expect(found.metrics.map(\.id) == ["f1_macro", "recall[b]"])
    #expect(Set(found.gaps.map(\.metric)) == ["recall[c]"])
  }

  /// Without decisions the highest score decides, and the task follows from the prefix.
  @Test func theHighestScoreDecides() throws {
    let found = try Self.evaluate(Self.classes) {
      $0.label = "y"; $0.task.scorePrefix = "p_"
    }
    #expect(found.task == .multiclass)
    #expect(isClose(found.value("accuracy", "overall"), 5.0 / 8))
    #expect(found.metricIndex("log_loss") != nil)
  }

  @Test func aNumberIsPredicted() throws {
    let text = "y,s,g\n1.5,2,x\n2.25,2,x\n3,5,x\n4,4.5,z\n5,5,z\n6.5,6,z\n"
    let found = try Self.evaluate(text) { ($0.label, $0.score) = ("y", "s") }
    #expect(found.task == .regression)
    #expect(isClose(found.value("mean_absolute_error", "overall"), (0.5 + 0.25 + 2 + 0.5 + 0 + 0.5) / 6))
    #expect(isClose(found.value("mean_error", "g=x"), (0.5 - 0.25 + 2) / 3))
    #expect(found.details?.residualQuantiles.count == 3 * 5)
    #expect(isClose(found.details?.residualQuantiles[2] ?? .nan, 0.25))
  }

  @Test func rowsAreRanked() throws {
    let text = "q,rel,s,g\n1,1,0.9,x\n1,0,0.5,z\n1,0,0.1,x\n2,0,0.8,z\n2,1,0.6,x\n2,1,0.2,z\n"
    let found = try Self.evaluate(text) {
      ($0.label, $0.score, $0.task.query) = ("rel", "s", "q")
      $0.task.cutoffs = [1]
    }
    #expect(found.task == .ranking && found.roles.query == "q")
    #expect(isClose(found.value("precision@1", "overall"), 0.5))
    #expect(isClose(found.value("mrr", "overall"), (1 + 0.5) / 2))
    let exposure = 1 + 1 / log2(3.0) + 0.5
    let share = try #require(found.details?.exposureShare)
    #expect(isClose(share[1], (1 + 0.5 + 1 / log2(3.0)) / (2 * exposure)))
  }

  @Test func severalLabels() throws {
    let text = "y_a,y_b,d_a,d_b,g\n1,0,1,0,x\n0,1,1,1,x\n1,1,1,0,z\n0,0,0,0,z\n"
    let found = try Self.evaluate(text) { ($0.task.labelPrefix, $0.task.decisionPrefix) = ("y_", "d_") }
    #expect(found.task == .multilabel && found.roles.classes == ["a", "b"])
    #expect(isClose(found.value("exact_match", "overall"), 0.5))
    #expect(isClose(found.value("recall[b]", "overall"), 0.5))
  }

  /// A second model of several labels, in columns of its own and in a file of its own.
  @Test func severalLabelsOfTwoModels() throws {
    let text =
      "id,y_a,y_b,d_a,d_b,old_a,old_b,g\n1,1,0,1,0,0,0,x\n2,0,1,1,1,1,1,x\n3,1,1,1,0,1,1,z\n4,0,0,0,0,0,0,z\n"
    let found = try Self.evaluate(text) {
      ($0.task.labelPrefix, $0.task.decisionPrefix, $0.baselineDecision) = ("y_", "d_", "old_")
      try $0.validate(hasFile: true)
    }
    let exact = try #require(found.paired?.columns.first { $0.metric == "exact_match" })
    #expect(exact.baseline[0] == 0.5 && found.value("exact_match", "overall") == 0.5)
    let recall = try #require(found.paired?.columns.first { $0.metric == "recall[b]" })
    #expect(recall.baseline[0] == 1 && found.value("recall[b]", "overall") == 0.5)
    let file = FileManager.default.temporaryDirectory.appending(path: "old-\(UUID().uuidString).csv")
    try Data("id,d_a,d_b\n4,0,0\n2,1,1\n1,0,0\n3,1,1\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let joined = try Self.evaluate(text) {
      ($0.task.labelPrefix, $0.task.decisionPrefix, $0.baselineData, $0.unit) = ("y_", "d_", file.path, "id")
      try $0.validate(hasFile: true)
    }
    #expect(
      joined.paired?.columns.map(\.baseline.description) == found.paired?.columns.map(\.baseline.description))
  }

  /// Gaps of 0 mean nothing where every row is told the same.
  @Test func constantPredictionsAreTold() throws {
    let numbers = try Self.evaluate("y,p,g\n1,2.5,a\n3,2.5,a\n2,2.5,b\n4,2.5,b\n") {
      ($0.label, $0.score, $0.task.kind) = ("y", "p", .regression)
    }
    #expect(numbers.notes.contains { $0.hasPrefix("The model predicts 2.5 for every row") })
    let classes = try Self.evaluate("y,d,g\nx,x,a\ny,x,a\nz,x,b\nx,x,b\n") {
      ($0.label, $0.decision, $0.task.kind) = ("y", "d", .multiclass)
    }
    #expect(classes.notes.contains { $0.hasPrefix("The model predicts “x” for every row") })
    let others = try Self.evaluate("y,p,g\n1,2.5,a\n3,2.5,a\n2,2.5,b\n4,2,b\n") {
      ($0.label, $0.score, $0.task.kind) = ("y", "p", .regression)
    }
    #expect(!others.notes.contains { $0.contains("for every row") })
    let lists = try Self.evaluate("y,p,q,g\n1,3,u,a\n0,3,u,b\n1,3,v,a\n0,3,v,b\n") {
      ($0.label, $0.score, $0.task.query) = ("y", "p", "q")
    }
    #expect(lists.notes.contains { $0.hasPrefix("The model predicts the same score for every row") })
  }

  /// TFMA's NDCG has linear gain, whatever the identifier means elsewhere.
  @Test func gainOfTFMA() throws {
    let rows = "y,p,q,g\n3,0.1,u,a\n0,0.9,u,a\n1,0.5,u,b\n2,0.3,v,b\n0,0.4,v,a\n1,0.2,v,b\n"
    func ids(_ compatibility: Compatibility?) throws -> [String] {
      try Self.evaluate(rows) {
        ($0.label, $0.score, $0.task.query) = ("y", "p", "q")
        $0.metrics = ["NDCG"]
        $0.compatibility = compatibility
      }.metrics.map(\.id)
    }
    #expect(try ids(.tfma).allSatisfy { $0.hasPrefix("ndcg_linear") } && !ids(.tfma).isEmpty)
    #expect(try ids(nil).contains("ndcg"))
  }

  /// One cut is asked for by its name, without the key.
  @Test func classesAtOneCut() throws {
    let found = try Self.evaluate(Self.classes) {
      ($0.label, $0.task.scorePrefix) = ("y", "p_")
      $0.metrics = [
        "coverage@0.65", "accuracy_of_predicted@0.65", "multi_class_confusion_matrix_at_thresholds@0.7",
      ]
    }
    #expect(isClose(found.value("coverage@0.65", "overall"), 4.0 / 8))
    #expect(found.metrics.count { $0.id.hasSuffix("@0.7") && $0.id.hasPrefix("confusion[") } >= 9)
    #expect(!found.metrics.contains { $0.id == "coverage@0.7" || $0.id == "accuracy" })
  }

  /// Of a second model without scores, what needs none is compared.
  @Test func classesOfASecondModelWithoutScores() throws {
    let found = try Self.evaluate(
      Self.classes.replacing("y,d,g", with: "y,old,g").replacing("b,b,z,0.2", with: "b,a,z,0.2")
    ) {
      ($0.label, $0.task.scorePrefix, $0.baselineDecision) = ("y", "p_", "old")
      $0.classWeights = ["a": 1, "b": 3]
      $0.atThresholds = [0.65]
    }
    let accuracy = try #require(found.paired?.columns.first { $0.metric == "accuracy" })
    #expect(isClose(accuracy.baseline[0], 4.0 / 8))
    #expect(found.paired?.columns.contains { $0.metric == "log_loss" } == false)
    #expect(found.paired?.columns.contains { $0.metric == "recall[b]" } == true)
    let (a, b) = (found.value("recall[a]", "overall"), found.value("recall[b]", "overall"))
    #expect(isClose(found.value("recall_class_weighted", "overall"), (a + 3 * b) / 4))
    #expect(isClose(found.value("coverage@0.65", "overall"), 4.0 / 8))
    #expect(isClose(found.value("accuracy_of_predicted@0.65", "overall"), 1))
    #expect(found.value("confusion[b, (none)]@0.65", "overall") == 1)
    #expect(
      found.metricIndex("roc_auc_ovr_micro") != nil
        && found.metricIndex("expected_calibration_error_calibrated") != nil)
  }

  /// The stored form of every task reads back the same.
  @Test func storedAndReadBack() throws {
    let found = try Self.evaluate(Self.classes) { ($0.label, $0.decision) = ("y", "d") }
    let copy = try Evaluation(json: Data(found.json()), name: "evaluation.json")
    #expect(copy.json() == found.json())
    #expect(copy.details == found.details && copy.task == .multiclass)
  }

  /// Whatever the number of threads.
  @Test func threadsDoNotShow() throws {
    let runs = try [1, 4].map { threads in
      try Self.evaluate(Self.classes) { ($0.label, $0.decision, $0.threads) = ("y", "d", threads) }
    }
    #expect(
      runs[0].gaps == runs[1].gaps
        && runs[0].estimates.map(\.lower.description) == runs[1].estimates.map(\.lower.description))
  }

  @Test(arguments: [
    ("ranking", "needs the column of what rows are ranked for"),
    ("regression", "needs the column of what the model said"),
    ("multilabel", "needs a column for each label"),
  ])
  func whatIsMissingIsTold(task: String, words: String) throws {
    var configuration = Configuration()
    (configuration.data, configuration.label) = ("x.csv", "y")
    if task == "ranking" { configuration.score = "s" }
    configuration.task.kind = TaskKind(rawValue: task)
    do {
      try configuration.validate(hasFile: false)
      Issue.record("nothing was refused")
    } catch { #expect(error.message.contains(words), "\(error.message)") }
  }

  /// What would not be looked at is refused.
  @Test(arguments: [TaskKind.multiclass, .regression, .ranking])
  func anIdleBaselineIsTold(task: TaskKind) throws {
    var configuration = Configuration()
    (configuration.data, configuration.label, configuration.score) = ("x.csv", "y", "s")
    configuration.task.kind = task
    (configuration.task.query, configuration.task.labelPrefix, configuration.task.scorePrefix) = (
      "q", "y_", "p_"
    )
    try configuration.validate(hasFile: false)
    if task == .multiclass {
      configuration.baselineScore = "b"
    } else {
      configuration.baselineDecision = "b"
    }
    let failure = #expect(throws: Failure.self) { try configuration.validate(hasFile: false) }
    #expect(failure?.message.contains("second model") == true)
  }

  @Test func classesWithoutScoresAreTold() throws {
    let failure = #expect(throws: Failure.self) {
      try Self.evaluate("y,p_a,g\na,0.5,x\nb,0.5,z\nc,0.1,x\n") {
        $0.label = "y"; $0.task.scorePrefix = "p_"
      }
    }
    #expect(failure?.message.contains("class “b” has no score column “p_b”") == true)
    let prefix = #expect(throws: Failure.self) {
      try Self.evaluate(Self.classes) {
        $0.label = "y"; $0.task.scorePrefix = "prob_"
      }
    }
    #expect(prefix?.message.contains("begins with “prob_”") == true)
  }

  // MARK: Binary tasks through the engine of rows

  private static func binary(_ count: Int, copies: Int) -> String {
    var random = SplitMix(seed: 4)
    var lines = ["id,y,s,g"]
    for unit in 0..<count {
      let (y, s, g) = (random.next() % 2, Double(random.next() % 1000) / 1000, random.next() % 3)
      for _ in 0..<copies { lines.append("\(unit),\(y),\(s),g\(g)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Every row three times, with a unit that says so: values stay, intervals are those of a third of the rows, and
  /// not narrower as without the unit.
  @Test func unitsThatRepeatAreNotIndependent() throws {
    func run(_ copies: Int, unit: String?) throws -> Evaluation {
      try Self.evaluate(Self.binary(300, copies: copies)) { ($0.label, $0.score, $0.unit) = ("y", "s", unit) }
    }
    let (once, plain, grouped) = try (run(1, unit: nil), run(3, unit: nil), run(3, unit: "id"))
    #expect(grouped.roles.units == 300 && once.roles.units == nil)
    for metric in ["accuracy", "true_positive_rate", "roc_auc", "brier_score", "f1", "mcc"] {
      let (a, b, c) = (
        try #require(once.estimate(metric, slice: 1)), try #require(plain.estimate(metric, slice: 1)),
        try #require(grouped.estimate(metric, slice: 1))
      )
      #expect(isClose(a.value ?? .nan, c.value ?? .nan, within: 1e-9), "\(metric)")
      let widths = [a, b, c].map { ($0.upper ?? .nan) - ($0.lower ?? .nan) }
      #expect(abs(widths[2] / widths[0] - 1) < 0.08, "\(metric) \(widths)")
      #expect(widths[1] < 0.7 * widths[0], "\(metric) \(widths)")
    }
    // The lab's own intervals would take rows as independent.
    let lab = try #require(grouped.lab)
    let series = lab.trades.flatMap(\.series)
    #expect(series.allSatisfy { $0.lower.allSatisfy(\.isNaN) && $0.gapUpper.allSatisfy(\.isNaN) })
    let gap = grouped.gaps.first { $0.metric == "equalized_odds" && $0.kind == .difference }
    let other = once.gaps.first { $0.metric == "equalized_odds" && $0.kind == .difference }
    #expect(isClose(gap?.estimate.value ?? .nan, other?.estimate.value ?? .nan, within: 1e-9))
    #expect(abs((gap?.estimate.upper ?? 0) - (other?.estimate.upper ?? 1)) < 0.02)
  }

  /// Metrics that the counting engine does not have come beside its own, which stay the same.
  @Test func otherMetricsOnRequest() throws {
    let text = Self.binary(200, copies: 1)
    let plain = try Self.evaluate(text) { ($0.label, $0.score) = ("y", "s") }
    let more = try Self.evaluate(text) {
      ($0.label, $0.score) = ("y", "s")
      $0.metrics = ["default", "cohens_kappa", "f_beta[2]"]
      $0.gaps = ["equal_opportunity", "informedness"]
    }
    #expect(more.metrics.map(\.id) == plain.metrics.map(\.id) + ["cohens_kappa", "f_beta[2]"])
    #expect(more.estimates[8].lower == plain.estimates[8].lower)
    let (tpr, fpr) = (
      more.value("true_positive_rate", "overall"), more.value("false_positive_rate", "overall")
    )
    let overall = more.gaps.filter {
      $0.metric == "informedness" && $0.comparison == .toOverall && $0.kind == .difference
    }
    #expect(overall.count == 3 && overall.allSatisfy { $0.estimate.lower != nil })
    let group = more.value("true_positive_rate", "g=g0") - more.value("false_positive_rate", "g=g0")
    #expect(isClose(overall[0].estimate.value ?? .nan, group - (tpr - fpr), within: 1e-9))
    let failure = #expect(throws: Failure.self) {
      try Self.evaluate(text) { ($0.label, $0.score, $0.metrics) = ("y", "s", ["cohens_capa"]) }
    }
    #expect(failure?.advice?.contains("cohens_kappa") == true)
  }
}

import Results
import Slicing
import Testing

@testable import Evaluator

/// What is told of names of metrics that a run does not have, and of several names of one.
struct MetricNameTests {
  private static func failure(
    _ name: String, asGap: Bool = false, _ rows: [String], _ change: (inout Configuration) -> Void
  ) -> Failure? {
    #expect(throws: Failure.self) {
      try MeasureRuns.evaluate(rows) {
        if asGap { $0.gaps = [name] } else { $0.metrics = [name] }
        change(&$0)
      }
    }
  }

  private static let classes = ["g,y,d", "a,x,x", "a,y,y", "b,z,x", "b,x,x"]
  private static func multiclass(_ configuration: inout Configuration) {
    (configuration.label, configuration.decision, configuration.task.kind) = ("y", "d", .multiclass)
    configuration.slices = [SliceSpec(features: [.init(name: "g")])]
  }

  @Test(arguments: [false, true]) func `An average by class weights needs them`(asGap: Bool) {
    let found = Self.failure("recall_class_weighted", asGap: asGap, Self.classes, Self.multiclass)
    #expect(
      found?.message == "recall_class_weighted needs class_weights: what each class counts in the average")
    #expect(found?.advice == "Say it in a configuration: class_weights: { \"x\": 2, \"y\": 1 }.")
  }

  @Test func `And is there with them`() throws {
    let evaluation = try MeasureRuns.evaluate(Self.classes) {
      Self.multiclass(&$0)
      ($0.metrics, $0.classWeights) = (["recall_class_weighted"], ["x": 2, "y": 1])
    }
    #expect(evaluation.metrics.map(\.id) == ["recall_class_weighted"])
  }

  @Test(arguments: ["log_loss", "roc_auc_ovr_macro", "roc_auc_ovo_macro", "roc_auc[x]", "top_2_accuracy"])
  func `What needs scores of classes`(name: String) {
    let found = Self.failure(name, Self.classes, Self.multiclass)
    #expect(found?.message == "\(name) needs a score of each class")
    #expect(found?.advice?.contains("--score-prefix") == true)
  }

  @Test func `A class that is not there`() {
    let found = Self.failure("recall[w]", Self.classes, Self.multiclass)
    #expect(found?.message == "recall[w]: there is no class “w”")
    #expect(found?.advice == "did you mean “x”?")
  }

  @Test func `Cut-offs and levels`() {
    let scored = ["y,p_x,p_y,p_z", "x,0.5,0.3,0.2", "y,0.1,0.8,0.1", "z,0.4,0.4,0.2", "x,0.2,0.2,0.6"]
    let top = Self.failure("top_3_accuracy", scored) {
      ($0.label, $0.task.scorePrefix, $0.task.kind) = ("y", "p_", .multiclass)
    }
    #expect(top?.message == "top_3_accuracy needs 3 among the cutoffs")
    let ranked = Self.failure("ndcg@7", ["y,p,q", "1,3,q", "0,2,q", "1,1,r", "0,2,r"]) {
      ($0.label, $0.score, $0.task.query) = ("y", "p", "q")
    }
    #expect(
      ranked?.message == "ndcg@7 needs 7 among the cutoffs" && ranked?.advice?.contains("--cutoffs 7") == true
    )
    let level = Self.failure("quantile_loss@0.3", ["y,p", "1,2", "2,3", "3,3", "5,4"]) {
      ($0.label, $0.score, $0.task.kind) = ("y", "p", .regression)
    }
    #expect(
      level?.message.contains("which has quantile_loss@0.1, quantile_loss@0.5, quantile_loss@0.9") == true)
    #expect(level?.advice == "Name its level in a configuration: quantiles: [0.3].")
  }

  @Test func `What needs a second model or a probability`() {
    let rows = ["y,p,d", "1,3,1", "0,2,0", "1,1,0"]
    func told(_ name: String) -> String? {
      Self.failure(name, rows) {
        ($0.label, $0.score, $0.scoreKind, $0.threshold) = ("y", "p", .ranking, .value(2))
      }?.message
    }
    #expect(told("flip_count")?.contains("needs") == true)
    #expect(told("generalized_true_positives")?.contains("needs") == true)
    #expect(told("nonsense")?.contains("there is no metric") == true)
  }

  @Test func `Names of one metric are told once, with a note`() throws {
    let evaluation = try MeasureRuns.evaluate(["y,p,g", "1,0.9,a", "0,0.2,a", "1,0.4,b"]) {
      ($0.label, $0.score) = ("y", "p")
      $0.metrics = ["tpr", "precision", "recall", "sensitivity", "tpr@0.3", "tpr@0.4", "recall@0.3"]
    }
    #expect(
      evaluation.metrics.map(\.id) == [
        "precision", "true_positive_rate", "true_positive_rate@0.3", "true_positive_rate@0.4",
      ])
    let notes = evaluation.notes.filter { $0.contains("told once") }
    #expect(
      notes == [
        "tpr, recall and sensitivity are one metric, which is told once: true_positive_rate.",
        "tpr@0.3 and recall@0.3 are one metric, which is told once: true_positive_rate@0.3.",
      ])
    let classes = try MeasureRuns.evaluate(Self.classes) {
      Self.multiclass(&$0)
      $0.metrics = ["accuracy", "accuracy_score", "mcc"]
    }
    #expect(classes.notes.filter { $0.contains("told once") }.count == 1)
    let alone = try MeasureRuns.evaluate(Self.classes) {
      Self.multiclass(&$0)
      $0.metrics = ["accuracy", "mcc"]
    }
    #expect(!alone.notes.contains { $0.contains("told once") })
  }
}

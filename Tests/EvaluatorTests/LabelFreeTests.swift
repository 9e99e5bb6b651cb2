import Results
import Testing

@testable import Evaluator

/// Runs without the true outcome.
@Suite struct LabelFreeTests {
  private static let rows = """
    d,s,b,g
    1,0.9,1,a
    0,0.3,0,a
    1,0.6,1,b
    0,0.2,1,b
    0,0.1,0,b
    """

  private func evaluate(
    _ text: String = rows, _ adjust: (inout Configuration) throws -> Void = { _ in }
  ) throws -> Evaluation {
    try Written.evaluate(text) {
      $0.label = nil
      $0.slices = try Written.slices("g")
      try adjust(&$0)
    }
  }

  private func refusal(_ text: String = rows, _ adjust: (inout Configuration) throws -> Void) -> Failure? {
    do {
      _ = try evaluate(text, adjust)
      return nil
    } catch { return error as? Failure }
  }

  @Test func whatNeedsNoTruthIsComputed() throws {
    let evaluation = try evaluate { $0.score = "s" }
    #expect(evaluation.roles.label == nil && evaluation.roles.positive == "1")
    #expect(
      evaluation.metrics.map(\.id) == [
        "count", "weight", "predicted_positives", "selection_rate", "mean_score",
      ])
    #expect(Set(evaluation.gaps.map(\.metric)) == ["demographic_parity"])
    #expect(evaluation.value("selection_rate", "g=a") == 0.5)
    #expect(evaluation.value("predicted_positives", "overall") == 2)
    #expect(evaluation.value("mean_score", "g=b") == 0.3)
    #expect(evaluation.notes.contains { $0.hasPrefix("No label was given") })
    #expect(evaluation.title == "Evaluation of d")
  }

  /// Selected rows are stored as false positives, the others as true negatives.
  @Test func everyRowCountsAsNegative() throws {
    let evaluation = try evaluate { $0.score = "s" }
    #expect(evaluation.slices.falsePositives == [2, 1, 1] && evaluation.slices.trueNegatives == [3, 1, 2])
    #expect(evaluation.slices.truePositives == [0, 0, 0] && evaluation.slices.falseNegatives == [0, 0, 0])
    #expect(evaluation.calibration == nil)
    let curves = try #require(evaluation.curves)
    #expect(curves.positives.allSatisfy { $0 == 0 } && curves.above(slice: 0).negatives[0] == 5)
    #expect(evaluation.slices.covarianceWithOverall.keys.sorted() == ["mean_score"])
  }

  @Test func aBaselineIsCountedBesideIt() throws {
    let evaluation = try evaluate { $0.baselineDecision = "b" }
    // FP with a positive and a negative baseline decision, then TN.
    #expect(Array(evaluation.slices.baselineCells[..<8]) == [0, 0, 2, 0, 0, 0, 1, 2])
    let scored = try evaluate {
      ($0.decision, $0.score, $0.baselineDecision) = (nil, "s", "b")
    }
    #expect(Array(scored.slices.baselineCells[..<8]) == [0, 0, 2, 0, 0, 0, 1, 2])
    #expect(evaluation.roles.positive == "1" && scored.roles.positive.isEmpty)
  }

  @Test(arguments: [
    ("metric", "accuracy"), ("metric", "tpr"), ("metric", "prevalence"), ("metric", "roc_auc"),
    ("metric", "log_loss"), ("gap", "gap equal_opportunity"), ("gap", "gap equalized_odds"),
    ("gap", "gap false_positive_rate"),
  ])
  func whatNeedsALabelSaysSo(kind: String, name: String) throws {
    let word = name.split(separator: " ").last.map(String.init) ?? ""
    let found = refusal {
      $0.score = "s"
      if kind == "gap" { $0.gaps = [word] } else { $0.metrics = [word] }
    }
    let failure = try #require(found)
    let expected = name == "tpr" ? "true_positive_rate" : name
    #expect(failure.kind == .data && failure.message.hasPrefix("\(expected) needs a label"))
    #expect(failure.advice?.contains("--label") == true && failure.advice?.contains("mean_score") == true)
  }

  @Test(arguments: [
    ("yes,no", "yes", "yes", 1), ("yes,no", "no", "no", 1), ("True,False", nil, "True", 1),
    ("-1,1", nil, "1", 1), ("0,0", nil, "1", 0), ("false,false", nil, "true", 0), ("1,1", nil, "1", 2),
    ("1.0,0.0", nil, "1.0", 1), ("yes,yes", "yes", "yes", 2),
  ])
  func decisionsOfEveryKind(values: String, positive: String?, text: String, selected: Int) throws {
    let cells = values.split(separator: ",")
    let evaluation = try evaluate("d,g\n\(cells[0]),a\n\(cells[1]),a\n") { $0.positive = positive }
    #expect(evaluation.roles.positive == text)
    #expect(evaluation.value("predicted_positives", "overall") == Double(selected))
  }

  @Test(arguments: [
    ("yes,no", nil, "it is not said which is positive"), ("no,no", nil, "whether that is positive"),
    ("1,0", "2", "decision column “d” has no value “2”"), ("a,b", "c", "has no value “c”"),
  ])
  func decisionsThatAreNotUnderstood(values: String, positive: String?, message: String) throws {
    let cells = values.split(separator: ",")
    let found = refusal("d,g\n\(cells[0]),a\n\(cells[1]),a\n") { $0.positive = positive }
    let failure = try #require(found)
    #expect(failure.kind == .data && failure.message.contains(message), "\(failure.message)")
  }

  @Test func moreThanTwoDecisionsAreNone() throws {
    let failure = try #require(refusal("d,g\n1,a\n2,a\n3,a\n") { _ in })
    #expect(failure.message.contains("decision column “d” has 3 values"))
  }

  @Test func weightsCountSelectedWeight() throws {
    let evaluation = try evaluate { $0.weight = "s" }
    #expect(abs(evaluation.value("predicted_positives", "overall") - 1.5) < 1e-12)
    #expect(abs(evaluation.value("selection_rate", "overall") - 1.5 / 2.1) < 1e-12)
  }

  // MARK: The median as threshold

  @Test(arguments: [
    ("1,2,3,10", 2.5, true, 2), ("1,2,3,10", 2.5, false, 2), ("4,1,3", 3, true, 1), ("4,1,3", 3, false, 2),
    ("5,5,5,5", 5, true, 0), ("5,5,5,5", 5, false, 4), ("7", 7, false, 1),
  ])
  func theMedianDecides(scores: String, median: Double, isStrict: Bool, selected: Int) throws {
    let text = "s,g\n" + scores.split(separator: ",").map { "\($0),a\n" }.joined()
    let evaluation = try evaluate(text) {
      ($0.decision, $0.score, $0.scoreKind, $0.threshold) = (nil, "s", .ranking, .median)
      $0.thresholdIsStrict = isStrict
    }
    #expect(evaluation.roles.threshold == median && evaluation.roles.thresholdIsStrict == isStrict)
    #expect(evaluation.roles.positive.isEmpty && evaluation.roles.decision == nil)
    #expect(evaluation.value("predicted_positives", "overall") == Double(selected))
    let rows = scores.split(separator: ",").count
    #expect(
      evaluation.notes.contains {
        $0
          == "The threshold \(NumberText.text(median)) is the median of s over all \(rows) rows, each counted once."
      })
    #expect(evaluation.configuration.contains("\"threshold\": \"median\""))
  }

  /// Ties for the last place are in where a score at the cut is positive, else out.
  @Test(arguments: [
    ("1,2,3,10", Threshold.top(rows: 2), false, 2, 3.0), ("1,2,3,10", .top(rows: 2), true, 2, 2),
    ("4,1,3,3", .top(rows: 2), false, 3, 3), ("4,1,3,3", .top(rows: 2), true, 1, 3),
    ("1,2,3,10", .topPercent(50), false, 2, 3), ("1,2,3,10", .topPercent(74), false, 2, 3),
    ("1,2,3,10", .topPercent(10), false, 0, 10.0.nextUp), ("1,2,3,10", .topPercent(10), true, 0, 10),
    ("1,2,3,10", .top(rows: 9), false, 4, 1), ("1,2,3,10", .top(rows: 4), true, 4, 1.0.nextDown),
    ("1,2,3,10", .topPercent(100), true, 4, 1.0.nextDown),
  ])
  func theHighestScoresAreSelected(
    scores: String, threshold: Threshold, isStrict: Bool, selected: Int, cut: Double
  ) throws {
    let text = "s,g\n" + scores.split(separator: ",").map { "\($0),a\n" }.joined()
    let evaluation = try evaluate(text) {
      ($0.decision, $0.score, $0.scoreKind, $0.threshold) = (nil, "s", .ranking, threshold)
      $0.thresholdIsStrict = isStrict
    }
    #expect(evaluation.roles.threshold == cut)
    #expect(evaluation.value("predicted_positives", "overall") == Double(selected))
    #expect(evaluation.notes.contains { $0.contains("is \(threshold.text) of s over all 4 rows") })
  }

  @Test func rejectedRowsAreNotInTheMedian() throws {
    let evaluation = try evaluate("s,g\n0.1,a\n0.2,a\nx,a\n0.9,a\n") {
      ($0.decision, $0.score, $0.threshold, $0.badRows) = (nil, "s", .median, .skip)
    }
    #expect(evaluation.roles.threshold == 0.2)
  }

  @Test func withALabelTheMedianDecidesToo() throws {
    let evaluation = try Written.evaluate("y,s\n1,0.8\n0,0.4\n1,0.6\n0,0.2\n") {
      ($0.decision, $0.score, $0.threshold) = (nil, "s", .median)
    }
    #expect(evaluation.roles.threshold == 0.5 && evaluation.value("accuracy", "overall") == 1)
  }
}

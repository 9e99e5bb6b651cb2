import Foundation
import Results
import TestSupport
import Testing

@testable import Evaluator

/// Two models on the same rows: from one file, and from two that are joined.
struct BaselineTests {
  /// A folder with the files of a run.
  struct Files {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fairslice-\(UUID().uuidString)")
    private let names: (data: String, baseline: String)

    init(_ data: String, _ baseline: String, names: (String, String) = ("new.csv", "old.csv")) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(data.utf8).write(to: folder.appending(path: names.0))
      try Data(baseline.utf8).write(to: folder.appending(path: names.1))
      self.names = names
    }

    func evaluate(_ adjust: (inout Configuration) throws -> Void = { _ in }) throws -> Evaluation {
      defer { try? FileManager.default.removeItem(at: folder) }
      var configuration = Configuration()
      configuration.data = folder.appending(path: names.data).path
      configuration.baselineData = folder.appending(path: names.baseline).path
      (configuration.label, configuration.score, configuration.unit) = ("y", "s", "id")
      configuration.bootstrapReplicates = 100
      try adjust(&configuration)
      return try EvaluationRun.evaluate(configuration)
    }

    func refusal(_ adjust: (inout Configuration) throws -> Void = { _ in }) -> Failure? {
      do {
        _ = try evaluate(adjust)
        return nil
      } catch { return error as? Failure }
    }
  }

  static let new = "id,y,s,g\na,1,0.9,x\nb,0,0.2,x\nc,1,0.4,z\nd,0,0.7,z\ne,1,0.8,z\nf,0,0.3,x\n"
  static let old = "s,id\n0.1,d\n0.6,e\n0.7,c\n0.3,b\n0.2,a\n0.6,f\n"

  /// The same as a second column of one file, whatever the order of the rows of the other.
  @Test func aJoinedFileIsAColumnMore() throws {
    let joined = try Files(Self.new, Self.old).evaluate { $0.slices = try Written.slices("g") }
    let together = try Written.evaluate(
      "id,y,s,g,b\na,1,0.9,x,.2\nb,0,0.2,x,.3\nc,1,0.4,z,.7\nd,0,0.7,z,.1\ne,1,0.8,z,.6\nf,0,0.3,x,.6\n"
    ) {
      ($0.decision, $0.score, $0.baselineScore, $0.unit) = (nil, "s", "b", "id")
      $0.slices = try Written.slices("g")
    }
    #expect(joined.slices == together.slices)
    #expect(joined.paired?.name == "old.csv" && together.paired?.name == "b")
    #expect(joined.paired?.columns.map(\.metric) == together.paired?.columns.map(\.metric))
    for (a, b) in zip(try #require(joined.paired).columns, try #require(together.paired).columns) {
      #expect(a.baseline.map(\.bitPattern) == b.baseline.map(\.bitPattern), "\(a.metric)")
      #expect(a.standardError.map(\.bitPattern) == b.standardError.map(\.bitPattern), "\(a.metric)")
    }
    #expect(joined.inputs.map(\.name) == ["new.csv", "old.csv"])
    #expect(joined.inputs.map(\.rowsRead) == [6, 6])
    #expect(joined.inputs[1].sha256.count == 64 && joined.inputs[0].sha256 != joined.inputs[1].sha256)
    #expect(joined.roles.baseline == "old.csv")
    #expect(joined.configuration.contains(#""baseline_data": "old.csv""#))
    #expect(joined.slices.baselineCells.prefix(8) == [1, 1, 0, 1, 1, 0, 1, 1])
  }

  /// The value is that of an evaluation of the baseline by itself.
  @Test func theBaselineIsItsOwnEvaluation() throws {
    let paired = try #require(
      try Files(Self.new, Self.old).evaluate { $0.slices = try Written.slices("g") }.paired)
    let alone = try Written.evaluate(
      "y,s,g\n1,.2,x\n0,.3,x\n1,.7,z\n0,.1,z\n1,.6,z\n0,.6,x\n"
    ) {
      ($0.decision, $0.score) = (nil, "s")
      $0.slices = try Written.slices("g")
    }
    let expected = alone.metrics.filter { entry in
      entry.kind != .count && entry.id != "expected_calibration_error"
    }
    #expect(paired.columns.map(\.metric) == expected.map(\.id))
    for column in paired.columns {
      let values = alone.estimates[try #require(alone.metricIndex(column.metric))].value
      #expect(column.baseline.map(\.bitPattern) == values.map(\.bitPattern), "\(column.metric)")
    }
  }

  @Test func formatsAndNamesAreTheFilesOwn() throws {
    let lines = #"{"id":"a","p":0.2}"# + "\n" + #"{"id":"b","p":0.3,"y":0}"# + "\n"
    let files = try Files(
      "id;y;s\na;1;0,9\n".replacing("0,9", with: "0.9") + "b;0;0.2\n", lines, names: ("n.csv", "o.jsonl"))
    let evaluation = try files.evaluate {
      $0.delimiter = ";"
      $0.baselineScore = "p"
    }
    #expect(evaluation.inputs.map(\.format) == ["CSV", "JSON Lines"])
    #expect(evaluation.paired?["mean_score"]?.baseline == [0.25])
  }

  @Test func decisionsOnly() throws {
    let files = try Files(Self.new, "id,d\na,1\nb,1\nc,0\nd,0\ne,1\nf,0\n")
    let evaluation = try files.evaluate { $0.baselineDecision = "d" }
    #expect(evaluation.paired?["roc_auc"] == nil)
    #expect(evaluation.paired?["accuracy"]?.baseline == [4.0 / 6])
    #expect(evaluation.notes == ["old.csv has no column “s”: it is compared without."])
  }

  @Test func aDecisionThatIsNotNamedIsCalledAsTheCandidates() throws {
    let data = "id,y,d,s\na,1,yes,.1\nb,0,no,.2\n".replacing("yes", with: "1").replacing("no", with: "0")
    let files = try Files(data, "id,d,s\na,0,.3\nb,0,.9\n")
    let evaluation = try files.evaluate { $0.decision = "d" }
    #expect(evaluation.paired?["selection_rate"]?.baseline == [0])
    #expect(evaluation.paired?["mean_score"]?.baseline == [0.6])
  }

  @Test(arguments: [
    ("id,score\na,.1\n", "old.csv has no column “s”"),
    (
      "id,s\na,.1\nb,.2\nc,.1\nd,.1\ne,.1\nf,.1\na,.5\n", "old.csv:8: column “id”: the unit “a” has had a row"
    ),
    ("id,s\na,.1\nb,.2\nc,.1\ne,.1\n", "new.csv:5: column “id”: the unit “d” has no row in"),
    ("id,s\n1,.1\n2,.2\n", "old.csv has none of the units of"),
    ("id,s\na,.1\nb,x\n", "old.csv:3: column “s”: “x” is not a number"),
    ("id,s\na,.1\nb,1.5\nc,.1\nd,.1\ne,.1\nf,.1\n", "old.csv:3: column “s”: 1.5 is no probability"),
    ("id,s\na,.1\nb,\n", "old.csv:3: column “s”: the value is missing"),
    ("id,s\na,.1\n,.2\n", "old.csv:3: column “id”: the value is missing"),
    (
      "id,s,y\na,.1,1\nb,.2,0\nc,.1,0\nd,.1,0\ne,.1,1\nf,.1,0\n",
      "old.csv:4: column “y”: “0” for the unit “c”"
    ),
    ("id,s,y\na,.1,1\nb,.2,no\nc,.1,1\nd,.1,0\ne,.1,1\nf,.1,0\n", "old.csv:3: column “y”: “no” for the unit"),
    ("ids,s\na,.1\n", "old.csv has no column “id”"),
  ])
  func whatCannotBeComparedIsRefused(baseline: String, message: String) throws {
    let failure = try #require(try Files(Self.new, baseline).refusal())
    #expect(failure.kind == .data && failure.message.contains(message), "\(failure.message)")
    #expect(failure.advice != nil)
  }

  @Test func aUnitTwiceInTheDataIsRefused() throws {
    let failure = try #require(try Files(Self.new + "b,1,.5,x\n", Self.old).refusal { $0.badRows = .skip })
    #expect(failure.message.contains("new.csv:8: column “id”: the unit “b” has had a row before on line 3"))
  }

  /// Rows without a partner are rejected like any other, and rows that nobody asked for are told.
  @Test func skippedRowsAreCountedAndListed() throws {
    let baseline = "id,s\na,.1\nb,x\nc,.3\ng,.4\ne,.5\nh,.6\nf,.2\n"
    let data = Self.new.replacing("e,1,0.8,z", with: "e,1,bad,z")
    let evaluation = try Files(data, baseline).evaluate {
      $0.badRows = .skip
      $0.slices = try Written.slices("g")
    }
    #expect(evaluation.slices.rows == [3, 2, 1])
    #expect(evaluation.inputs.map(\.rowsRead) == [6, 7])
    #expect(evaluation.inputs.map(\.rowsRejected) == [3, 1])
    #expect(evaluation.rejections.count == 3)
    #expect(evaluation.rejections.listed.map(\.line) == [3, 5, 6])
    #expect(evaluation.rejections.listed[1].text == "d")
    #expect(evaluation.rejections.listed[1].reason == "has no row in old.csv")
    #expect(
      evaluation.notes.prefix(3) == [
        "1 of 7 rows of old.csv were rejected, the first on line 3 (column “s”: “x” is not a number).",
        "2 rows were rejected because old.csv has no row of their unit.",
        "3 rows of old.csv belong to no row of the data and count nowhere.",
      ])
    #expect(evaluation.paired?["mean_score"]?.baseline.map { ($0 * 100).rounded() } == [20, 15, 30])
  }

  /// Without a label, what needs no truth is compared; decisions then say what their values mean.
  @Test func withoutALabel() throws {
    let files = try Files("id,s\na,.9\nb,.2\nc,.4\n", "id,s,d\na,.1,yes\nb,.6,no\nc,.7,yes\n")
    let evaluation = try files.evaluate { $0.label = nil }
    #expect(evaluation.paired?.columns.map(\.metric) == ["selection_rate", "mean_score"])
    #expect(evaluation.paired?["selection_rate"]?.baseline == [2.0 / 3])
    let decided = try Files("id,d\na,yes\nb,no\nc,no\n", "d,id\nyes,c\nyes,a\nno,b\n").evaluate {
      ($0.label, $0.score, $0.decision, $0.positive) = (nil, nil, "d", "yes")
    }
    #expect(decided.paired?["selection_rate"]?.baseline == [2.0 / 3])
    #expect(decided.slices.baselineCells == [0, 0, 1, 0, 0, 0, 1, 1])
  }

  /// `é` in one code point and in two is one unit, wherever it sorts.
  @Test func accentsMatch() throws {
    let files = try Files(
      "id,y,s\ne\u{301},1,.9\nez,0,.1\nzz,1,.5\n", "id,s\nzz,.3\n\u{E9},.2\nez,.4\n")
    #expect(try files.evaluate().paired?["mean_score"]?.baseline == [0.3])
  }

  @Test func threadsDoNotShow() throws {
    var random = SplitMix(seed: 5)
    var (data, baseline) = ("id,y,s,g,w\n", [String]())
    for row in 0..<2000 {
      let score = Double.random(in: 0...1, using: &random)
      let label = Double.random(in: 0...1, using: &random) < score ? 1 : 0
      data += "u\(row),\(label),\(score),\(row % 7),\(row % 5)\n"
      baseline.append("u\(row),\(Double.random(in: 0...1, using: &random))")
    }
    for weight in [nil, "w"] {
      let runs = try (1...3).map { threads in
        baseline.shuffle(using: &random)
        var run = try Files(data, "id,s\n" + baseline.joined(separator: "\n")).evaluate {
          ($0.threads, $0.weight) = (threads, weight)
          $0.slices = try Written.slices("g", "g*y")
        }
        run.inputs[1].sha256 = ""
        return run.json()
      }
      #expect(Set(runs).count == 1)
    }
  }

  /// The real files give what their join by hand gives.
  @Test(
    .enabled(if: SharedData.isPresent, "needs the shared data folder"),
    arguments: ["compas", "german_credit"])
  func realFiles(name: String) throws {
    func evaluate(_ adjust: (inout Configuration) -> Void) throws -> Evaluation {
      var configuration = Configuration()
      (configuration.label, configuration.score) = ("label", "score")
      configuration.unit = name == "compas" ? "id" : "row_id"
      configuration.bootstrapReplicates = 100
      configuration.slices = try Written.slices("sex")
      adjust(&configuration)
      return try EvaluationRun.evaluate(configuration)
    }
    let joined = try evaluate {
      $0.data = SharedData.path("data/\(name)/predictions.csv")
      $0.baselineData = SharedData.path("data/\(name)/predictions_baseline.csv")
    }
    let together = try evaluate {
      $0.data = SharedData.path("data/\(name)/predictions_all_models.csv")
      ($0.score, $0.baselineScore) = ("score_xgb", "score_lr")
    }
    #expect(joined.slices.baselineCells == together.slices.baselineCells)
    for (a, b) in zip(try #require(joined.paired).columns, try #require(together.paired).columns) {
      #expect(a.baseline.map(\.bitPattern) == b.baseline.map(\.bitPattern), "\(a.metric)")
      #expect(a.standardError.map(\.bitPattern) == b.standardError.map(\.bitPattern), "\(a.metric)")
    }
  }
}

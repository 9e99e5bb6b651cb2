import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Evaluates rows that a test writes, as a file.
enum Written {
  static func evaluate(_ text: String, _ adjust: (inout Configuration) throws -> Void) throws -> Evaluation {
    let file = FileManager.default.temporaryDirectory.appending(path: "fairslice-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration = Configuration()
    configuration.data = file.path
    configuration.label = "y"
    configuration.decision = "d"
    configuration.bootstrapReplicates = 200
    try adjust(&configuration)
    return try EvaluationRun.evaluate(configuration)
  }

  static func slices(_ specs: String...) throws -> [SliceSpec] {
    try specs.map { try SliceSpec(parsing: $0) }
  }
}

extension Evaluation {
  /// The value of a metric in the slice with that predicate; NaN where there is none.
  func value(_ metric: String, _ predicate: String) -> Double {
    guard let slice = slices.predicate.firstIndex(of: predicate) else { return .nan }
    return estimate(metric, slice: slice)?.value ?? .nan
  }
}

/// ProPublica, Compas Analysis.ipynb, cells 71–82: the two-year table by race, as published.
struct CompasTableTests {
  static let groups: [(race: String, cells: [Int])] = [
    ("African-American", [1369, 805, 532, 990]), ("Asian", [6, 2, 3, 21]),
    ("Caucasian", [505, 349, 461, 1139]), ("Hispanic", [103, 87, 129, 318]),
    ("Native American", [9, 3, 1, 5]), ("Other", [43, 36, 90, 208]),
  ]

  static func text() -> String {
    var lines = ["race,y,d"]
    for (race, cells) in groups {
      for (cell, row) in zip(cells, ["1,High", "0,High", "1,Low", "0,Low"]) {
        lines += Array(repeating: "\(race),\(row)", count: cell)
      }
    }
    return lines.joined(separator: "\n").replacing(",High", with: ",1").replacing(",Low", with: ",0")
  }

  @Test func countsAndRates() throws {
    let evaluation = try Written.evaluate(Self.text()) { $0.slices = try Written.slices("race") }
    #expect(evaluation.value("count", "overall") == 7214)
    let counts = ["true_positives", "false_positives", "false_negatives", "true_negatives"]
    #expect(counts.map { evaluation.value($0, "overall") } == [2035, 1282, 1216, 2681])
    for (race, cells) in Self.groups {
      #expect(counts.map { evaluation.value($0, "race=\(race)") } == cells.map(Double.init))
    }
    // FPR %, FNR %, PPV, NPV as printed.
    let published: [(String, [Double])] = [
      ("overall", [32.35, 37.40, 0.61, 0.69]), ("race=African-American", [44.85, 27.99, 0.63, 0.65]),
      ("race=Caucasian", [23.45, 47.72, 0.59, 0.71]),
    ]
    for (slice, row) in published {
      #expect(abs(100 * evaluation.value("false_positive_rate", slice) - row[0]) < 0.005)
      #expect(abs(100 * evaluation.value("false_negative_rate", slice) - row[1]) < 0.005)
      #expect(abs(evaluation.value("precision", slice) - row[2]) < 0.005)
      #expect(abs(evaluation.value("negative_predictive_value", slice) - row[3]) < 0.005)
    }
  }

  /// Wilson limits of the false positive rates, as in CONFORMANCE C.
  @Test func wilsonLimits() throws {
    let evaluation = try Written.evaluate(Self.text()) { $0.slices = try Written.slices("race") }
    let limits: [(String, Double, Double)] = [
      ("African-American", 0.42559496162893107, 0.4715610667176223),
      ("Caucasian", 0.2137147068222816, 0.25673840645659335),
      ("Asian", 0.024180004484220335, 0.2679598107574366),
      ("Native American", 0.13684428582359737, 0.6942576053973728),
    ]
    for (race, lower, upper) in limits {
      let slice = try #require(evaluation.slices.predicate.firstIndex(of: "race=\(race)"))
      let found = try #require(evaluation.estimate("false_positive_rate", slice: slice))
      #expect(isClose(found.lower ?? .nan, lower, within: 1e-9))
      #expect(isClose(found.upper ?? .nan, upper, within: 1e-9))
    }
  }
}

/// Fairlearn's user guide, docs/user_guide/assessment: the 18-row example, its weights and its cross.
struct FairlearnGuideTests {
  static let y = [0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1]
  static let d = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0]
  static let sex = Array("bbabbcccaacabccbcc").map(String.init)
  static let second = [8, 6, 8, 8, 8, 8, 6, 6, 6, 8, 6, 6, 6, 6, 8, 6, 6, 6]
  static let weights = [1, 2, 1, 3, 2, 3, 1, 2, 1, 2, 3, 1, 2, 3, 2, 3, 1, 1]
  static let otherWeights = [3, 1, 2, 3, 2, 3, 1, 4, 1, 2, 3, 1, 2, 1, 4, 2, 2, 3]

  static func text() -> String {
    let rows = y.indices.map {
      "\(y[$0]),\(d[$0]),\(sex[$0]),\(second[$0]),\(weights[$0]),\(otherWeights[$0])"
    }
    return (["y,d,f,g,w,v"] + rows).joined(separator: "\n") + "\n"
  }

  @Test func byGroup() throws {
    let evaluation = try Written.evaluate(Self.text()) { $0.slices = try Written.slices("f") }
    let table: [(String, [Double])] = [
      ("overall", [0.5, 2.0 / 3, 10.0 / 18, 18]), ("f=a", [0.5, 1, 0.75, 4]),
      ("f=b", [0.6, 0, 0.5, 6]), ("f=c", [0.4, 2.0 / 3, 0.5, 8]),
    ]
    for (slice, row) in table {
      let found = ["true_positive_rate", "false_positive_rate", "selection_rate", "count"].map {
        evaluation.value($0, slice)
      }
      #expect(zip(found, row).allSatisfy { isClose($0, $1) }, "\(slice)")
    }
    func gap(_ id: String, _ kind: Gap.Kind) -> Double {
      evaluation.gaps.first { $0.metric == id && $0.kind == kind && $0.comparison == .betweenGroups }?
        .estimate.value ?? .nan
    }
    #expect(isClose(gap("demographic_parity", .difference), 0.25))
    #expect(isClose(gap("demographic_parity", .ratio), 2.0 / 3))
    #expect(isClose(gap("equalized_odds", .difference), 1))
    #expect(gap("equalized_odds", .ratio) == 0)
    #expect(isClose(gap("equal_opportunity", .difference), 0.2))
  }

  @Test func weightedRecall() throws {
    let table: [(String, [Double])] = [
      ("w", [0.454545454545, 0.5, 0.583333333333, 0.25]),
      ("v", [0.458333333333, 0.666666666667, 0.6, 0.272727272727]),
    ]
    for (weight, row) in table {
      let evaluation = try Written.evaluate(Self.text()) {
        $0.slices = try Written.slices("f")
        $0.weight = weight
      }
      let values = ["overall", "f=a", "f=b", "f=c"].map { evaluation.value("true_positive_rate", $0) }
      #expect(zip(values, row).allSatisfy { abs($0 - $1) < 1e-11 }, "\(weight)")
      #expect(evaluation.value("count", "f=a") == 4)
    }
  }

  @Test func crossedWithASecondFeature() throws {
    let evaluation = try Written.evaluate(Self.text()) { $0.slices = try Written.slices("f*g") }
    let table: [(String, [Double])] = [
      ("f=a & g=6", [0, 0, 2]), ("f=a & g=8", [0.5, 1, 2]), ("f=b & g=6", [1, 2.0 / 3, 3]),
      ("f=b & g=8", [1, 0.5, 3]), ("f=c & g=6", [2.0 / 3, 0.5, 6]), ("f=c & g=8", [0, 0, 2]),
    ]
    for (slice, row) in table {
      let found = ["precision", "true_positive_rate", "count"].map { evaluation.value($0, slice) }
      #expect(zip(found, row).allSatisfy { isClose($0, $1) }, "\(slice)")
    }
  }
}

/// What is refused, and what is told.
struct RunInputTests {
  @Test(arguments: [
    ("y,d\n1,1\n1,0\n", "one value only"), ("y,d\n1,1\n0,0\n2,1\n", "3 values"),
    ("y,d\nyes,yes\nno,no\n", "which is positive"), ("y,d\n1,1\n0,maybe\n", "“maybe”"),
  ])
  func classes(text: String, expected: String) {
    let failure = #expect(throws: Failure.self) { try Written.evaluate(text) { _ in } }
    #expect(failure?.kind == .data)
    #expect(failure?.message.contains(expected) == true)
    #expect(failure?.advice != nil)
  }

  @Test func textLabels() throws {
    let text = "y,d,f\n>50K,>50K,a\n<=50K,>50K,a\n>50K,<=50K,b\n<=50K,<=50K,b\n"
    let evaluation = try Written.evaluate(text) { $0.positive = ">50K" }
    #expect(evaluation.value("true_positives", "overall") == 1)
    #expect(evaluation.roles.positive == ">50K")
    let failure = #expect(throws: Failure.self) { try Written.evaluate(text) { $0.positive = "50K" } }
    #expect(failure?.advice?.contains(">50K") == true)
  }

  @Test func booleansAndNumbersAlike() throws {
    let evaluation = try Written.evaluate("y,d\n1.0,True\n0,false\n1,true\n") { _ in }
    #expect(evaluation.value("true_positives", "overall") == 2)
  }

  @Test func scoresOutsideTheUnitInterval() throws {
    let text = "y,s\n1,0.5\n0,1.5\n1,-3\n0,0.1\n"
    let failure = #expect(throws: Failure.self) {
      try Written.evaluate(text) {
        $0.decision = nil
        $0.score = "s"
      }
    }
    #expect(failure?.message.contains(":3: column “s”: 1.5") == true)
    let ranking = try Written.evaluate(text) {
      $0.decision = nil
      $0.score = "s"
      $0.scoreKind = .ranking
    }
    #expect(ranking.metricIndex("log_loss") == nil)
    #expect(ranking.value("roc_auc", "overall") == 0.25)
  }

  @Test func theThresholdIsInclusiveUnlessStrict() throws {
    let text = "y,s\n1,0.5\n0,0.2\n"
    for (isStrict, selected) in [(false, 0.5), (true, 0)] {
      let evaluation = try Written.evaluate(text) {
        $0.decision = nil
        $0.score = "s"
        $0.thresholdIsStrict = isStrict
      }
      #expect(evaluation.value("selection_rate", "overall") == selected)
    }
  }

  @Test func weightsThatWeighNothing() {
    let failure = #expect(throws: Failure.self) {
      try Written.evaluate("y,d,w\n1,1,0\n0,0,0\n") { $0.weight = "w" }
    }
    #expect(failure?.message.contains("all weights are zero") == true)
  }

  @Test func constantDecisionsAreTold() throws {
    let evaluation = try Written.evaluate("y,d\n1,0\n0,0\n") { _ in }
    #expect(evaluation.notes.contains { $0.contains("on every row") })
  }

  @Test func unknownNamesAreSuggested() {
    let cases: [(String, (inout Configuration) -> Void)] = [
      ("did you mean “accuracy”?", { $0.metrics = ["acuracy"] }),
      ("did you mean “equalized_odds”?", { $0.gaps = ["equalized_ods"] }),
      ("did you mean “f”?", { $0.slices = [SliceSpec(features: [.init(name: "F")])] }),
    ]
    for (advice, change) in cases {
      let failure = #expect(throws: Failure.self) {
        try Written.evaluate("y,d,f\n1,0,a\n0,0,b\n") { change(&$0) }
      }
      #expect(failure?.advice?.hasPrefix(advice) == true, "\(failure?.advice ?? "")")
    }
  }

  @Test func baselineDecisionsJoinTheCells() throws {
    let text = "y,d,b\n1,1,1\n1,1,0\n0,1,0\n1,0,1\n0,0,0\n0,0,1\n"
    let evaluation = try Written.evaluate(text) { $0.baselineDecision = "b" }
    #expect(evaluation.slices.baselineCells == [1, 1, 0, 1, 1, 0, 1, 1])
  }
}

/// The same value for any number of threads, and for two runs.
struct DeterminismTests {
  @Test func threadsDoNotShow() throws {
    var random = SplitMix(seed: 11)
    var text = "y,s,f,g,w\n"
    for _ in 0..<3000 {
      let score = Double.random(in: 0...1, using: &random)
      let label = Double.random(in: 0...1, using: &random) < score ? 1 : 0
      text +=
        "\(label),\(score),\(Int.random(in: 0..<7, using: &random)),g\(Int.random(in: 0..<3, using: &random)),\(Double.random(in: 0.1...9, using: &random))\n"
    }
    for weight in [nil, "w"] {
      let runs = try [1, 2, 3, 2].map { threads in
        try Written.evaluate(text) {
          $0.decision = nil
          $0.score = "s"
          $0.weight = weight
          $0.threads = threads
          $0.slices = try Written.slices("f", "g", "f*g")
          $0.references = ["g": "g0"]
        }
      }
      let texts = runs.map { run in
        var run = run
        // The file's name is the test's, and the configuration repeats it.
        run.inputs[0].name = ""
        run.configuration = "{}"
        return run.json()
      }
      #expect(Set(texts).count == 1)
    }
  }
}

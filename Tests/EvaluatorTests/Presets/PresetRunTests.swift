import Fairness
import Foundation
import Results
import Settings
import TestSupport
import Testing

@testable import Evaluator

/// What presets choose, what they leave to the user, and what their tables say.
@Suite struct PresetRunTests {
  /// Rows of a group: so many selected of so many.
  private static func text(_ groups: [(name: String, selected: Int, rows: Int)], labels: Bool = false)
    -> String
  {
    var lines = ["y,d,g"]
    for group in groups {
      for row in 0..<group.rows {
        let decision = row < group.selected ? 1 : 0
        lines.append(
          "\(labels ? (row % 3 == 0 ? 1 - decision : decision) : row % 2),\(decision),\(group.name)")
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func evaluate(
    _ preset: RulePreset, _ text: String, _ adjust: (inout Configuration) throws -> Void = { _ in }
  ) throws -> Evaluation {
    try Written.evaluate(text) {
      $0.preset = PresetSettings(preset)
      $0.slices = try Written.slices("g")
      try adjust(&$0)
    }
  }

  private func value(_ evaluation: Evaluation, _ column: String, _ group: String) throws -> Double {
    let table = try #require(evaluation.preset?.tables.first { $0.column(column) != nil })
    let row = try #require(table.slices.firstIndex { evaluation.slices.label[$0] == group })
    return try #require(table.column(column)).values[row]
  }

  private func word(_ evaluation: Evaluation, _ column: String, _ group: String) throws -> String {
    let table = try #require(evaluation.preset?.tables.first { $0.column(column) != nil })
    let row = try #require(table.slices.firstIndex { evaluation.slices.label[$0] == group })
    return try #require(table.column(column)).texts[row]
  }

  // MARK: Four fifths

  /// Uniform Guidelines, Q&A 12: 48 of 80 white and 12 of 40 black applicants; other numbers by SciPy and statsmodels (CONFORMANCE.md
  /// C-verbatim, conf3.py).
  @Test func questionTwelve() throws {
    let evaluation = try Self.evaluate(.fourFifths, Self.text([("white", 48, 80), ("black", 12, 40)]))
    let expected = [
      ("selection_rate", 0.3), ("impact_ratio", 0.5), ("p_value", 0.00194577), ("p_value_holm", 0.00194577),
      ("odds_ratio", 0.28571429), ("cohens_h", -0.61287477), ("shortfall", 12), ("people_to_reverse", 9),
    ]
    for (column, number) in expected {
      #expect(abs(try value(evaluation, column, "black") - number) < 5e-9, "\(column)")
    }
    #expect(try word(evaluation, "test", "black") == "Z")
    #expect(try word(evaluation, "indicator", "black") == "below four fifths, significant")
    #expect(try word(evaluation, "indicator", "white") == "highest rate")
    #expect(try value(evaluation, "impact_ratio", "white") == 1)
    // 0.8 · (48 − m)/80 ≤ (12 + m)/40 from m = 7 on (5 · 19 / 3 · …): by hand, 19/40 = 0.475 against 41/80 = 0.5125.
    let reach = try value(evaluation, "people_to_four_fifths", "black")
    func ratio(_ moved: Double) -> Double { (12 + moved) / 40 / ((48 - moved) / 80) }
    #expect(ratio(reach) >= 0.8 && ratio(reach - 1) < 0.8)
  }

  /// Small counts: 3 of 20 against 9 of 26, and the Guidelines' own example of question 21, 1 of 10 against 3 of 20.
  @Test func smallNumbers() throws {
    let small = try Self.evaluate(.fourFifths, Self.text([("a", 3, 20), ("b", 9, 26)]))
    #expect(abs(try value(small, "impact_ratio", "a") - 0.43333333) < 5e-9)
    #expect(try value(small, "people_to_reverse", "a") == 3)
    #expect(try word(small, "indicator", "a") == "below four fifths, not significant")
    #expect(try value(small, "people_to_insignificance", "a") == 0)
    let one = try Self.evaluate(.fourFifths, Self.text([("women", 1, 10), ("men", 3, 20)]))
    #expect(abs(try value(one, "impact_ratio", "women") - 2.0 / 3) < 1e-12)
    #expect(try value(one, "people_to_reverse", "women") == 1)
    #expect(try word(one, "indicator", "women") == "below four fifths, rests on one person")
    #expect(try word(one, "test", "women") == "Fisher")
    // 1 of 4 against 8 of 10: fewer than 30, Fisher's p as in conf3.py.
    let tiny = try Self.evaluate(.fourFifths, Self.text([("a", 1, 4), ("b", 8, 10)]))
    #expect(abs(try value(tiny, "p_value", "a") - 0.09490509) < 5e-9)
    #expect(try value(tiny, "people_to_reverse", "a") == 2)
  }

  @Test func aSignificantDifferenceAboveFourFifths() throws {
    let evaluation = try Self.evaluate(.fourFifths, Self.text([("a", 850, 1000), ("b", 950, 1000)]))
    #expect(try word(evaluation, "indicator", "a") == "at or above four fifths, yet significant")
    let people = try value(evaluation, "people_to_insignificance", "a")
    #expect(people > 1 && people < 50)
  }

  @Test func nobodyIsSelected() throws {
    let evaluation = try Self.evaluate(.fourFifths, Self.text([("a", 0, 20), ("b", 0, 30)])) {
      $0.positive = "1"
    }
    #expect(evaluation.preset?.tables.first?.columns.contains { $0.values.contains(.infinity) } == false)
    #expect(try value(evaluation, "impact_ratio", "b").isNaN)
  }

  @Test func unknownAndMissingTakeNoPart() throws {
    let evaluation = try Self.evaluate(
      .fourFifths, Self.text([("a", 10, 20), ("b", 5, 20), ("Prefer not to say", 9, 10), ("", 5, 5)]))
    #expect(try value(evaluation, "impact_ratio", "a") == 1)
    #expect(try value(evaluation, "impact_ratio", "Prefer not to say").isNaN)
    #expect(evaluation.preset?.exclusions.count == 2)
    #expect(
      evaluation.preset?.notes.contains("15 rows are of an unknown category of g and are in no ratio of it.")
        == true)
  }

  @Test func weightsTakeEffectiveSizes() throws {
    var lines = ["y,d,g,w"]
    for row in 0..<60 { lines.append("1,\(row % 3 == 0 ? 1 : 0),a,\(row % 2 == 0 ? 3 : 1)") }
    for row in 0..<60 { lines.append("0,\(row % 2),b,\(row % 2 == 0 ? 1 : 2)") }
    let evaluation = try Written.evaluate(lines.joined(separator: "\n")) {
      $0.preset = PresetSettings(.fourFifths)
      $0.slices = try Written.slices("g")
      $0.weight = "w"
    }
    // a: 10 selected rows weigh 3, 10 weigh 1, of 120; b: 30 weigh 2 of 90.
    #expect(abs(try value(evaluation, "impact_ratio", "a") - (40.0 / 120) / (60.0 / 90)) < 1e-12)
    #expect(evaluation.preset?.tables.first?.column("people_to_reverse") == nil)
    #expect(evaluation.preset?.notes.contains { $0.contains("effective sizes") } == true)
  }

  // MARK: Lending

  @Test func lendingWithControls() throws {
    // McDonald, Handbook of Biological Statistics, as audit-AI takes it (CONFORMANCE.md C): alleles by place.
    let strata: [(String, [Int])] = [
      ("Tillamook", [56, 40, 69, 77]), ("Yaquina", [61, 57, 257, 301]), ("Alsea", [73, 71, 65, 79]),
      ("Umpqua", [71, 55, 48, 48]),
    ]
    var lines = ["d,g,place"]
    for (place, cells) in strata {
      for (count, row) in zip(cells, ["1,x", "0,x", "1,y", "0,y"]) {
        lines += Array(repeating: "\(row),\(place)", count: count)
      }
    }
    let evaluation = try Self.evaluate(.lending, lines.joined(separator: "\n")) {
      ($0.label, $0.positive) = (nil, "1")
      $0.measures.controls = ["place"]
    }
    let own = try value(evaluation, "common_odds_ratio", "x")
    #expect(abs(1 / own - 0.7590219991) < 1e-9)
    #expect(abs(try value(evaluation, "cmh_p_value", "x") - 0.0210707899) < 1e-9)
    #expect(abs(try value(evaluation, "homogeneity_p_value", "x") - 0.91237) < 5.1e-6)
    #expect(try value(evaluation, "strata", "x") == 4)
    #expect(evaluation.preset?.tables.count == 1)
    #expect(try word(evaluation, "ratio_screen", "y") == "control group")
  }

  @Test func standardizedMeanDifference() throws {
    let a = [0.2, 0.4, 0.6, 0.3]
    let b = [0.5, 0.7, 0.9, 0.6, 0.8]
    let text = ["s,g"] + a.map { "\($0),a" } + b.map { "\($0),b" }
    let evaluation = try Self.evaluate(.lending, text.joined(separator: "\n")) {
      ($0.label, $0.decision, $0.score) = (nil, nil, "s")
    }
    func moments(_ x: [Double]) -> (mean: Double, squares: Double) {
      let mean = x.reduce(0, +) / Double(x.count)
      return (mean, x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }
    let (first, second) = (moments(a), moments(b))
    let pooled = ((first.squares + second.squares) / Double(a.count + b.count - 2)).squareRoot()
    #expect(abs(try value(evaluation, "mean_difference", "a") - (first.mean - second.mean) / pooled) < 1e-12)
    #expect(try word(evaluation, "mean_screen", "a") == "beyond ±0.30")
  }

  @Test func theNegativeDecisionCanBeFavourable() throws {
    let evaluation = try Self.evaluate(.lending, Self.text([("a", 10, 40), ("b", 30, 100)])) {
      $0.measures.favourable = .negative
    }
    #expect(abs(try value(evaluation, "approval_rate", "a") - 0.75) < 1e-12)
    #expect(abs(try value(evaluation, "adverse_impact_ratio", "a") - 0.75 / 0.7) < 1e-12)
  }

  // MARK: Tools

  /// Clarify's numbers are those of its measures; Aequitas' parity needs τ.
  @Test func clarifyAndAequitas() throws {
    let text = Self.text([("a", 30, 100), ("b", 12, 60)], labels: true)
    let clarify = try Self.evaluate(.clarify, text)
    #expect(abs(try value(clarify, "DPPL", "b") - (0.3 - 0.2)) < 1e-12)
    #expect(abs(try value(clarify, "DI", "b") - 0.2 / 0.3) < 1e-12)
    #expect(abs(try value(clarify, "CI", "b") - 40.0 / 160) < 1e-12)
    let aequitas = try Self.evaluate(.aequitas, text)
    #expect(abs(try value(aequitas, "pprev_disparity", "b") - 0.2 / 0.3) < 1e-12)
    #expect(try word(aequitas, "impact_parity", "b") == "outside")
    var settings = PresetSettings(.aequitas)
    settings.tau = 0.6
    let mild = try Self.evaluate(.aequitas, text) { $0.preset = settings }
    #expect(try word(mild, "impact_parity", "b") == "within τ")
    let failure = #expect(throws: Failure.self) {
      var configuration = try Configuration(
        text: Array("{data: 'd', decision: 'd', preset: 'clarify'}".utf8), name: "c")
      configuration.data = "d"
      try configuration.validate(hasFile: true)
    }
    #expect(failure?.message.contains("needs a label") == true)
  }

  @Test func documentationTakesAnyTask() throws {
    let text = (0..<40).map { "\($0 % 7),\(Double($0 % 5) + 0.5),\($0 % 2 == 0 ? "a" : "b")" }
    let evaluation = try Written.evaluate((["y,p,g"] + text).joined(separator: "\n")) {
      ($0.decision, $0.score) = (nil, "p")
      $0.task.kind = .regression
      $0.slices = try Written.slices("g")
      $0.preset = PresetSettings(.artificialIntelligenceAct)
    }
    #expect(evaluation.preset?.tables.map(\.id) == ["coverage", "performance"])
    #expect(try value(evaluation, "rows", "a") == 20)
    let failure = #expect(throws: Failure.self) {
      try Written.evaluate((["y,p,g"] + text).joined(separator: "\n")) {
        ($0.decision, $0.score) = (nil, "p")
        $0.task.kind = .regression
        $0.preset = PresetSettings(.fourFifths)
      }
    }
    #expect(failure?.message.contains("this task is regression") == true)
  }
}

/// Settings of a preset and of the user.
@Suite struct PresetSettingsTests {
  private func read(_ text: String) throws -> Configuration {
    try Configuration(text: Array(text.utf8), name: "c.json5")
  }

  @Test func whatIsSaidWins() throws {
    let plain = try read("{preset: 'nyc-ll144', score: 's', slices: ['sex', 'race']}").resolvingPreset
    #expect(plain.threshold == .median && plain.thresholdIsStrict)
    #expect(plain.slices.map(\.text) == ["sex", "race", "race*sex"])
    #expect(plain.comparisons == [.betweenGroups, .toBest])
    let said = try read(
      "{preset: 'nyc-ll144', score: 's', slices: ['sex*race', 'sex', 'race'], threshold: 0.5, threshold_rule: 'at_least', comparisons: ['to_overall'], metrics: ['count']}"
    ).resolvingPreset
    #expect(said.threshold == 0.5 && !said.thresholdIsStrict && said.slices.count == 3)
    #expect(said.comparisons == [.toOverall] && said.metrics == ["count"])
    let choice = try #require(said.presetChoice(scoringCut: nil))
    #expect(choice.requests.contains { $0.key == "threshold" && $0.wanted == "median" && $0.used == "0.5" })
  }

  @Test(arguments: RulePreset.allCases) func resolvingTwiceChangesNothing(_ preset: RulePreset) throws {
    let once = try read(
      "{preset: '\(preset.rawValue)', label: 'y', score: 's', slices: ['sex', 'race'], controls: ['place']}"
    ).resolvingPreset
    #expect(once.resolvingPreset == once)
    let again = try read(once.echo).resolvingPreset
    #expect(again.echo == once.echo)
    #expect(again.presetChoice(scoringCut: nil) == once.presetChoice(scoringCut: nil))
  }

  @Test func settingsReadBack() throws {
    let configuration = try read(
      "{preset: {name: 'aequitas', tau: 0.9, minimum_share: 0.05, unknown: ['?']}}")
    let preset = try #require(configuration.preset)
    #expect(preset.preset == .aequitas && preset.tau == 0.9 && preset.minimumShare == 0.05)
    #expect(try read(configuration.echo).preset == preset)
  }

  @Test(arguments: [
    ("{preset: 'four-fith'}", "expected one of", "Did you mean “four-fifths”?"),
    ("{preset: {tau: 0.8}}", "the name of a preset", nil),
    ("{preset: {name: 'ecoa', thau: 0.8}}", "“thau” is not a key of “preset”", "Did you mean “tau”?"),
    ("{preset: {name: 'ecoa', minimum_share: 2}}", "a number from 0 to below 1", nil),
  ])
  func whatIsWrongIsRefused(text: String, message: String, advice: String?) {
    let failure = #expect(throws: Failure.self) { try read(text) }
    #expect(failure?.kind == .data && failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    if let advice { #expect(failure?.advice == advice) }
  }
}

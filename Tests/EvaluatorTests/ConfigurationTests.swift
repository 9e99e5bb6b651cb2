import Explanations
import Fairness
import Foundation
import Metrics
import Models
import Results
import Settings
import Slicing
import TestSupport
import Testing

@testable import Evaluator

@Suite struct ConfigurationTests {
  private func read(_ text: String) throws(Failure) -> Configuration {
    try Configuration(text: Array(text.utf8), name: "c.json5")
  }

  private func refusal(_ text: String) -> Failure? {
    do throws(Failure) {
      _ = try read(text)
      return nil
    } catch { return error }
  }

  private static let everything = #"""
    // All keys.
    {
      title: 'Income', "data": "adult.csv", format: "csv", delimiter: "tab", missing: ["", "?"],
      bad_rows: "skip", types: { zip: "category", age: "number" },
      label: "income", positive: ">50K", score: "p", score_kind: "ranking", decision: "d",
      threshold: .25, compat: "tfma", weight: "w", unweighted: true, unit: "id",
      baseline_data: "base.csv", baseline_score: "b", baseline_decision: "bd",
      slices: ["sex", "sex*age:edges=25,45", "age:quantiles=4", "a\\=b=(missing)"],
      references: { sex: "Male", age: 3 },
      metrics: ["accuracy"], gaps: ["equalized_odds"], comparisons: ["between_groups", "to_best"],
      model: { file: "m.json", encoding: "e.json", rounds: "best" }, explain: { repeats: "automatic" },
      gate: "policy.json5", level: 0.9, seed: 18446744073709551615, bootstrap_replicates: 0x100, calibration_bins: 20,
      threads: 2, out: "out", report: false, charts: false,
      card: { model: { name: "M" }, limits: ["one", "two"], intended_use: "use" }, documents: false,
      suppress_below: 10, assets: "split",
      history: false, run_label: "a1b2", task: "ranking", query: "q", score_prefix: "p_", label_prefix: "y_",
      decision_prefix: "d_", cutoffs: [10, 3], quantiles: [0.5, 0.2], relevant_at: 2,
      measures: ["consistency", "clarify"], controls: ["dept"], favourable: "negative",
      neighbour_features: ["age"],
      custom_metrics: [{ name: "cost", numerator: "5 * FN + FP", denominator: "n", direction: "lower_is_better" },
        { name: "lost", numerator: "sum(loan where fn)", denominator: "sum(loan)", kind: "mean", title: "Lost",
          symbol: "L", description: "in euros" }],
      at_thresholds: [0.75, 0.25], class_weights: { a: 2, b: 0.5 },
      preset: { name: "aequitas", tau: 0.9 }, /* done */
    }
    """#

  @Test func everyKeyIsRead() throws {
    let c = try read(Self.everything)
    #expect(c.title == "Income" && c.data == "adult.csv" && c.format == .csv && c.delimiter == "\t")
    #expect(c.missing == ["", "?"] && c.badRows == .skip && c.types == ["zip": .category, "age": .number])
    #expect(c.label == "income" && c.positive == ">50K" && c.score == "p" && c.scoreKind == .ranking)
    #expect(c.decision == "d" && c.threshold == 0.25 && c.thresholdIsStrict)
    #expect(c.weight == "w" && c.unweighted && c.unit == "id")
    #expect(c.baselineScore == "b" && c.baselineDecision == "bd")
    #expect(c.baselineData == "base.csv")
    #expect(c.slices.map(\.text) == ["sex", "sex*age:edges=25,45", "age:quantiles=4", #"a\=b=(missing)"#])
    #expect(c.references == ["sex": "Male", "age": "3"])
    #expect(c.metrics == ["accuracy"] && c.gaps == ["equalized_odds"])
    #expect(c.comparisons == [.betweenGroups, .toBest])
    #expect(c.gate == .file("policy.json5"))
    #expect(c.compatibility == .tfma && c.measures.names == ["consistency", "clarify"])
    #expect(c.measures.controls == ["dept"] && c.measures.favourable == .negative)
    #expect(c.measures.neighbourFeatures == ["age"])
    #expect(c.custom.map(\.name) == ["cost", "lost"] && c.custom[0].direction == .lowerIsBetter)
    #expect(c.custom[1].formula == "sum(loan where fn) / sum(loan)" && c.custom[1].kind == .mean)
    #expect(c.atThresholds == [0.25, 0.75] && c.classWeights == ["a": 2, "b": 0.5])
    #expect(c.preset?.preset == .aequitas && c.preset?.tau == 0.9)
    #expect(c.task.kind == .ranking && c.task.query == "q" && c.task.scorePrefix == "p_")
    #expect(c.task.labelPrefix == "y_" && c.task.decisionPrefix == "d_" && c.task.cutoffs == [3, 10])
    #expect(c.task.quantiles == [0.2, 0.5] && c.task.relevantAt == 2)
    #expect(c.model?.source == .file("m.json") && c.model?.encoding == "e.json" && c.model?.rounds == .best)
    #expect(c.explain.settings.repeats == .automatic(limit: 100))
    #expect(c.level == 0.9 && c.seed == .max && c.bootstrapReplicates == 256 && c.calibrationBins == 20)
    #expect(c.threads == 2 && c.output == "out" && !c.writesReport && !c.writesCharts)
    #expect(!c.writesDocuments && c.card?.details == [.name: ["M"]])
    #expect(c.card?.parts == [.limits: ["one", "two"], .intendedUse: ["use"]])
    #expect(c.suppressBelow == 10 && c.assets == .split)
    #expect(!c.keepsHistory && c.runLabel == "a1b2")
  }

  @Test func everyKeyIsKnownToTheExample() throws {
    var parser = SettingsText(Array(Self.everything.utf8), name: "")
    guard case .object(let members) = try parser.document() else { throw Failure(.data, "no object") }
    let known = Set(ConfigurationKey.allCases.map(\.rawValue))
    #expect(known == Set(members.map(\.name)).union(["threshold_rule"]))
  }

  @Test func nothingSaidIsTheDefault() throws {
    #expect(try read("{}") == Configuration())
    #expect(try read("{title: null, level: null}") == Configuration())
  }

  @Test func thresholdRuleHasTheLastWord() throws {
    #expect(try !read("{threshold_rule: 'at_least', compat: 'tfma'}").thresholdIsStrict)
    #expect(try read("{threshold_rule: 'above'}").thresholdIsStrict)
  }

  @Test func theThresholdIsANumberOrTheMedian() throws {
    #expect(try read("{threshold: 'median'}").threshold == .median)
    #expect(try read("{threshold: -3}").threshold == .value(-3))
    let again = try read(try read("{threshold: 'median', score: 's'}").echo)
    #expect(again.threshold == .median)
  }

  /// Aequitas' `rank_abs` and `rank_pct` under this project's words and its own.
  @Test(arguments: [
    ("top:100", Threshold.top(rows: 100)), ("rank_abs:3", .top(rows: 3)), ("top:7%", .topPercent(7)),
    ("top:0.5%", .topPercent(0.5)), ("rank_pct:0.25", .topPercent(25)), ("rank_pct:10%", .topPercent(10)),
  ])
  func theThresholdIsTheHighestScores(text: String, threshold: Threshold) throws {
    let found = try read("{threshold: '\(text)', score: 's'}")
    #expect(found.threshold == threshold)
    #expect(try read(found.echo).threshold == threshold)
  }

  @Test(arguments: [
    "top", "top:", "top:0", "top:-1", "top:1.5", "top:0%", "top:101%", "rank_pct:2", "rank_abs:5%",
  ])
  func theHighestScoresAreACountOrAShare(text: String) {
    let failure = #expect(throws: Failure.self) { try read("{threshold: '\(text)'}") }
    #expect(failure?.message.contains("“top:100” or “top:10%”") == true)
  }

  @Test(arguments: ["{data: 'd', score: 's'}", "{data: 'd', decision: 'd', positive: 'yes'}"])
  func aLabelIsNotNeeded(text: String) throws { try read(text).validate(hasFile: true) }

  @Test(arguments: [("1", "1"), ("0.5", "0.5"), ("true", "true"), ("'yes'", "yes"), ("-2", "-2")])
  func positiveIsTextOfAnyKind(written: String, text: String) throws {
    #expect(try read("{positive: \(written)}").positive == text)
  }

  @Test(arguments: [
    ("{\n  labl: 'x'}", "c.json5:2: “labl” is not a key", "Did you mean “label”?"),
    ("{zzzzzz: 1}", "“zzzzzz” is not a key", "The keys are: title"),
    ("{label: 3}", "c.json5:1: label: expected the name of a column, found 3", nil),
    ("{label: ''}", "label: expected the name of a column, found “”", nil),
    (
      "{types: {\nage: 'numbr'}}", "types.age: expected one of “automatic”, “number”",
      "Did you mean “number”?"
    ),
    ("{types: []}", "types: expected an object in { }, found a list", nil),
    ("{slices: 'sex'}", "slices: expected a list", nil),
    ("{slices: ['sex', 2]}", "slices[1]: expected text in quotes, found 2", nil),
    ("{slices: ['age:edges=3,2']}", "slices[0]: slice “age:edges=3,2”", "write a feature"),
    ("{comparisons: ['to_bets']}", "comparisons[0]", "Did you mean “to_best”?"),
    ("{level: 1}", "level: expected a number between 0 and 1, as 0.95, found 1", nil),
    ("{level: '0.9'}", "level: expected a number between 0 and 1, as 0.95, found “0.9”", nil),
    ("{threshold: Infinity}", "threshold: expected a number", nil),
    (
      "{threshold: 'mean'}",
      "threshold: expected a number, “median”, or the highest scores as “top:100” or “top:10%”, found “mean”",
      nil
    ),
    ("{threshold: NaN}", "threshold: expected a number", nil),
    ("{seed: -1}", "seed: expected a whole number from 0", nil),
    ("{seed: 1.5}", "seed: expected a whole number from 0", nil),
    ("{bootstrap_replicates: 99}", "expected a whole number from 100", nil),
    ("{calibration_bins: 1}", "expected a whole number from 2 to 100", nil),
    ("{calibration_bins: 101}", "expected a whole number from 2 to 100", nil),
    ("{threads: 0}", "threads: expected a whole number from 1", nil),
    ("{report: 'no'}", "report: expected true or false", nil),
    ("{delimiter: 'ab'}", "delimiter: expected one ASCII character", nil),
    ("{compat: 'tfx'}", "compat: expected one of “fairlearn”, “aequitas”, “aif360”, “clarify”, “tfma”", nil),
    ("{references: {sex: [1]}}", "references.sex: expected text, a number, true or false, found a list", nil),
    ("{bad_rows: 'Skip'}", "bad_rows: expected one of “stop”, “skip”, found “Skip”", "Did you mean “skip”?"),
  ])
  func wrongValuesAreNamed(text: String, message: String, advice: String?) throws {
    let failure = try #require(refusal(text))
    #expect(failure.kind == .data)
    #expect(failure.message.contains(message), "\(failure.message)")
    if let advice { #expect(failure.advice?.contains(advice) == true, "\(failure.advice ?? "")") }
  }

  @Test(arguments: [
    ("", "c.json5:1:1: the text ends"), ("[]", "is not an object"),
    ("{\n  a 1}", "c.json5:2:5: a “:” should"),
    ("{\n  level: 0.9\n  seed: 1}", "c.json5:3:3: a “,” or “}” should follow the value of “level”"),
    ("{level: 0.9", "c.json5:1:12: a “,” or “}”"), ("{level: 0.9,", "ends inside an object"),
    ("{label: \"x}", "c.json5:1:9: text is not closed"),
    ("{label: 'é\n'}", "c.json5:1:9: text is not closed on"),
    ("{level: 0,9}", "c.json5:1:11: a name of a key"), ("{} x", "c.json5:1:4: there is more text"),
    ("{level: 0.9, level: 0.8}", "c.json5:1:14: “level” is given twice"),
    ("{/* x", "a comment is not closed"),
    ("{label: yes}", "“yes” is neither a number"), ("{level: 01}", "“01” is neither"), ("{seed: 0x}", "“0x”"),
    ("{seed: 1-2}", "a “,” or “}”"), ("{label: '\\u12'}", "4 hexadecimal digits"),
    ("{label: '\\uD800'}", "names no character"), ("{missing: ['a' 'b']}", "should follow this element"),
    (String(repeating: "[", count: 70), "nested too deeply"), ("{label: }", "a value should stand here"),
  ])
  func mistakesInTheTextAreLocated(text: String, message: String) throws {
    let failure = try #require(refusal(text))
    #expect(failure.kind == .data && failure.message.contains(message), "\(failure.message)")
  }

  @Test func json5IsUnderstood() throws {
    let text =
      "\u{FEFF}{'a\\x41\\u00e9\\uD83D\\uDE42\\\n': [+1, -2., 5e-3, -.5, 0xFF, Infinity, -Infinity,], ünï$_1: null,}//end"
    var parser = SettingsText(Array(text.utf8), name: "x")
    let value = try parser.document()
    #expect(
      value
        == .object([
          .init(
            "aAé🙂",
            .array([
              .integer(1), .number(-2), .number(0.005), .number(-0.5), .integer(255), .number(.infinity),
              .number(-.infinity),
            ])), .init("ünï$_1", .null),
        ]))
  }

  @Test func theEchoReadsBackAndTellsNoFolder() throws {
    var original = try read(Self.everything)
    original.data = "/home/somebody/adult.csv"
    let copy = try read(original.echo)
    #expect(!original.echo.contains("somebody") && !original.echo.contains("threads"))
    #expect(copy.echo == original.echo)
    (original.data, original.threads, original.output) = ("adult.csv", nil, nil)
    (original.writesReport, original.writesCharts, original.gate) = (true, true, nil)
    (original.writesDocuments, original.assets) = (true, .inline)
    (original.keepsHistory, original.runLabel) = (true, nil)
    #expect(copy == original)
  }

  @Test func pathsAreRelativeToTheFile() throws {
    let path = SharedData.root.appending(path: "SampleData/fairslice.json5").path
    let sample = try Configuration(file: path)
    #expect(sample.data == SharedData.root.appending(path: "SampleData").path + "/adult.csv")
  }

  /// A file of its own may call its columns what the data calls its own.
  @Test func aBaselineFileHasItsOwnColumns() throws {
    let text = "{data: 'd', label: 'y', score: 's', unit: 'u', baseline_score: 's'"
    try read(text + ", baseline_data: 'b'}").validate(hasFile: true)
    #expect(throws: Failure.self) { try read(text + "}").validate(hasFile: true) }
  }

  @Test func aMissingFileIsAMissingInput() {
    for path in ["/nowhere/c.json5", "/"] {
      do throws(Failure) {
        _ = try Configuration(file: path)
        Issue.record("read \(path)")
      } catch { #expect(error.kind == .missingInput) }
    }
  }

  @Test(arguments: [
    ("{label: 'y', score: 's'}", "no data"), ("{data: 'd'}", "no label, score or decision"),
    ("{data: 'd', label: 'y'}", "neither a score nor a decision"),
    ("{data: 'd', label: 'y', score: 'y'}", "column “y” is both label and score"),
    ("{data: 'd', label: 'y', score: 's', baseline_data: 'b'}", "no unit"),
    ("{data: '-', label: 'y', score: 's', unit: 'u', baseline_data: '-'}", "cannot be both"),
    ("{data: 'd', score: 's', positive: 1}", "neither a label nor a decision column"),
    ("{data: 'd', decision: 'd', threshold: 'median'}", "no score column is named"),
    (
      "{data: 'd', decision: 'd', threshold: 'top:5'}",
      "the lowest of the 5 highest scores, but no score column"
    ),
    ("{data: 'd', decision: 'd', score: 's', threshold: 'median'}", "decisions come from the column “d”"),
    ("{data: 'd', label: 'y', score: 's', slices: ['sex'], references: {sx: 'M'}}", "reference for “sx”"),
  ])
  func whatIsMissingOrContradicts(text: String, message: String) throws {
    let configuration = try read(text)
    do throws(Failure) {
      try configuration.validate(hasFile: true)
      Issue.record("accepted")
    } catch {
      #expect(error.kind == .data && error.message.contains(message), "\(error.message)")
      #expect(error.advice != nil)
    }
  }
}

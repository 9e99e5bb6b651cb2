import Foundation
import Results
import TestSupport
import Testing

@Suite struct EvaluationJSONTests {
  private func read(_ json: [UInt8]) throws -> Evaluation {
    try Evaluation(json: Data(json), name: "evaluation.json")
  }

  private func refusal(_ json: String) -> Failure? {
    do throws(Failure) {
      _ = try Evaluation(json: Data(json.utf8), name: "evaluation.json")
      return nil
    } catch { return error }
  }

  @Test(arguments: [true, false]) func whatIsWrittenReadsBackTheSame(weighted: Bool) throws {
    let sample = SampleEvaluation.make(weighted: weighted)
    let copy = try read(sample.json())
    #expect(copy.producer == sample.producer)
    #expect(copy.title == sample.title && copy.level == sample.level && copy.seed == .max)
    #expect(copy.roles == sample.roles)
    #expect(copy.inputs == sample.inputs)
    #expect(copy.rejections == sample.rejections)
    #expect(copy.configuration == sample.configuration)
    #expect(copy.notes == sample.notes)
    #expect(copy.metrics == sample.metrics)
    #expect(copy.families == sample.families)
    #expect(copy.gaps == sample.gaps)
    #expect(copy.curves == sample.curves)
    #expect(copy.estimates.count == sample.estimates.count)
    for (a, b) in zip(copy.estimates, sample.estimates) { #expect(a.matches(b)) }
    let a = copy.slices.covarianceWithOverall.mapValues(bits)
    #expect(a == sample.slices.covarianceWithOverall.mapValues(bits))
    var (left, right) = (copy.slices, sample.slices)
    (left.covarianceWithOverall, right.covarianceWithOverall) = ([:], [:])
    #expect(left == right)
    #expect(copy.calibration.map { bits($0.expectedECE) } == sample.calibration.map { bits($0.expectedECE) })
    #expect(copy.json() == sample.json())
  }

  @Test func withoutALabel() throws {
    var sample = SampleEvaluation.make()
    sample.roles.label = nil
    let text = String(decoding: sample.json(), as: UTF8.self)
    #expect(text.contains("\"label\": null"))
    #expect(try read(sample.json()).roles == sample.roles)
  }

  @Test func withoutCurvesAndGaps() throws {
    var sample = SampleEvaluation.make(families: 0)
    (sample.curves, sample.calibration, sample.configuration) = (nil, nil, "not JSON {")
    let copy = try read(sample.json())
    #expect(copy.gaps.isEmpty && copy.curves == nil && copy.calibration == nil)
    #expect(copy.configuration == "not JSON {")
  }

  @Test func membersAreThoseOfTheSchema() throws {
    let path = SharedData.root.appending(path: "Documentation/evaluation.schema.json")
    let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any]
    let written =
      try JSONSerialization.jsonObject(with: Data(SampleEvaluation.make().json())) as? [String: Any]
    let required = try #require(schema?["required"] as? [String])
    let properties = try #require(schema?["properties"] as? [String: Any])
    #expect(
      Set(properties.keys)
        == Set(try #require(written).keys).union([
          "gate", "explanations", "card", "lab", "suppression", "details", "measures", "preset",
          "spreads", "unit_correlations",
        ]))
    // What came later is not required, so that older files remain valid.
    #expect(
      Set(properties.keys).subtracting(required) == [
        "paired", "gate", "explanations", "card", "lab", "suppression", "details", "measures", "preset",
        "spreads", "unit_correlations",
      ])
  }

  @Test func theBaselineReadsBackTheSame() throws {
    var sample = SampleEvaluation.make(families: 1)
    let paired = PairedColumns(
      name: SampleEvaluation.texts[1],
      columns: [
        .init(metric: "metric_1", baseline: [0.5, 1.0 / 3, 1, 0], standardError: [0.1, 0, 2e-300, 1])
      ])
    sample.paired = paired
    sample.paired?.columns[0].lower = [0, 0, -1, 0]
    #expect(try read(sample.json()).paired?.columns[0].lower == [0, 0, -1, 0])
    sample.paired = paired
    #expect(try read(sample.json()).paired == paired)
    sample.paired?.columns[0].baseline[2] = .nan
    sample.paired?.columns[0].standardError[1] = .nan
    let copy = try read(sample.json())
    #expect(copy.paired?["metric_1"]?.baseline[2].isNaN == true)
    #expect(copy.paired?["metric_1"]?.standardError[1].isNaN == true)
    #expect(copy.json() == sample.json())
    #expect(copy.paired?["metric_0"] == nil)
  }

  @Test func unitsThatGroupsShareReadBackTheSame() throws {
    var sample = SampleEvaluation.make(families: 1)
    let (metric, slices) = (sample.metrics[0].id, sample.families[1].slices)
    let pairs = UnitCorrelations.pairs(of: slices.count)
    func made(_ values: [Double]) -> UnitCorrelations {
      UnitCorrelations([.init(family: 1, metric: metric, values: values)]) { _ in slices }
    }
    sample.unitCorrelations = made((0..<pairs).map { -0.5 + Double($0) / 64 })
    let copy = try read(sample.json())
    #expect(copy.unitCorrelations == sample.unitCorrelations && !copy.unitCorrelations.isEmpty)
    #expect(
      copy.unitCorrelations.correlation(metric, slices.lowerBound + 1, slices.lowerBound) == -0.5)
    #expect(copy.json() == sample.json())
    sample.unitCorrelations = made([])
    #expect(
      try read(sample.json()).unitCorrelations.correlation(metric, slices.lowerBound, slices.upperBound - 1)
        == -1)
    for wrong in [[Double](repeating: 0, count: pairs + 1), [Double](repeating: 1.5, count: pairs)] {
      sample.unitCorrelations = made(wrong)
      let found = refusal(String(decoding: sample.json(), as: UTF8.self))
      #expect(found?.message.contains("unit_correlations") == true)
    }
  }

  @Test func filesFromBeforeTheBaselineAreRead() throws {
    let sample = SampleEvaluation.make(families: 1)
    let text = String(decoding: sample.json(), as: UTF8.self)
    let old = text.replacing(",\n  \"paired\": null", with: "")
    #expect(old != text)
    #expect(try read(Array(old.utf8)).paired == nil)
    #expect(try read(Array(old.utf8)).json() == sample.json())
  }

  @Test(arguments: [
    ("metric_1", "metric_9", "is no metric of it"), ("[0.5,1,1,0]", "[0.5,1,1]", "paired.metric_1.baseline"),
    ("[0.1,0,2,1]", "[0.1]", "paired.metric_1.standard_error"),
  ])
  func aContradictingBaselineIsRefused(original: String, changed: String, message: String) throws {
    var sample = SampleEvaluation.make(families: 1)
    sample.paired = PairedColumns(
      name: "b",
      columns: [.init(metric: "metric_1", baseline: [0.5, 1, 1, 0], standardError: [0.1, 0, 2, 1])])
    let text = String(decoding: sample.json(), as: UTF8.self)
    let start = try #require(text.range(of: "\"paired\""))
    let broken = text[..<start.lowerBound] + text[start.lowerBound...].replacing(original, with: changed)
    let found = try #require(refusal(String(broken)))
    #expect(found.kind == .data && found.message.contains(message), "\(found.message)")
  }

  @Test func columnsStandOnLinesOfTheirOwn() {
    let text = String(decoding: SampleEvaluation.make(families: 1).json(), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.contains { $0 == #"    "rows": [0,1,2,3],"# })
    #expect(lines.contains { $0.hasPrefix(#"      "value": [0,0.14285714285714285,"#) })
    #expect(text.hasSuffix("}\n"))
  }

  @Test(arguments: [
    ("", "is empty"), ("[1]", "is not an evaluation"), ("{}", "is not an evaluation made by fairslice"),
    (#"{"schema":"other","version":1}"#, "its “schema” is not"),
    (#"{"schema":"fairslice-evaluation","version":2}"#, "made by a newer fairslice (version 2"),
    (#"{"schema":"fairslice-evaluation","version":1}"#, "“producer” is missing"),
  ])
  func foreignDocumentsAreRefused(json: String, message: String) throws {
    let failure = try #require(refusal(json))
    #expect(failure.kind == .data)
    #expect(failure.message.hasPrefix("evaluation.json: "))
    #expect(failure.message.contains(message), "\(failure.message)")
    #expect(failure.advice != nil)
  }

  @Test func aCutFileIsRefusedWhereverItWasCut() {
    let text = String(decoding: SampleEvaluation.make().json().dropLast(2), as: UTF8.self)
    for length in stride(from: 1, to: text.count, by: 97) {
      #expect(refusal(String(text.prefix(length)))?.message.contains("not valid JSON") == true)
    }
  }

  @Test(arguments: [
    (#""rows": [0,1,2,3]"#, #""rows": [0,1,2]"#, "slices.rows"),
    (#""family": [0,1,1,1]"#, #""family": [0,1,1,9]"#, "slices.family"),
    (#""offsets": [0,1,2,3,4]"#, #""offsets": [0,2,1,3,4]"#, "curves.offsets"),
    (#""bin": [-1,0,1,2]"#, #""bin": [-1,0,1,4]"#, "curves.bin"),
    (#""first": 1"#, #""first": 9223372036854775807"#, "names slices that do not exist"),
    (#""bin_count": 2"#, #""bin_count": 3"#, "calibration.rows"),
    (#""undefined": [3]"#, #""undefined": [4]"#, "status"),
    (#""undefined": [3]"#, #""lost": [3]"#, "is no status"),
    (#""metric": "count""#, #""metric": "other""#, "do not list the same metrics"),
    (#""texts": ["between_groups""#, #""texts": ["between""#, "is no comparison"),
  ])
  func contradictionsAreNamed(original: String, changed: String, message: String) throws {
    let text = String(decoding: SampleEvaluation.make(families: 1).json(), as: UTF8.self)
    let broken = text.replacing(original, with: changed, maxReplacements: 1)
    #expect(broken != text, "nothing was changed")
    let found = try #require(refusal(broken))
    #expect(found.kind == .data && found.message.contains(message), "\(found.message)")
  }

  @Test func wrongTypesAreNamedByTheirPath() throws {
    let text = String(decoding: SampleEvaluation.make(families: 1).json(), as: UTF8.self)
    let broken = text.replacing(#""true_positives": [0,"#, with: #""true_positives": ["x","#)
    let found = try #require(refusal(broken))
    #expect(found.message.contains("slices.true_positives[0]"), "\(found.message)")
  }
}

import Foundation
import Results
import TestSupport
import Testing

@Suite struct JudgementJSONTests {
  private func refusal(_ json: String) -> Failure? {
    do throws(Failure) {
      _ = try Judgement(json: Data(json.utf8), name: "verdict.json")
      return nil
    } catch { return error }
  }

  @Test(arguments: Judgement.Folding.allCases) func whatIsWrittenReadsBackTheSame(
    folding: Judgement.Folding
  ) throws {
    let sample = SampleJudgement.mixed(folding: folding)
    let copy = try Judgement(json: Data(sample.json()), name: "verdict.json")
    #expect(copy == sample)
    #expect(copy.json() == sample.json())
  }

  @Test func anEvaluationCarriesIt() throws {
    var evaluation = SampleEvaluation.make()
    let without = evaluation.json()
    evaluation.judgement = SampleJudgement.mixed()
    let copy = try Evaluation(json: Data(evaluation.json()), name: "evaluation.json")
    #expect(copy.judgement == evaluation.judgement)
    #expect(copy.json() == evaluation.json())
    #expect(try Evaluation(json: Data(without), name: "evaluation.json").judgement == nil)
    #expect(!String(decoding: without, as: UTF8.self).contains("\"gate\""))
  }

  @Test func theTextInfIsNoNumberInAConfiguration() throws {
    var evaluation = SampleEvaluation.make()
    evaluation.configuration = #"{"slices": ["inf","nan"],"title": "-inf"}"#
    evaluation.configuration = try #require(JSONValue(parsing: evaluation.configuration)).canonicalText
    let copy = try Evaluation(json: Data(evaluation.json()), name: "evaluation.json")
    #expect(copy.configuration == evaluation.configuration)
  }

  @Test func bothSchemasHold() throws {
    let sample = SampleJudgement.mixed()
    #expect(try JSONSchema("verdict.schema.json").errors(in: sample.json()).isEmpty)
    #expect(
      try JSONSchema("verdict.schema.json").errors(in: SampleJudgement.make([sample.checks[0]]).json())
        .isEmpty)
    let schema = try JSONSchema("evaluation.schema.json")
    var evaluation = SampleEvaluation.make()
    #expect(try schema.errors(in: evaluation.json()).isEmpty)
    evaluation.judgement = sample
    #expect(try schema.errors(in: evaluation.json()).isEmpty)
  }

  @Test(arguments: [
    (#""verdict": "fail","#, #""verdict": "maybe","#), (#""exit_code": 1"#, #""exit_code": 2"#),
    (#""rows": 4998"#, #""rows": -1"#), (#""as_of": "2026-02-06""#, #""as_of": "yesterday""#),
    (#""kind": "ratio""#, #""kind": "quotient""#), (#""value": 0.09"#, #""valu": 0.09"#),
    (#""value": "inf""#, #""value": "infinite""#), (#""title": "Loans","#, ""),
  ])
  func theSchemaIsStrict(original: String, changed: String) throws {
    let text = String(decoding: SampleJudgement.mixed().json(), as: UTF8.self)
    let broken = text.replacing(original, with: changed, maxReplacements: 1)
    #expect(broken != text, "nothing was changed")
    #expect(try !JSONSchema("verdict.schema.json").errors(in: Array(broken.utf8)).isEmpty)
  }

  @Test func oneItemALine() {
    let sample = SampleJudgement.mixed()
    let lines = String(decoding: sample.json(), as: UTF8.self).split(separator: "\n")
    for item in sample.checks.flatMap(\.items) {
      let own = lines.filter { $0.contains(#""slice": "\#(item.slice)""#) && $0.contains("\"verdict\"") }
      #expect(own.allSatisfy { $0.hasPrefix("        {") })
      #expect(!own.isEmpty)
    }
    var evaluation = SampleEvaluation.make()
    evaluation.judgement = sample
    let embedded = String(decoding: evaluation.json(), as: UTF8.self).split(separator: "\n")
    #expect(embedded.contains { $0.hasPrefix(#"          {"verdict": "fail","slice": "race=C""#) })
  }

  @Test(arguments: [
    ("", "is empty"), ("[1]", "is not a verdict made by fairslice"),
    (#"{"schema":"fairslice-evaluation","version":1}"#, "its “schema” is not “fairslice-verdict”"),
    (#"{"schema":"fairslice-verdict","version":2}"#, "made by a newer fairslice (version 2"),
    (#"{"schema":"fairslice-verdict","version":1}"#, "“producer” is missing"),
  ])
  func foreignDocumentsAreRefused(json: String, message: String) throws {
    let failure = try #require(refusal(json))
    #expect(failure.kind == .data && failure.message.hasPrefix("verdict.json: "))
    #expect(failure.message.contains(message), "\(failure.message)")
    #expect(failure.advice?.contains("fairslice gate") == true || json.contains("2"))
  }

  @Test(arguments: [
    (#""exit_code": 1"#, #""exit_code": 0"#, "does not go with exit status 0"),
    (#""exit_code": 1"#, #""exit_code": 2"#, "does not go with exit status 2"),
    (#""verdict": "fail""#, #""verdict": "waived""#, "does not go with"),
    (#""waiver": 0"#, #""waiver": 2"#, "names waiver 2"),
    (#""rows": 4998"#, #""rows": -1"#, "“rows” is -1"),
    (#""denominator": 420"#, #""denominator": -420"#, "fewer than no rows"),
    (
      #""id": "tpr-gap",\#n      "verdict": "fail""#, #""id": "tpr-gap",\#n      "verdict": "pass""#,
      "did not"
    ),
    (#""severity": "error""#, #""severity": "grave""#, "checks[0].severity"),
    (#""value": 0.95"#, #""value": "much""#, "checks[0].items[0].value"),
  ])
  func contradictionsAreNamed(original: String, changed: String, message: String) throws {
    let text = String(decoding: SampleJudgement.mixed().json(), as: UTF8.self)
    let broken = text.replacing(original, with: changed, maxReplacements: 1)
    #expect(broken != text, "nothing was changed")
    let found = try #require(refusal(broken))
    #expect(found.kind == .data && found.message.contains(message), "\(found.message)")
  }

  @Test func aGateThatPassedWithAFailureIsRefused() throws {
    let text = String(decoding: SampleJudgement.mixed().json(), as: UTF8.self)
    let broken = text.replacing(
      #""verdict": "fail","#, with: #""verdict": "inconclusive","#, maxReplacements: 1
    )
    .replacing(#""exit_code": 1"#, with: #""exit_code": 3"#)
    #expect(try #require(refusal(broken)).message.contains("check “tpr-gap” failed, and the gate did not"))
    #expect(try #require(refusal(String(broken.dropLast(40)))).message.contains("not valid JSON"))
  }

  @Test func aVerdictWithoutChecksIsRefused() throws {
    let empty = String(decoding: SampleJudgement.make([]).json(), as: UTF8.self)
    #expect(try #require(refusal(empty)).message.contains("no checks"))
  }
}

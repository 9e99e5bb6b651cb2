import Foundation
import Results
import TestSupport
import Testing

@Suite struct ModelCardTests {
  private static let full = ModelCard(
    details: Dictionary(uniqueKeysWithValues: ModelCard.Detail.allCases.map { ($0, ["1 \($0)", "2"]) }),
    parts: Dictionary(uniqueKeysWithValues: ModelCard.Part.allCases.map { ($0, NastyNames.all) }))

  @Test func whatIsWrittenReadsBackTheSame() throws {
    var sample = SampleEvaluation.make(families: 1)
    sample.card = Self.full
    let json = sample.json()
    let copy = try Evaluation(json: Data(json), name: "e")
    #expect(copy.card == Self.full)
    #expect(copy.json() == json)
    #expect(try JSONSchema("evaluation.schema.json").errors(in: json) == [])
  }

  @Test func withoutACardThereIsNone() throws {
    let json = SampleEvaluation.make(families: 1).json()
    #expect(!String(decoding: json, as: UTF8.self).contains("\"card\""))
    #expect(try Evaluation(json: Data(json), name: "e").card == nil)
  }

  /// A later version may know more members.
  @Test func unknownMembersArePassedOver() throws {
    let text = #"{"model": {"name": ["n"], "colour": 3}, "limits": ["l"], "later": {"a": [1]}}"#
    let card = try JSONDecoder().decode(ModelCard.self, from: Data(text.utf8))
    #expect(card == ModelCard(details: [.name: ["n"]], parts: [.limits: ["l"]]))
  }

  @Test(arguments: [#"{"limits": "l"}"#, #"{"limits": [1]}"#, #"{"model": {"name": {}}}"#, "[]", "3"])
  func otherKindsAreRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(ModelCard.self, from: Data(text.utf8)) }
  }
}

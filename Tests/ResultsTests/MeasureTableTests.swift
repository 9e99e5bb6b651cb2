import Foundation
import Results
import TestSupport
import Testing

@Suite struct MeasureTableTests {
  private static func estimate(_ value: Double?, _ status: EstimateStatus, _ reason: String?) -> Estimate {
    Estimate(
      value: value, lower: value.map { $0 - 0.1 }, upper: value.map { $0 + 0.1 }, denominator: 12, weight: 12,
      effectiveCount: 12, status: status, reason: reason)
  }

  private static let table = MeasureTable(
    entries: [
      MeasureEntry(
        id: "disparate_impact", name: "Disparate impact", family: "pair", formula: "a / b", source: "S 1",
        meaning: "1: alike", fair: 1, undefined: "none selected"),
      MeasureEntry(
        id: "group_minimum", name: "Minimum", family: "aggregation", formula: "min", source: "S 2",
        meaning: "the least", fair: nil, undefined: ""),
    ],
    results: [
      MeasureResult(
        measure: "disparate_impact", tool: "clarify", name: "DI", family: 1, group: 1, reference: 2,
        stratum: "dept=A", estimate: estimate(0.5, .ok, nil), pValue: 0.25, test: "Fisher",
        interval: "Koopman"),
      MeasureResult(
        measure: "group_minimum", name: "Minimum", metric: "accuracy", family: 1, variant: "mean",
        estimate: estimate(nil, .undefined, "no rows"), detail: "in sex=F"),
    ])

  private static func sample() -> Evaluation {
    var sample = SampleEvaluation.make()
    sample.measures = table
    return sample
  }

  @Test func readsBackAndIsOfTheSchema() throws {
    let json = Self.sample().json()
    #expect(try JSONSchema("evaluation.schema.json").errors(in: json) == [])
    #expect(try Evaluation(json: Data(json), name: "e").measures == Self.table)
  }

  @Test(arguments: [
    ("\"DI\"", "\"DI\", \"x\"", nil), ("\"id\": \"disparate_impact\"", "\"id\": \"x\"", "has no entry"),
    ("\"reference\": [2,null]", "\"reference\": [999,null]", "which does not exist"),
    ("\"reference\": [2,null]", "\"reference\": [2]", "1 entries where 2 are expected"),
  ]) func contradictionsAreRefused(old: String, new: String, message: String?) throws {
    let text = String(decoding: Self.sample().json(), as: UTF8.self)
    let changed = text.replacing(old, with: new)
    #expect(changed != text)
    do throws(Failure) {
      _ = try Evaluation(json: Data(changed.utf8), name: "e")
      #expect(message == nil)
    } catch {
      #expect(message.map { error.message.contains($0) } ?? false, "\(error.message)")
    }
  }
}

import Foundation
import Results
import TestSupport
import Testing

@Suite struct SpreadTableTests {
  private static func sample() -> Evaluation {
    var sample = SampleEvaluation.make()
    let count = sample.slices.predicate.count
    sample.spreads = SpreadTable(
      spreads: [
        Spread(
          family: 1, metric: "metric_1", groups: 3, largest: 1, smallest: 2, range: 0.2, noiseFloor: 0.05,
          variance: -0.001, deviationLower: 0, deviationUpper: 0.1, within: 0.3, detectable: 0.15,
          rowsToDecide: .infinity),
        Spread(
          family: 2, metric: "metric_1", groups: 2, largest: 5, smallest: 4, range: 0.1, noiseFloor: .nan,
          variance: 0.002, deviationLower: .nan, deviationUpper: .nan, within: .nan, detectable: 0.1,
          rowsToDecide: 77),
      ],
      shrunken: [
        .init(metric: "metric_1", values: (0..<count).map { $0 == 0 ? .nan : Double($0) / 16 })
      ])
    return sample
  }

  @Test func readsBackAndIsOfTheSchema() throws {
    let json = Self.sample().json()
    #expect(try JSONSchema("evaluation.schema.json").errors(in: json) == [])
    let again = try Evaluation(json: Data(json), name: "e")
    #expect(again.json() == json)
    #expect(again.spreads?.spreads.first == Self.sample().spreads?.spreads.first)
    #expect(again.spreads?.spread(family: 2, metric: "metric_1")?.rowsToDecide == 77)
    #expect(again.spreads?.shrunken("metric_1", 0) == nil)
    #expect(again.spreads?.shrunken("metric_1", 3) == 3.0 / 16)
  }

  @Test(arguments: [
    ("\"largest\": [1,5]", "\"largest\": [1,999]", "which does not exist"),
    ("\"largest\": [1,5]", "\"largest\": [1]", "1 entries where 2 are expected"),
    ("\"noise_floor\": [0.05,null]", "\"noise_floor\": [0.05]", "1 entries where 2 are expected"),
    ("\"values\": [null,", "\"values\": [null,0,", "shrunken of metric_1"),
  ]) func contradictionsAreRefused(old: String, new: String, message: String) throws {
    let text = String(decoding: Self.sample().json(), as: UTF8.self)
    let changed = text.replacing(old, with: new)
    #expect(changed != text)
    do throws(Failure) {
      _ = try Evaluation(json: Data(changed.utf8), name: "e")
      Issue.record("a contradiction was read")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
    }
  }
}

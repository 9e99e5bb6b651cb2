import Foundation
import Results
import TestSupport
import Testing

@Suite struct ExplanationJSONTests {
  private func read(_ bytes: [UInt8]) throws(Failure) -> Evaluation {
    try Evaluation(json: Data(bytes), name: "e.json")
  }

  private func sample() -> Evaluation {
    var evaluation = SampleEvaluation.make(families: 1)
    evaluation.explanation = SampleExplanation.make()
    return evaluation
  }

  @Test func readsBackTheSame() throws {
    let sample = sample()
    let copy = try read(sample.json())
    #expect(copy.explanation == sample.explanation)
    #expect(copy.json() == sample.json())
  }

  @Test func whatIsNoNumberReadsBackAsNone() throws {
    var sample = sample()
    sample.explanation?.importances[0].lower[1] = .nan
    sample.explanation?.importances[0].base = .nan
    sample.explanation?.effects[0].curves[0].accumulatedEffectError[0] = .nan
    sample.explanation?.interactions[0].hSquared = .infinity
    sample.explanation?.attributions = nil
    let copy = try read(sample.json())
    #expect(copy.explanation?.importances[0].lower[1].isNaN == true)
    #expect(copy.explanation?.importances[0].base.isNaN == true)
    #expect(copy.explanation?.effects[0].curves[0].accumulatedEffectError[0].isNaN == true)
    #expect(copy.json() == sample.json())
    sample.explanation = nil
    #expect(try read(sample.json()).explanation == nil)
  }

  @Test func obeysTheSchema() throws {
    let schema = try JSONSchema("evaluation.schema.json")
    let sample = sample()
    #expect(try schema.errors(in: sample.json()) == [])
    let text = String(decoding: sample.json(), as: UTF8.self)
    let broken = text.replacing("\"quality_lost\"", with: "\"quality\"")
    #expect(broken != text)
    #expect(try !schema.errors(in: Array(broken.utf8)).isEmpty)
  }

  @Test func aGateLeavesItOut() throws {
    let judged = try Evaluation(json: Data(sample().json()), name: "e.json", judgingOnly: true)
    #expect(judged.explanation == nil)
  }

  @Test func contradictionsAreRefused() throws {
    var samples = Array(repeating: sample(), count: 9)
    samples[0].explanation?.importances[0].lower.removeLast()
    samples[1].explanation?.importances[0].slice = 99
    samples[2].explanation?.effects[0].feature = 2
    samples[3].explanation?.effects[0].curves[0].support.append(1)
    samples[4].explanation?.effects[0].labels = ["a"]
    samples[5].explanation?.attributions?.groups[0].mean.removeLast()
    samples[6].explanation?.decompositions[0].reference = -1
    samples[7].explanation?.flips[0].feature = 7
    samples[8].explanation?.features[0].associatedWith = 2
    for sample in samples {
      #expect(throws: Failure.self) { try read(sample.json()) }
    }
  }
}

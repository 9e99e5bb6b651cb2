import Fairness
import Testing

/// What is said of a value's direction is what the value does, whoever's sign it has.
@Suite struct MeasureMeaningTests {
  private static let focal = GroupCounts(
    "small", truePositives: 5, falsePositives: 5, falseNegatives: 5, trueNegatives: 85)
  private static let reference = GroupCounts(
    "large", truePositives: 90, falsePositives: 60, falseNegatives: 30, trueNegatives: 20)

  private func meaning(_ measure: FairnessMeasure, _ tool: Compatibility?) -> String {
    FairnessMeasure.meaning(measure.meaning, of: measure.id, as: tool)
  }

  @Test(arguments: [nil, Compatibility.aequitas, .aif360, .clarify, .tfma])
  func fewerOfTheFocalGroup(_ tool: Compatibility?) throws {
    let pair = GroupPair(focal: Self.focal, reference: Self.reference, as: tool)
    for (measure, value) in [
      (FairnessMeasure.statisticalParityDifference, pair.statisticalParityDifference),
      (.labelParityDifference, pair.labelParityDifference),
    ] {
      let word = try #require(value.value) < 0 ? "negative" : "positive"
      #expect(meaning(measure, tool).contains("; \(word): fewer of the focal group"), "\(measure.id)")
    }
    #expect(try #require(pair.disparateImpact.value) < 1)
    #expect(meaning(.disparateImpact, tool).contains("; below 1: fewer of the focal group"))
    let side = try #require(pair.classImbalance.value) < 0 ? "below" : "above"
    #expect(meaning(.classImbalance, tool).contains("; \(side) 0: the focal group is the smaller"))
  }

  @Test func withoutADirection() throws {
    for (a, b) in [(Self.focal, Self.reference), (Self.reference, Self.focal)] {
      let pair = GroupPair(focal: a, reference: b, as: .fairlearn)
      #expect(try #require(pair.statisticalParityDifference.value) > 0)
      #expect(try #require(pair.disparateImpact.value) < 1)
    }
    for measure in [FairnessMeasure.statisticalParityDifference, .labelParityDifference, .disparateImpact] {
      #expect(!meaning(measure, .fairlearn).contains("focal"))
    }
  }
}

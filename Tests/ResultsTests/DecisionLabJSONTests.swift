import Foundation
import Results
import TestSupport
import Testing

@Suite struct DecisionLabJSONTests {
  /// `SampleEvaluation` has four thresholds and slices 1 to 3 in family 1.
  static func lab() -> DecisionLab {
    var current = DecisionLab.Series(kind: .current, quality: "accuracy")
    (current.value, current.lower, current.upper) = ([0.75], [.nan], [.nan])
    (current.gap, current.gapLower, current.gapUpper) = ([1.0 / 3], [.nan], [.nan])
    var byGroup = DecisionLab.Series(kind: .byGroup, quality: "balanced_accuracy", isExact: false)
    byGroup.thresholds = [0, 3, 1, 1]
    (byGroup.value, byGroup.lower, byGroup.upper) = ([0.5, 0.6], [0.4, 0.5], [0.6, 0.7])
    (byGroup.gap, byGroup.gapLower, byGroup.gapUpper) = ([0, 0.1], [0, 0], [0.2, 2e-300])
    let trade = DecisionLab.Trade(
      family: 1, gap: "equal_opportunity", slices: [1, 3],
      excluded: [Gap.Exclusion(group: SampleEvaluation.texts[2], reason: "no positives")],
      series: [current, byGroup])
    return DecisionLab(
      operating: 2, warnings: [.sameData, .cutSearch], trades: [trade],
      omitted: [DecisionLab.Omission(family: 2, reason: "60 groups, more than 50")])
  }

  private func read(_ evaluation: Evaluation) throws -> DecisionLab? {
    try Evaluation(json: Data(evaluation.json()), name: "evaluation.json").lab
  }

  @Test func readsBackTheSame() throws {
    var sample = SampleEvaluation.make()
    sample.lab = Self.lab()
    let copy = try #require(try read(sample))
    #expect(copy.operating == 2 && copy.warnings == Self.lab().warnings && copy.omitted == Self.lab().omitted)
    #expect(copy.trades.map(\.excluded) == Self.lab().trades.map(\.excluded))
    let (a, b) = (copy.trades[0].series, Self.lab().trades[0].series)
    #expect(a[1] == b[1] && a[0].lower[0].isNaN && a[0].gap == b[0].gap && a[0].thresholds.isEmpty)
    #expect(Array(a[1].thresholds(of: 1)) == [1, 1])
    sample.lab?.operating = nil
    #expect(try read(sample)?.operating == nil)
    #expect(try read(SampleEvaluation.make()) == nil)
  }

  @Test func isValidByTheSchema() throws {
    var sample = SampleEvaluation.make()
    sample.lab = Self.lab()
    let schema = try JSONSchema("evaluation.schema.json")
    #expect(try schema.errors(in: sample.json()).isEmpty)
  }

  @Test(
    arguments: [
      { $0.operating = 4 }, { $0.trades[0].family = 9 }, { $0.trades[0].slices = [1, 99] },
      { $0.trades[0].slices = [1] }, { $0.trades[0].series[1].thresholds[0] = -1 },
      { $0.trades[0].series[1].gap = [0] }, { $0.omitted[0].family = 7 },
    ] as [@Sendable (inout DecisionLab) -> Void])
  func contradictionsAreRefused(_ spoil: @Sendable (inout DecisionLab) -> Void) {
    var sample = SampleEvaluation.make()
    var lab = Self.lab()
    spoil(&lab)
    sample.lab = lab
    #expect { _ = try read(sample) } throws: {
      ($0 as? Failure)?.message.contains("contradicts itself") == true
    }
  }
}

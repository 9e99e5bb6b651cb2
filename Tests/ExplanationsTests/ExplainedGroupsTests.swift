import Metrics
import Models
import Results
import Slicing
import TestSupport
import Testing

@testable import Explanations

@Suite struct ExplainedGroupsTests {
  /// Sixty groups of one row to sixty, the first ones the smallest; the score rises with the group.
  private func many() -> MadeInput {
    let codes = (0..<60).flatMap { [Int32](repeating: Int32($0), count: $0 + 1) }
    var random = SplitMix(seed: 3)
    let x = codes.map { Double($0) / 60 + Double.random(in: -0.2...0.2, using: &random) }
    return MadeInput(
      names: ["x"], values: [x], labels: x.map { $0 > 0.5 ? 1 : 0 }, slices: [("city", codes)]
    ) { row in min(1, max(0, row[0])) }
  }

  private func importances(_ made: MadeInput, crossed: Bool = false) throws -> [ImportanceColumns] {
    var settings = ExplanationSettings()
    settings.crossed = crossed
    settings.metrics = [.accuracy]
    settings.gapMetrics = [.selectionRate]
    return try PermutationImportance(made.input(), settings, groups: made.groups, pools: nil).columns()
  }

  @Test func theLargestGroupsAreKeptWithTheirIndices() throws {
    let input = try many().input()
    let groups = input.explainedGroups(1)
    #expect(groups.slices == Array(11...60))
    #expect(
      groups.note == """
        Of the 60 groups of city only the 50 with the most rows are explained, in gaps too; 10 are left out.
        """)
    #expect(input.groupNotes == [groups.note])
    let positions = input.positions(input.plan.families[1])
    #expect(groups.codes == positions.map { $0 < 10 ? -1 : $0 - 10 })
    let overall = input.explainedGroups(0)
    #expect(overall.slices == [0] && overall.note == nil && overall.codes.allSatisfy { $0 == 0 })
  }

  @Test func tiesAreTakenInOrderAndTheReferenceAlways() throws {
    var made = many()
    made.slices = [("city", (0..<600).map { Int32($0 % 60) })]
    made.values = [(0..<600).map { Double($0) / 600 }]
    made.labels = (0..<600).map { $0 < 300 ? 0 : 1 }
    #expect(try made.input().explainedGroups(1).slices == Array(1...50))
    made.references = [nil, 57]
    let groups = try made.input().explainedGroups(1)
    #expect(groups.slices == Array(1...49) + [58] && groups.reference == 49)
  }

  @Test func nothingIsLeftOutOfFewGroups() throws {
    var made = many()
    made.slices = [("city", made.slices[0].codes.map { $0 % 50 })]
    let groups = try made.input().explainedGroups(1)
    #expect(groups.count == 50 && groups.note == nil)
  }

  @Test func importancesEffectsAndAttributionsKeepTheLimit() throws {
    let made = many()
    let input = try made.input()
    let found = try importances(made)
    #expect(found.filter { $0.donors == .sameSlice }.map(\.slice) == Array(11...60))
    #expect(found.filter { $0.donors == .sameSlice }.map(\.rows) == Array(11...60))
    let gap = try #require(found.first { $0.isGap })
    #expect(gap.comparisons == 50 * 49 / 2)
    var settings = ExplanationSettings()
    settings.attributionRows = 200
    let effects = try EffectsEngine(input, settings).effects(of: [(0, made.groups[0])])
    #expect(effects.values[0].curves.map(\.slice) == [0] + Array(11...60))
    let attributed = try AttributionExplainer(input, made.groups, settings).run()
    #expect(attributed.attributions.groups.map(\.slice) == [0] + Array(11...60))
    #expect(attributed.decompositions.allSatisfy { $0.slice > 10 && $0.reference > 10 })
    let explanation = try Explainer(input, settings).explanation(
      model: ExplainedModel(name: "m", kind: "formula", output: "yes"), rowCount: input.rowCount, unit: nil,
      progress: { _ in })
    #expect(explanation.notes.count { $0.contains("groups of city") } == 1)
  }

  /// Three groups: selection rates rise from the first to the third.
  private func three(reference: Int?) -> MadeInput {
    let codes = (0..<300).map { Int32($0 % 3) }
    var random = SplitMix(seed: 9)
    let x = codes.map { Double.random(in: 0...1, using: &random) + [-0.3, 0, 0.1][Int($0)] }
    var made = MadeInput(
      names: ["x"], values: [x], labels: x.map { $0 > 0.5 ? 1 : 0 },
      slices: [("g", codes), ("h", (0..<300).map { Int32($0 / 3 % 2) })]
    ) { row in min(1, max(0, row[0])) }
    made.references = [nil, reference, nil]
    return made
  }

  @Test(arguments: [(0, 3, 1), (1, 1, 2), (2, 1, 3)])
  func gapsAreTakenToTheReference(reference: Int, farthest: Int, slice: Int) throws {
    let gap = try #require(try importances(three(reference: reference)).first { $0.isGap })
    #expect(gap.slice == farthest && gap.reference == slice && gap.comparisons == 2)
    // The group may be the lower one; what carries the gap closes it all the same.
    #expect((gap.base < 0) == (farthest < slice))
    #expect(gap.importance[0] > 0.5 * abs(gap.base) && gap.pValue[0] < 0.05)
    let input = try three(reference: reference).input()
    let groups = [FeatureGroup(name: "x", members: [0])]
    let parts = try AttributionExplainer(input, groups, ExplanationSettings()).run().decompositions
    #expect(parts[0].slice == farthest && parts[0].reference == slice)
    #expect((parts[0].difference < 0) == (farthest < slice))
  }

  @Test func withoutAReferenceTheWidestPairIsTaken() throws {
    let gap = try #require(try importances(three(reference: nil)).first { $0.isGap })
    #expect(gap.slice == 3 && gap.reference == 1 && gap.comparisons == 3 && gap.base > 0)
  }

  @Test func aReferenceOfFewRowsGivesWayToTheWidestPair() throws {
    var made = three(reference: 2)
    var kept = 0
    made.slices[0].codes = made.slices[0].codes.map { code in
      guard code == 2 else { return code }
      kept += 1
      return kept < 10 ? 2 : 1
    }
    let gap = try #require(try importances(made).first { $0.isGap })
    #expect(gap.slice == 2 && gap.reference == 1 && gap.comparisons == 1)
  }

  @Test func crossedFamiliesHaveGapsAndImportancesWhereAsked() throws {
    var made = three(reference: nil)
    made.specs = ["g", "g*h"]
    let plain = try importances(made)
    #expect(plain.filter(\.isGap).map { $0.slice > 3 } == [false, true])
    #expect(plain.filter { $0.donors == .sameSlice }.map(\.slice) == [1, 2, 3])
    #expect(plain.last?.comparisons == 15)
    let crossed = try importances(made, crossed: true)
    #expect(crossed.filter { $0.donors == .sameSlice }.map(\.slice) == Array(1...9))
    #expect("\(crossed.filter(\.isGap))" == "\(plain.filter(\.isGap))")
  }
}

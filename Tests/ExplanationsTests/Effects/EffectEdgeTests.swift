import Models
import Results
import Tables
import TestSupport
import Testing

@testable import Explanations

@Suite struct EffectEdgeTests {
  private func effects(
    _ oracle: EffectOracle, _ settings: ExplanationSettings = ExplanationSettings()
  ) throws -> Noted<FeatureEffect> {
    try EffectsEngine(oracle.input, settings).effects(of: EffectsFixture.all(oracle.input))
  }

  @Test func aConstantHasOnePointAndNoEffect() throws {
    let oracle = try EffectsFixture.input(
      [EffectsFixture.numbers("x", [2, 2, 2]), EffectsFixture.numbers("z", [1, 2, 6])]
    ) { $0[0].number * $0[1].number }
    let effect = try effects(oracle).values[0]
    let curve = effect.curves[0]
    #expect(effect.grid == [2] && curve.support == [3])
    #expect(
      curve.partialDependence == [6] && curve.accumulatedEffect == [0] && curve.accumulatedEffectError == [0])
    #expect(isClose(curve.partialDependenceError[0], (28.0 / 3).squareRoot()))
    #expect(effect.individual == [[0], [0], [0]])
  }

  @Test func aSingleRowHasNoErrors() throws {
    let oracle = try EffectsFixture.input(
      [EffectsFixture.numbers("x", [2]), EffectsFixture.category("c", ["a"])]
    ) { $0[0].number }
    let effects = try effects(oracle).values
    for effect in effects {
      #expect(effect.pointCount == 1 && effect.curves[0].partialDependence == [2])
      #expect(effect.curves[0].partialDependenceError[0].isNaN)
    }
  }

  /// A family of named bins may have groups without rows.
  @Test func aSliceWithoutRowsHasNoNumbers() throws {
    let oracle = try EffectsFixture.input(
      [EffectsFixture.numbers("x", [1, 2, 3, 4]), EffectsFixture.numbers("z", [5, 6, 50, 60])],
      slices: ["z:edges=10,40"]
    ) { $0[0].number }
    let effect = try effects(oracle).values[0]
    let empty = try #require(effect.curves.dropFirst().first { $0.rows == 0 })
    #expect(empty.support == [0, 0, 0, 0])
    let lists = [
      empty.partialDependence, empty.partialDependenceError, empty.accumulatedEffect,
      empty.accumulatedEffectError,
    ]
    #expect(lists.allSatisfy { $0.count == 4 && $0.allSatisfy(\.isNaN) })
    // The sliced feature itself is not drawn by its own bins.
    #expect(try effects(oracle).values[1].curves.count == 1)
  }

  @Test func missingEverywhere() throws {
    let oracle = try EffectsFixture.input([
      EffectsFixture.numbers("x", [.nan, .nan]), EffectsFixture.category("c", [nil, nil]),
      EffectsFixture.numbers("z", [1, 3]),
    ]) { $0[2].number }
    let effects = try effects(oracle)
    #expect(effects.notes.map(\.feature) == [0])
    #expect(effects.notes.first?.message.contains("“x”") == true)
    #expect(effects.values.map(\.feature) == [1, 2])
    #expect(effects.values[0].labels == ["(missing)"] && effects.values[0].curves[0].support == [2])
    #expect(effects.values[0].curves[0].partialDependence == [2])
  }

  @Test func columnsThatMoveTogetherAreLeftOut() throws {
    let oracle = try EffectsFixture.mixed(50, seed: 1)
    let groups = [
      (index: 4, group: FeatureGroup(name: "both", members: [0, 1])),
      (5, FeatureGroup(name: "c", members: [2])),
    ]
    let effects = try EffectsEngine(oracle.input, ExplanationSettings()).effects(of: groups)
    #expect(effects.values.map(\.feature) == [5])
    #expect(effects.notes.map(\.feature) == [4])
  }

  /// A group without rows between two edges: the effect is carried over, its error is not known.
  @Test func emptyBinsAreCarriedOver() throws {
    let x: [Double] = [0, 1, 1, 2, 2, 3, 3, 0, 0, 1, 1, 3, 3]
    let g = (0..<13).map { $0 < 7 ? "all" : "hole" }
    let oracle = try EffectsFixture.input(
      [EffectsFixture.numbers("x", x), EffectsFixture.numbers("z", (0..<13).map { Double($0 * $0 % 7) })],
      others: [EffectsFixture.category("g", g)], slices: ["g"]
    ) { $0[0].number * (1 + $0[1].number) }
    let effect = try effects(oracle).values[0]
    let hole = effect.curves[2]
    #expect(hole.support == [2, 2, 0, 2])
    #expect(hole.accumulatedEffect[2] == hole.accumulatedEffect[1])
    #expect(hole.accumulatedEffectError.map(\.isNaN) == [false, false, true, false])
    let expected = oracle.accumulatedEffects(Array(7..<13), 0, effect.grid).effect
    #expect(zip(hole.accumulatedEffect, expected).allSatisfy { isClose($0, $1) })
  }

  /// A bin with one row takes the variance that all rows have there, and where all have none the other bins' mean.
  @Test func aLoneRowBorrowsItsVariance() throws {
    let sample = try EffectSample(Array(0..<5), of: EffectsFixture.mixed(5, seed: 1).input)
    let differences = [1.0, 3, 2, 8, 5]
    func error(_ bins: [Int32], _ fallback: [Double]?) -> AccumulatedEffects {
      AccumulatedEffects(sample, bins: bins, differences: differences, binCount: 2, fallback: fallback)
    }
    let own = error([0, 0, 0, 1, 1], nil)
    #expect(own.unitVariance.map { isClose($0[0], 1) && isClose($0[1], 4.5) } == true)
    // The single row of the second bin: leverage 1/10 below it and 9/10 above, the first bin's 3/5 and 2/5.
    let lone = error([0, 0, 0, 0, 1], [100, 4.5])
    let typical = error([0, 0, 0, 0, 1], nil)
    let spread = (6.25 + 0.25 + 2.25 + 20.25) / 3
    #expect(lone.unitVariance.map { isClose($0[0], spread) && $0[1] == 4.5 } == true)
    #expect(typical.unitVariance.map { isClose($0[1], spread) } == true)
    let steps = [3.5, 5.0]
    let middles = [0.5 * steps[0], steps[0] + 0.5 * steps[1]]
    let center = 0.8 * middles[0] + 0.2 * middles[1]
    let shares = [0.8 / 2 + 0.2, 0.1]
    let outer =
      zip([4.0, 1], middles).reduce(0) { $0 + $1.0 * ($1.1 - center) * ($1.1 - center) } / 25 * 5 / 4
    for (effects, borrowed) in [(lone, 4.5), (typical, spread)] {
      for point in 0...2 {
        let leverage = [(point >= 1 ? 1 : 0) - shares[0], (point >= 2 ? 1 : 0) - shares[1]]
        let variance = leverage[0] * leverage[0] * spread / 4 + leverage[1] * leverage[1] * borrowed + outer
        #expect(isClose(effects.error[point], variance.squareRoot()))
      }
    }
    // Nothing is known where every bin has one row.
    let none = AccumulatedEffects(
      try EffectSample([0, 1], of: EffectsFixture.mixed(5, seed: 1).input), bins: [0, 1],
      differences: [1, 2],
      binCount: 2, fallback: nil)
    #expect(none.error.allSatisfy(\.isNaN) && none.effect.allSatisfy(\.isFinite))
  }

  @Test func gridsAreValuesThatOccur() {
    let values = (0..<100).map { Double($0 * $0) }
    let grid = EffectGrid(EffectsFixture.numbers("x", values), kind: .number, limit: 5)
    #expect(grid.values == [0, 576, 2401, 5476, 9801])
    #expect(zip(grid.donors, grid.values).allSatisfy { values[Int($0)] == $1 })
    // Ties: most quantiles are the same value.
    let tied = EffectGrid(
      EffectsFixture.numbers("x", [Double](repeating: 0, count: 95) + [1, 2, 3, 4, 5]), kind: .number,
      limit: 4)
    #expect(tied.values == [0, 1, 3, 5])
    // Few values: all of them, and negative zero is zero.
    let few = EffectGrid(EffectsFixture.numbers("x", [3, .nan, -0.0, 0, 7]), kind: .number, limit: 3)
    #expect(few.values == [0, 3, 7] && few.points == [1, -1, 0, 0, 2])
  }

  /// Codes that a model reads as categories have no order.
  @Test func numbersThatAreCategories() {
    let grid = EffectGrid(EffectsFixture.numbers("zip", [20, 3, .nan, 3]), kind: .category, limit: 2)
    #expect(grid.labels == ["3", "20", "(missing)"] && grid.values.isEmpty)
    #expect(grid.donors == [1, 0, 2] && grid.points == [1, 0, 2, 0] && grid.missingPoint == 2)
  }

  @Test func ofManyCategoriesTheMostFrequentAreDrawn() throws {
    // Category k of 60 occurs k / 5 + 1 times, and three rows have none.
    let texts =
      (0..<60).flatMap { value in (0...value / 5).map { _ in "\(value + 100)" as String? } } + [
        nil, nil, nil,
      ]
    let oracle = try EffectsFixture.input([EffectsFixture.category("c", texts)]) {
      Double($0[0].text ?? "") ?? 7
    }
    let effects = try effects(oracle)
    #expect(effects.notes.map(\.feature) == [0])
    let labels = (10..<60).map { "\($0 + 100)" }
    #expect(effects.values[0].labels == labels)
    #expect(effects.values[0].curves[0].partialDependence == (110..<160).map(Double.init))
    #expect(effects.values[0].curves[0].support.first == 3)
  }

  @Test func categoriesThatDoNotOccurAreLeftOut() {
    let column = Column.category(
      CategoryColumn(name: "c", codes: [2, 0, 2], categories: ["a", "b", "c"], missingCount: 0))
    let grid = EffectGrid(column, kind: .category, limit: 1)
    #expect(grid.labels == ["a", "c"] && grid.donors == [1, 0] && grid.missingPoint == nil)
  }
}

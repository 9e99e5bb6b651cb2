import Results
import Slicing
import Tables
import TestSupport
import Testing

@testable import Explanations

@Suite struct EffectTests {
  struct Setup: Sendable {
    var isWeighted = false
    var isClustered = false
  }

  static let setups = [
    Setup(), Setup(isWeighted: true), Setup(isClustered: true), Setup(isWeighted: true, isClustered: true),
  ]

  @Test(arguments: setups) func areTheirDefinitions(_ setup: Setup) throws {
    let oracle = try EffectsFixture.mixed(
      180, seed: 5, isWeighted: setup.isWeighted, isClustered: setup.isClustered)
    var settings = ExplanationSettings()
    settings.gridSize = 5
    let effects = try EffectsEngine(oracle.input, settings).effects(of: EffectsFixture.all(oracle.input))
    #expect(effects.notes.isEmpty)
    #expect(effects.values.map(\.feature) == [0, 1, 2])
    // Overall; g has 4 groups, c too (not for itself), and g=v is a family of one.
    #expect(
      effects.values.map { $0.curves.map(\.slice) } == [
        Array(0...8) + [25], Array(0...8) + [25], Array(0...4) + [25],
      ])
    for effect in effects.values {
      for curve in effect.curves { try checkDependence(effect, curve, oracle) }
    }
  }

  private func checkDependence(
    _ effect: FeatureEffect, _ curve: FeatureEffect.Curve, _ oracle: EffectOracle
  ) throws {
    let rows = oracle.rows(ofSlice: curve.slice)
    #expect(curve.rows == rows.count && !rows.isEmpty)
    for point in 0..<effect.pointCount {
      let value: RowScorer.Value =
        effect.labels.isEmpty
        ? .number(effect.grid[point])
        : .text(effect.labels[point] == SliceName.missing ? nil : effect.labels[point])
      let expected = oracle.partialDependence(rows, effect.feature, value)
      #expect(isClose(curve.partialDependence[point], expected.value))
      #expect(isClose(curve.partialDependenceError[point], expected.error))
      let support = rows.count { row in
        let own = oracle.values(row)[effect.feature]
        if case .text(let text) = value { return own.text == text }
        return own.number <= effect.grid[point] && (point == 0 || own.number > effect.grid[point - 1])
      }
      #expect(curve.support[point] == support)
    }
    guard effect.labels.isEmpty else {
      #expect(curve.accumulatedEffect.isEmpty && curve.accumulatedEffectError.isEmpty)
      return
    }
    let expected = oracle.accumulatedEffects(rows, effect.feature, effect.grid)
    for point in effect.grid.indices {
      #expect(isClose(curve.accumulatedEffect[point], expected.effect[point]))
      #expect(isClose(curve.accumulatedEffectError[point], expected.error[point], within: 1e-6))
    }
  }

  /// For independent rows of one weight the variance is the sum of the bins' own and of the centre's.
  @Test func theVarianceIsTheSumOfItsParts() throws {
    let oracle = try EffectsFixture.mixed(90, seed: 8)
    var settings = ExplanationSettings()
    settings.gridSize = 4
    let input = oracle.input
    let effect = try EffectsEngine(input, settings).effects(of: [EffectsFixture.all(input)[0]]).values[0]
    let rows = (0..<90).filter { !oracle.values($0)[0].number.isNaN }
    let bins = rows.map { oracle.bin($0, 0, effect.grid) ?? 0 }
    let differences = zip(rows, bins).map { oracle.difference($0, 0, effect.grid, $1) }
    let count = Double(rows.count)
    let curve = effect.curves[0]
    let shares = (1...3).map { bin in Double(bins.count { $0 == bin }) / count }
    for point in 0...3 {
      var variance = 0.0
      for bin in 1...3 {
        let own = zip(bins, differences).filter { $0.0 == bin }.map(\.1)
        let mean = own.reduce(0, +) / Double(own.count)
        let spread = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count - 1)
        let leverage = (bin <= point ? 1 : 0) - shares[bin - 1] / 2 - shares[bin...].reduce(0, +)
        let middle = (curve.accumulatedEffect[bin - 1] + curve.accumulatedEffect[bin]) / 2
        variance += leverage * leverage * spread / Double(own.count)
        variance += shares[bin - 1] * middle * middle / (count - 1)
      }
      #expect(isClose(curve.accumulatedEffectError[point], variance.squareRoot()))
    }
  }

  @Test func individualCurvesStartAtZeroAndSpreadOverTheScore() throws {
    let oracle = try EffectsFixture.mixed(400, seed: 3)
    let effect = try EffectsEngine(oracle.input, ExplanationSettings())
      .effects(of: [EffectsFixture.all(oracle.input)[0]]).values[0]
    #expect(effect.grid.count == 20)
    #expect(effect.individual.count == 30)
    let ranked = (0..<400).sorted { (oracle.score($0), $0) < (oracle.score($1), $1) }
    // Each curve is one of a row in its own thirtieth of the scores.
    for (place, row) in (0..<30).map({ ranked[(2 * $0 + 1) * 400 / 60] }).sorted().enumerated() {
      let values = effect.grid.map { oracle.score(row, [0: .number($0)]) }
      #expect(
        zip(effect.individual[place], values).allSatisfy { isClose($0, $1 - values[0]) })
    }
  }

  @Test func largeSlicesAreSampled() throws {
    let oracle = try EffectsFixture.mixed(7000, seed: 12)
    let engine = EffectsEngine(oracle.input, ExplanationSettings())
    let effects = try engine.effects(of: EffectsFixture.all(oracle.input)).values
    let sizes = effects[0].curves.map { oracle.rows(ofSlice: $0.slice).count }
    #expect(sizes.contains { $0 > 2000 } && sizes.contains { $0 < 2000 })
    for (curve, size) in zip(effects[0].curves, sizes) {
      #expect(curve.rows == min(2000, size))
      let rows = oracle.rows(ofSlice: curve.slice)
      let expected = oracle.partialDependence(rows, 0, .number(effects[0].grid[7]))
      let (value, error) = (curve.partialDependence[7], curve.partialDependenceError[7])
      if size <= 2000 {
        #expect(isClose(value, expected.value) && isClose(error, expected.error))
      } else {
        #expect(value != expected.value && abs(value - expected.value) < 4 * error)
      }
    }
    // Accumulated effects know every row.
    let edges = effects[0].grid
    let rows = Array(0..<7000)
    let bins = rows.reduce(into: [:]) { $0[$1] = oracle.bin($1, 0, edges) }
    let differences = bins.reduce(into: [:]) { $0[$1.key] = oracle.difference($1.key, 0, edges, $1.value) }
    let expected = oracle.accumulated(
      rows, bins, differences, binCount: edges.count - 1, inMeans: { _ in 1 }, inShares: { _ in 1 })
    #expect(zip(effects[0].curves[0].accumulatedEffect, expected).allSatisfy { isClose($0, $1) })
  }

  @Test func threadsChangeNothing() throws {
    let oracle = try EffectsFixture.mixed(3000, seed: 2, isWeighted: true, isClustered: true)
    var settings = ExplanationSettings()
    let groups = EffectsFixture.all(oracle.input)
    let one = try EffectsEngine(oracle.input, settings).effects(of: groups)
    settings.threads = 3
    #expect(try EffectsEngine(oracle.input, settings).effects(of: groups) == one)
    settings.seed = 43
    #expect(try EffectsEngine(oracle.input, settings).effects(of: groups) != one)
  }
}

import Foundation
import Models
import Results
import Slicing
import Tables
import TestSupport
import Testing

@testable import Explanations

/// Six rows with exact effects (`permutation_explain.json`, computed by enumeration).
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder")) struct EffectVectorTests {
  private static let formula: @Sendable ([RowScorer.Value]) -> Double = { row in
    let x = row.map(\.number)
    return x[0] * x[1] + 2 * x[2] * x[0] * x[1] - x[2]
  }

  private func vector(_ name: String) throws -> [String: Any] {
    let file = try #require(try SharedData.json("vectors/permutation_explain.json") as? [String: Any])
    let cases = try #require(file["cases"] as? [[String: Any]])
    return try #require(cases.first { $0["name"] as? String == name })
  }

  /// The rows of the vectors, then further ones.
  private func oracle(_ further: [[Double]] = []) throws -> EffectOracle {
    let rows = try #require(try vector("setup")["X"] as? [[Double]]) + further
    return try EffectsFixture.input(
      (0..<3).map { column in EffectsFixture.numbers("x\(column)", rows.map { $0[column] }) }, Self.formula)
  }

  private func expectClose(_ found: [Double], _ expected: Any?) throws {
    let expected = try #require(expected as? [Double])
    #expect(found.count == expected.count && !found.isEmpty)
    for (a, b) in zip(found, expected) { #expect(isClose(a, b), "\(a) for \(b)") }
  }

  @Test func partialDependence() throws {
    let expected = try vector("effects_product3_feature0")
    let grid = try #require(expected["grid"] as? [Double])
    // 2.5 occurs in no row: a seventh one holds it, and is averaged over nowhere.
    let input = try oracle([[2.5, 0, 0]]).input
    guard case .numbers(let column) = input.columns[0] else {
      Issue.record("no number")
      return
    }
    let varied = EffectsEngine.Varied(
      index: 0, column: 0, name: "x0", grid: EffectGrid(column.values, at: grid), valueCount: grid.count)
    let stage = try EffectStage(input, EffectSlices(rows: Array(0..<6)), donors: varied.grid.donors)
    let effect = try stage.effect(of: varied)
    let curve = effect.curves[0]
    #expect(effect.grid == grid && curve.rows == 6 && curve.support == [1, 1, 2, 2])
    try expectClose(curve.partialDependence, expected["pdp"])
    let mean = curve.partialDependence.reduce(0, +) / Double(grid.count)
    try expectClose(curve.partialDependence.map { $0 - mean }, expected["centered_pdp"])
    let individual = try #require(expected["ice"] as? [[Double]])
    let centred = try #require(expected["centered_ice_at_first"] as? [[Double]])
    #expect(effect.individual.count == 6)
    for (row, curve) in effect.individual.enumerated() {
      try expectClose(curve, centred[row])
      try expectClose(curve.map { $0 + individual[row][0] }, individual[row])
    }
    for point in grid.indices {
      let values = individual.map { $0[point] }
      let mean = values.reduce(0, +) / 6
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
      #expect(isClose(curve.partialDependenceError[point], (variance / 6).squareRoot()))
    }
  }

  @Test func accumulatedEffects() throws {
    let expected = try vector("effects_product3_feature0")
    let input = try oracle().input
    var settings = ExplanationSettings()
    settings.gridSize = 4
    let effect = try EffectsEngine(input, settings).effects(of: [EffectsFixture.all(input)[0]]).values[0]
    try expectClose(effect.grid, expected["ale_edges"])
    let counts = try #require(expected["ale_counts"] as? [Int])
    #expect(effect.curves[0].support == [1, counts[0] - 1, counts[1], counts[2]])
    try expectClose(effect.curves[0].accumulatedEffect, expected["ale_centered"])
  }

  @Test func interactions() throws {
    let expected = try #require(try vector("effects_product3_feature0")["friedman_H"] as? [String: Double])
    let input = try oracle().input
    let engine = EffectsEngine(input, ExplanationSettings())
    let groups = EffectsFixture.groups(input)
    let pairs = try engine.interactions([(0, 1), (0, 2), (1, 2)], groups: groups)
    try expectClose(pairs.map(\.hSquared), ["H2_01", "H2_02", "H2_12"].compactMap { expected[$0] })
    let totals = try engine.totalInteractions([0, 1, 2], groups: groups)
    try expectClose(
      totals.map(\.hSquared), ["H2_total_0", "H2_total_1", "H2_total_2"].compactMap { expected[$0] })
  }
}

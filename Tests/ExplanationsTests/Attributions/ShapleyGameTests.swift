import Foundation
import Models
import Results
import TestSupport
import Testing

@testable import Explanations

/// Shapley values from mixed rows, exact and sampled.
@Suite struct ShapleyGameTests {
  static func game(
    _ values: [[Double]], background: [Int32], weights: [Double]? = nil, players: [Set<Int>]? = nil,
    _ formula: @escaping @Sendable ([Double]) -> Double
  ) throws -> ShapleyGame {
    let names = values.indices.map { "x\($0)" }
    let columns = FormulaScorer.columns(names, values)
    return try ShapleyGame(
      ColumnRescorer(FormulaScorer(names, formula), columns), output: 0, columns: columns,
      players: players ?? values.indices.map { [$0] }, background: background,
      weights: weights ?? background.map { _ in 1 })
  }

  /// The data and functions of the vectors' generator.
  static let six: [[Double]] = [[1, 2, 3, 4, 5, 6], [2, 1, 5, 4, 3, 6], [0, 1, 0, 1, 1, 0]]
  static let functions: [(name: String, formula: @Sendable ([Double]) -> Double)] = [
    ("linear", { 0.4 + 0.8 * $0[0] + 0.5 * $0[1] - $0[2] }),
    ("sigmoid", { 1 / (1 + exp(-(0.4 + 0.8 * $0[0] + 0.5 * $0[1] - $0[2] - 4))) }),
    ("product3", { $0[0] * $0[1] + 2 * $0[2] * $0[0] * $0[1] - $0[2] }),
  ]

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"), arguments: [0, 1, 2])
  func vectors(_ index: Int) throws {
    let (name, formula) = Self.functions[index]
    let file = try #require(SharedData.json("vectors/permutation_explain.json") as? [String: Any])
    let cases = try #require(file["cases"] as? [[String: Any]])
    let expected = try #require(cases.first { $0["name"] as? String == "shapley_" + name })
    let game = try Self.game(Self.six, background: Array(0..<6), formula)
    let worth = try game.values(
      (0..<8).map { mask in
        ShapleyGame.Coalition(row: 3, isIn: (0..<3).map { mask >> $0 & 1 == 1 })
      })
    let found: [(String, [Double])] = [
      ("v_of_mask_bit_j_is_feature_j", worth), ("phi_exact", try game.exactValues([3])),
      ("antithetic_pair_order_012_210", try game.pairValue(3, order: [0, 1, 2])),
    ]
    for (key, own) in found {
      let wanted = try #require(expected[key] as? [Double])
      #expect(own.count == wanted.count)
      for (a, b) in zip(own, wanted) { #expect(isClose(a, b), "\(name) \(key) \(own)") }
    }
    let sum = try #require(expected["sum_phi"] as? Double)
    #expect(isClose(try game.exactValues([3]).reduce(0, +), sum))
  }

  static func random(_ columns: Int, _ rows: Int, seed: UInt64) -> [[Double]] {
    var random = SplitMix(seed: seed)
    return (0..<columns).map { _ in (0..<rows).map { _ in Double.random(in: -1...1, using: &random) } }
  }

  @Test func axioms() throws {
    let values = Self.random(4, 30, seed: 1)
    let background = (Int32(0)..<10).map { $0 }
    let rows: [Int32] = [12, 20, 29]
    let f: @Sendable ([Double]) -> Double = { $0[0] * $0[1] + sin($0[0]) }
    let g: @Sendable ([Double]) -> Double = { exp($0[0] + $0[3]) * $0[1] }
    let game = { (h: @escaping @Sendable ([Double]) -> Double) in
      try Self.game(values, background: background, weights: background.map { Double($0 + 1) }, h)
        .exactValues(rows)
    }
    let (first, second, both) = try (game(f), game(g), game { 2 * f($0) - 3 * g($0) })
    // Linearity, and nothing for features that the function ignores.
    for index in first.indices {
      #expect(isClose(both[index], 2 * first[index] - 3 * second[index], within: 1e-10))
      if index % 4 > 1 { #expect(first[index] == 0) }
      if index % 4 == 2 { #expect(second[index] == 0) }
    }
    // Symmetry: equal columns in equal roles.
    let twins = try Self.game([values[0], values[0], values[1]], background: background) {
      $0[0] * $0[1] + ($0[0] + $0[1]) * $0[2]
    }.exactValues(rows)
    for row in 0..<3 { #expect(isClose(twins[row * 3], twins[row * 3 + 1], within: 1e-12)) }
  }

  @Test func aFeatureThatEqualsTheBackgroundGetsNothing() throws {
    let game = try Self.game([[1, 1, 1, 5], [.nan, .nan, .nan, 2], [0, -0.0, 0, 3]], background: [0, 1]) {
      $0[0] + ($0[1].isNaN ? 7 : 0) + $0[2]
    }
    #expect(game.varying(2) == [])
    #expect(game.varying(3) == [0, 1, 2])
    #expect(try game.exactValues([2]) == [0, 0, 0])
    for (a, b) in zip(try game.exactValues([3]), [4.0, -7, 3]) { #expect(isClose(a, b)) }
    let ignored = try Self.game([[1, 2, 1]], background: [0, 1], weights: [1, 0]) { $0[0] }
    #expect(ignored.varying(2) == [])
  }

  @Test func groupsMoveTogether() throws {
    let values = Self.random(4, 20, seed: 2)
    let game = try Self.game(values, background: [0, 1, 2], players: [[0, 2], [3], [1]]) {
      $0[0] * $0[2] + $0[1] * $0[3]
    }
    let found = try game.exactValues([7])
    let x = values.map { $0[7] }
    let mean = (0..<3).reduce(0) { $0 + values[0][$1] * values[2][$1] / 3 }
    #expect(isClose(found[0], x[0] * x[2] - mean))
    #expect(isClose(found.reduce(0, +), game.predictions[7] - game.baseValue))
  }

  static let manyWay: @Sendable ([Double]) -> Double = {
    $0.reduce(0, +) + 3 * $0[0] * $0[1] * $0[2] + exp($0[3] * $0[4] + $0[5] * $0[6])
  }

  @Test func sampledValuesAreNearTheExactOnes() throws {
    let game = try Self.game(Self.random(9, 60, seed: 3), background: Array(0..<8), Self.manyWay)
    let rows = Array(Int32(10)..<60)
    let exact = try game.exactValues(rows)
    let sampled = try game.sampledValues(rows, seed: 5, .single)
    var inside = 0
    var count = 0
    for (place, (a, b)) in zip(exact, sampled.values).enumerated() {
      let error = sampled.errors[place]
      #expect(abs(a - b) <= 6 * error + 1e-12)
      guard error > 1e-9 else { continue }
      count += 1
      inside += abs(a - b) <= 2 * error ? 1 : 0
    }
    #expect(count > 300)
    #expect(Double(inside) / Double(count) > 0.93)
    for (place, row) in rows.enumerated() {
      let own = sampled.values[place * 9..<place * 9 + 9].reduce(0, +)
      #expect(isClose(own, game.predictions[Int(row)] - game.baseValue, within: 1e-10))
    }
    // A row's values do not depend on its company.
    print("sampled values within 2 standard errors", Double(inside) / Double(count))
    let alone = try game.sampledValues([rows[7]], seed: 5, .single)
    #expect(alone.values == Array(sampled.values[63..<72]))
    #expect(try game.sampledValues([rows[7]], seed: 6, .single).values != alone.values)
  }

  @Test func pairsAreExactWhereTwoFeaturesInteract() throws {
    let game = try Self.game(Self.random(14, 20, seed: 4), background: [0, 1, 2, 3]) { x in
      (0..<13).reduce(x[13]) { $0 + x[$1] * x[$1 + 1] }
    }
    let found = try game.values([10, 11], seed: 1, .single)
    #expect(!found.isExact)
    #expect(found.errors.allSatisfy { $0 < 1e-12 })
    let exact = try game.exactValues([10])
    for (a, b) in zip(found.values, exact) { #expect(isClose(a, b, within: 1e-10)) }
  }

  @Test func enumerationStopsWhereItCostsTooMuch() throws {
    let game = try Self.game(Self.random(9, 60, seed: 3), background: Array(0..<8), Self.manyWay)
    #expect(try game.values([10, 11], seed: 5, .sample).isExact)
    let sampled = try game.values([10, 11], seed: 5, scoringLimit: 1000, .sample)
    #expect(!sampled.isExact && sampled.errors.contains { $0 > 0 })
  }

  @Test func moreErrorIsToldWhereLessWasDrawn() throws {
    let game = try Self.game(Self.random(9, 60, seed: 3), background: Array(0..<8), Self.manyWay)
    var effort = ShapleyGame.Effort(goal: .eachRow(share: 0), pairs: 8...512)
    let fine = try game.sampledValues([30], seed: 5, effort)
    effort.scoringLimit = 1
    let coarse = try game.sampledValues([30], seed: 5, effort)
    #expect(coarse.errors.reduce(0, +) > 2 * fine.errors.reduce(0, +))
  }
}

import Foundation
import TestSupport
import Testing

@testable import Statistics

struct WeightedMantelHaenszelTests {
  struct Row {
    var stratum: Int
    var isFirst: Bool
    var y: Double
    var weight: Double
  }

  private static func arm(_ rows: [Row]) -> WeightedMantelHaenszel.Arm {
    func sum(_ term: (Row) -> Double) -> Double { rows.reduce(0) { $0 + term($1) } }
    return WeightedMantelHaenszel.Arm(
      successes: sum { $0.weight * $0.y }, failures: sum { $0.weight * (1 - $0.y) },
      squaredSuccesses: sum { $0.weight * $0.weight * $0.y },
      squaredFailures: sum { $0.weight * $0.weight * (1 - $0.y) }, rows: rows.count)
  }

  private static func pooled(_ rows: [Row]) -> WeightedMantelHaenszel {
    let strata = Dictionary(grouping: rows, by: \.stratum).sorted { $0.key < $1.key }.map(\.value)
    return WeightedMantelHaenszel(
      strata.map { rows in
        WeightedMantelHaenszel.Stratum(arm(rows.filter(\.isFirst)), arm(rows.filter { !$0.isFirst }))
      })
  }

  /// Log odds (or log ratio) of sums over rows, each with its stratum's totals: nothing but the definition.
  private static func logarithm(_ rows: [Row], odds: Bool) -> Double {
    var (top, bottom) = (0.0, 0.0)
    for stratum in Set(rows.map(\.stratum)).sorted() {
      let own = rows.filter { $0.stratum == stratum }
      let total = own.reduce(0) { $0 + $1.weight }
      for first in own where first.isFirst {
        for second in own where !second.isFirst {
          let weight = first.weight * second.weight / total
          top += weight * first.y * (odds ? 1 - second.y : 1)
          bottom += weight * (odds ? 1 - first.y : 1) * second.y
        }
      }
    }
    return log(top / bottom)
  }

  /// Every row's share in the error, by moving its outcome a little: w·∂f/∂a·(y − p)/√(1 − h).
  @Test(arguments: [false, true])
  func `Errors by hand`(odds: Bool) throws {
    let rows = Self.sample(
      strata: 4, size: 15, KeyedRandom(seed: 5, key: "strata"), rates: [0.3, 0.6, 0.5, 0.2], factor: 1.3)
    var variance = 0.0
    for (index, row) in rows.enumerated() {
      let mates = rows.filter { $0.stratum == row.stratum && $0.isFirst == row.isFirst }
      let weight = mates.reduce(0) { $0 + $1.weight }
      let rate = mates.reduce(0) { $0 + $1.weight * $1.y } / weight
      var (up, down) = (rows, rows)
      up[index].y += 1e-5
      down[index].y -= 1e-5
      let slope = (Self.logarithm(up, odds: odds) - Self.logarithm(down, odds: odds)) / 2e-5
      let alike = mates.filter { $0.y == row.y }
      let pull =
        alike.reduce(0) { $0 + $1.weight * $1.weight } / alike.reduce(0) { $0 + $1.weight } / weight
      variance += slope * slope * (row.y - rate) * (row.y - rate) / (1 - pull)
    }
    let pooled = Self.pooled(rows)
    let limits = try #require(
      odds ? pooled.oddsRatioInterval(level: 0.95) : pooled.riskRatioInterval(level: 0.95))
    let value = Self.logarithm(rows, odds: odds)
    let half = 1.959963984540054 * variance.squareRoot()
    #expect(isClose(log(limits.lower), value - half, within: 1e-6))
    #expect(isClose(log(limits.upper), value + half, within: 1e-6))
  }

  /// With as many rows in both groups and all weights alike, the test of counts.
  @Test func `Weights that are alike`() throws {
    var rows = Self.sample(
      strata: 3, size: 40, KeyedRandom(seed: 9, key: "strata"), rates: [0.3, 0.6, 0.5], factor: 1.5)
    for index in rows.indices { rows[index].weight = 2.5 }
    let counts = MantelHaenszel(
      (0..<3).map { stratum in
        func sum(_ isFirst: Bool, _ term: (Row) -> Double) -> Double {
          rows.filter { $0.stratum == stratum && $0.isFirst == isFirst }.reduce(0) { $0 + term($1) }
        }
        return MantelHaenszel.Stratum(
          successes1: sum(true) { $0.y }, trials1: sum(true) { _ in 1 }, successes2: sum(false) { $0.y },
          trials2: sum(false) { _ in 1 })
      })
    let pooled = Self.pooled(rows)
    let (mine, theirs) = (try #require(pooled.test), try #require(counts.test()))
    #expect(isClose(mine.statistic, theirs.statistic, within: 1e-9))
    let odds = try #require(pooled.oddsRatioInterval(level: 0.95))
    let known = try #require(counts.oddsRatioInterval(level: 0.95))
    #expect(abs(log(odds.lower / known.lower)) < 0.05 && abs(log(odds.upper / known.upper)) < 0.05)
  }

  @Test func `Nothing to judge by`() {
    let rows = [
      Row(stratum: 0, isFirst: true, y: 1, weight: 2), Row(stratum: 0, isFirst: true, y: 1, weight: 1),
      Row(stratum: 0, isFirst: false, y: 1, weight: 3), Row(stratum: 1, isFirst: false, y: 0, weight: 3),
    ]
    let pooled = Self.pooled(rows)
    #expect(pooled.strata.count == 1 && pooled.test == nil)
    #expect(pooled.riskRatioInterval(level: 0.95) == nil && pooled.oddsRatioInterval(level: 0.95) == nil)
  }

  // MARK: By simulation

  /// Rows whose weights are spread, and larger where the outcome is 1: rates are of weights.
  private static func sample(
    strata: Int, size: Int, _ random: KeyedRandom, rates: [Double], factor: Double
  ) -> [Row] {
    var random = random
    return sample(strata: strata, size: size, &random, rates: rates, factor: factor)
  }

  private static func sample(
    strata: Int, size: Int, _ random: inout KeyedRandom, rates: [Double], factor: Double, isOdds: Bool = false
  ) -> [Row] {
    (0..<strata).flatMap { stratum in
      let second = rates[stratum % rates.count]
      let odds = factor * second / (1 - second)
      let first = isOdds ? odds / (1 + odds) : factor * second
      return (0..<2 * size).map { place in
        let rate = place % 2 == 0 ? first : second
        // Outcomes of 1 weigh twice as much: drawn less often by as much.
        let drawn = rate / 2 / (1 - rate / 2)
        let y = random.uniform() < drawn ? 1.0 : 0
        let spread = 0.5 + random.uniform() + (random.uniform() < 0.1 ? 2 : 0)
        return Row(stratum: stratum, isFirst: place % 2 == 0, y: y, weight: (1 + y) * spread)
      }
    }
  }

  /// Few strata of many rows, many of few, and pairs: 95 % intervals of a common ratio.
  @Test(
    arguments: [(3, 60, 1.0), (3, 60, 1.5), (20, 8, 1.0), (20, 8, 1.5), (300, 1, 1.0), (300, 1, 1.5)],
    [false, true])
  func `Coverage and size`(_ layout: (strata: Int, size: Int, factor: Double), odds: Bool) {
    var random = KeyedRandom(seed: 17, key: "strata")
    var (hits, found, rejected) = (0.0, 0.0, 0.0)
    for _ in 0..<1000 {
      let pooled = Self.pooled(
        Self.sample(
          strata: layout.strata, size: layout.size, &random, rates: [0.3, 0.5, 0.4], factor: layout.factor,
          isOdds: odds))
      if let p = pooled.test?.p, p < 0.05 { rejected += 1 }
      guard
        let limits = odds ? pooled.oddsRatioInterval(level: 0.95) : pooled.riskRatioInterval(level: 0.95)
      else { continue }
      found += 1
      if limits.lower <= layout.factor, layout.factor <= limits.upper { hits += 1 }
    }
    #expect(found > 990)
    #expect(hits / found > 0.915 && hits / found < 0.985, "\(hits / found)")
    if layout.factor == 1 {
      #expect(abs(rejected / 1000 - 0.05) < 0.022, "\(rejected / 1000)")
    } else {
      #expect(rejected > 100)
    }
  }
}

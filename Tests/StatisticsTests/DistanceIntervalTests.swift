import Foundation
import TestSupport
import Testing

@testable import Statistics

/// Distances that lie above 0 by chance alone.
struct DistanceIntervalTests {
  private static let normals: [Double] = (1...3999).map { Normal.quantile(Double($0) / 4000) }

  /// |d + z| with z standard normal: the folded normal, whose limits are known.
  private static func interval(_ observed: Double, rule: DistanceInterval.Rule = .inverted) throws
    -> DistanceInterval
  {
    try #require(
      DistanceInterval(observed, level: 0.95, rule: rule) { share in
        normals.map { abs(share * observed + $0) }
      })
  }

  @Test func `A far distance has normal limits`() throws {
    let found = try Self.interval(8)
    #expect(isClose(found.lower * 8, 8 - 1.96, within: 0.03))
    #expect(isClose(found.upper, 8 + 1.96, within: 0.03))
    #expect(isClose(found.p, 1 / 4000.0, within: 1e-12))
    // E|z| = √(2/π).
    #expect(isClose(found.chance, (2 / Double.pi).squareRoot(), within: 0.003))
  }

  @Test func `What chance shows may be 0`() throws {
    // P(|z| ≥ 1.9) = 0.0574: not rejected.
    let found = try Self.interval(1.9)
    #expect(found.lower == 0 && found.upper > 1.9)
    #expect(isClose(found.p, 0.0574, within: 0.002))
    // At 2.1 the test rejects at 0.05, and the tail of 0.025 still holds 0: P(|z| ≥ 2.1) = 0.0357.
    #expect(try Self.interval(2.1).lower == 0)
    #expect(try Self.interval(2.6).lower > 0)
    #expect(try Self.interval(0).lower == 0)
  }

  @Test func `A band takes off what chance reaches`() throws {
    let found = try Self.interval(5, rule: .band)
    #expect(isClose(found.lower * 5, 5 - 1.96, within: 0.01))
  }

  @Test func `Infinite draws only widen`() throws {
    let found = try #require(
      DistanceInterval(3, level: 0.95) { share in
        Self.normals.map { $0 > 1.7 ? .infinity : abs(3 * share + $0) }
      })
    #expect(found.lower == 0 && found.upper == .infinity)
  }

  @Test func `Cells vary as weights say`() {
    let (weights, squares) = ([40.0, 0, 9], [80.0, 0, 9])
    let noise = CellNoise(
      weights: weights, squares: squares, rows: 30, shape: [0.5, 0.25, 0.25], replicates: 20_000,
      random: KeyedRandom(seed: 3, key: "cells"))
    // One row of mean weight more, then all shrunk to the same sum.
    let row = 49.0 / 30
    let means = zip(weights, [0.5, 0.25, 0.25]).map { ($0 + row * $1) * 49 / (49 + row) }
    let scales = [2, 89.0 / 49, 1]
    for cell in 0..<3 {
      #expect(isClose(noise.means[cell], means[cell], within: 1e-12))
      let own = stride(from: cell, to: noise.draws.count, by: 3).map { Double(noise.draws[$0]) }
      let mean = own.reduce(0, +) / Double(own.count)
      let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count)
      #expect(abs(mean - means[cell]) < 5 * (means[cell] * scales[cell] / 20_000).squareRoot())
      #expect(isClose(variance, means[cell] * scales[cell], within: 0.06))
    }
  }

  @Test func `Norms of points`() {
    let points = PointNoise(observed: [1, -2, 0.5], widths: [1, 2, 4], noise: [0, 0, 0, 1, 1, -1])
    #expect(points.distance(.sum) == 7 && points.distance(.largest) == 2)
    #expect(points.distances(.sum, share: 1) == [7, 2 + 2 + 2])
    #expect(points.distances(.largest, share: 0) == [0, 1])
  }

  /// Rows exchanged one by one give the same p-value as classes dealt over the groups.
  @Test func `Exchanged shares are exchanged rows`() throws {
    let counts = [[12.0, 5, 8], [6, 12, 9], [9, 9, 3]]
    func spread(_ shares: [Double]) -> Double {
      (0..<3).reduce(0) { sum, place in
        let own = (0..<3).map { shares[3 * $0 + place] }
        return sum + (own.max() ?? 0) - (own.min() ?? 0)
      }
    }
    let noise = ShareNoise(
      counts: counts, sizes: nil, replicates: 8000, random: KeyedRandom(seed: 9, key: "shares"))
    let found = try #require(noise.interval(level: 0.95, spread))
    var random = SplitMix(seed: 4)
    var rows = counts.flatMap { own in own.enumerated().flatMap { Array(repeating: $0, count: Int($1)) } }
    let sizes = counts.map { Int($0.reduce(0, +)) }
    let observed = spread(noise.shares)
    var (beyond, sum) = (0, 0.0)
    for _ in 0..<8000 {
      for last in stride(from: rows.count - 1, to: 0, by: -1) {
        rows.swapAt(last, Int(random.next() % UInt64(last + 1)))
      }
      var (start, shares): (Int, [Double]) = (0, [])
      for size in sizes {
        let own = rows[start..<start + size]
        shares += (0..<3).map { place in Double(own.count { $0 == place }) / Double(size) }
        start += size
      }
      let drawn = spread(shares)
      if drawn >= observed - 1e-9 { beyond += 1 }
      sum += drawn
    }
    #expect(abs(found.p - Double(beyond) / 8000) < 0.02)
    #expect(isClose(found.chance, sum / 8000, within: 0.02))
  }
}

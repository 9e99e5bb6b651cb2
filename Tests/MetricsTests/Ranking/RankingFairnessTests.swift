import Foundation
import TestSupport
import Testing

@testable import Metrics

/// Fairness of whole lists, worked by hand from the papers' formulas.
struct RankingFairnessTests {
  let groups = [0, 0, 1, 0, 1, 1]
  let half = [0.5, 0.5]

  @Test func divergence() throws {
    // After 1 and 2 rows all of group 0: ln 2; after 3, (2/3, 1/3); 4, (3/4, 1/4); 5, (3/5, 2/5); 6, none.
    func divergence(_ p: Double) -> Double { p * log(2 * p) + (p < 1 ? (1 - p) * log(2 * (1 - p)) : 0) }
    let discounts = (2...7).map { 1 / log2(Double($0)) }
    let terms = [1, 1, 2.0 / 3, 0.75, 0.6, 0.5].map(divergence)
    let expected = zip(terms, discounts).reduce(0) { $0 + $1.0 * $1.1 } / discounts.reduce(0, +)
    #expect(isClose(try #require(RankingFairness.ndkl(groups: groups, desired: half)), expected))
    #expect(RankingFairness.ndkl(groups: [0, 0], desired: [1, 0]) == 0)
    #expect(RankingFairness.ndkl(groups: [0, 1], desired: [1, 0]) == nil)
    #expect(RankingFairness.ndkl(groups: [], desired: half) == nil)
  }

  @Test func skews() throws {
    let skews = RankingFairness.skews(groups: groups, desired: half, k: 4)
    #expect(isClose(try #require(skews[0]), log(1.5)))
    #expect(isClose(try #require(skews[1]), log(0.5)))
    #expect(RankingFairness.skews(groups: groups, desired: half, k: 2)[1] == nil)
  }

  @Test func exposure() throws {
    let exposures = RankingFairness.exposures(ranks: (1...6).map(Double.init))
    #expect(exposures[0] == 1 && isClose(exposures[2], 0.5))
    let first = exposures[0] + exposures[1] + exposures[3]
    let share = first / exposures.reduce(0, +)
    let awrf = try #require(RankingFairness.awrf(exposures: exposures, groups: groups, target: half))
    #expect(isClose(awrf, 1 - abs(share - 0.5)))
    let ratio = RankingFairness.exposureRatio(exposures: exposures, groups: groups, of: 1, to: 0)
    #expect(isClose(try #require(ratio), (exposures.reduce(0, +) - first) / first))
    let treatment = RankingFairness.exposureRatio(
      exposures: exposures, groups: groups, merits: [2, 1, 1, 1, 0.5, 0.5], of: 1, to: 0)
    #expect(isClose(try #require(treatment), (exposures.reduce(0, +) - first) / first * 2))
    #expect(RankingFairness.exposureRatio(exposures: exposures, groups: groups, of: 0, to: 2) == nil)
  }

  /// Means over queries against each query's own shares; one query of a single group is perfectly fair.
  @Test func overQueries() throws {
    let observations = RankedObservations(
      relevance: [Double](repeating: 1, count: 8), scores: [6, 5, 4, 3, 2, 1, 2, 1],
      queries: [0, 0, 0, 0, 0, 0, 1, 1], queryCount: 3)
    let found = RankingFairness.overQueries(observations, groups: groups + [1, 1], groupCount: 2)
    let ndkl = try #require(RankingFairness.ndkl(groups: groups, desired: half))
    #expect(found.ndkl.values.count == 2 && found.ndkl.values[1] == 0 && found.ndkl.chances[1] == 0)
    #expect(isClose(found.ndkl.values[0], ndkl))
    let exposures = RankingFairness.exposures(ranks: (1...6).map(Double.init))
    let awrf = try #require(RankingFairness.awrf(exposures: exposures, groups: groups, target: half))
    #expect(isClose(found.unfairness.values[0], 1 - awrf) && found.unfairness.values[1] == 0)
  }

  /// All orders of a short list, written out.
  @Test func ordersThatKnowNothing() throws {
    let codes = [0, 0, 0, 1, 1, 2, 2]
    let desired = [3.0 / 7, 2.0 / 7, 2.0 / 7]
    let exposures = RankingFairness.exposures(ranks: (1...7).map(Double.init))
    var (divergence, unfairness, orders) = (0.0, 0.0, 0.0)
    func visit(_ left: [Int], _ order: [Int]) throws {
      guard !left.isEmpty else {
        divergence += try #require(RankingFairness.ndkl(groups: order, desired: desired))
        unfairness +=
          1 - (try #require(RankingFairness.awrf(exposures: exposures, groups: order, target: desired)))
        orders += 1
        return
      }
      for place in left.indices {
        var rest = left
        let next = rest.remove(at: place)
        try visit(rest, order + [next])
      }
    }
    try visit(codes, [])
    let found = RankingFairness.overQueries(
      RankedObservations(
        relevance: [Double](repeating: 1, count: 7), scores: (0..<7).map { -Double($0) },
        queries: [UInt32](repeating: 0, count: 7), queryCount: 1), groups: codes, groupCount: 3)
    #expect(orders == 5040)
    #expect(isClose(found.ndkl.chances[0], divergence / orders, within: 1e-12))
    // A bound: no less, and not by much.
    #expect(found.unfairness.chances[0] >= unfairness / orders)
    #expect(found.unfairness.chances[0] < 1.4 * unfairness / orders)
  }
}

import Foundation
import TestSupport
import Testing

@testable import Statistics

struct WeightedAreaPermutationTests {
  private static func test(_ replicates: Int, _ seed: UInt64) -> StudentizedPermutation {
    StudentizedPermutation(replicates: replicates, random: KeyedRandom(seed: seed, key: "weighted areas"))
  }

  /// The walk over all groups against all pairs of each group: area, DeLong's components and their spread.
  @Test(arguments: [UInt64(1), 2, 3])
  func theWalkIsThatOfAllPairs(seed: UInt64) throws {
    var random = KeyedRandom(seed: seed, key: "rows")
    let scores = (0..<80).map { _ in Double(random.integer(below: 20)) }.sorted()
    let labels = (0..<80).map { $0 < 12 ? UInt8($0 % 2) : UInt8(random.integer(below: 2)) }
    let groups = (0..<80).map { $0 < 12 ? Int32($0 / 6) : Int32(random.integer(below: 2)) }
    let weights = (0..<80).map { _ in 0.25 + 3 * random.uniform() }
    let walk = WeightedAreaWalk(scores: scores, labels: labels, weights: weights)
    let found = try #require(walk.estimates(groups, live: [true, true], pair: 0.2))
    for group in 0..<2 {
      func rows(_ label: UInt8) -> [Int] {
        scores.indices.filter { labels[$0] == label && groups[$0] == Int32(group) }
      }
      let (positives, negatives) = (rows(1), rows(0))
      func total(_ rows: [Int]) -> Double { rows.reduce(0) { $0 + weights[$1] } }
      func order(_ p: Int, _ n: Int) -> Double {
        scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0
      }
      let first = positives.map { p in
        negatives.reduce(0) { $0 + weights[$1] * order(p, $1) } / total(negatives)
      }
      let second = negatives.map { n in
        positives.reduce(0) { $0 + weights[$1] * order($1, n) } / total(positives)
      }
      let area = zip(positives, first).reduce(0) { $0 + weights[$1.0] * $1.1 } / total(positives)
      func variance(_ rows: [Int], _ parts: [Double]) -> Double {
        zip(rows, parts).reduce(0) { $0 + pow(weights[$1.0] * ($1.1 - area), 2) } / pow(total(rows), 2)
      }
      func size(_ rows: [Int]) -> Double { pow(total(rows), 2) / rows.reduce(0) { $0 + pow(weights[$1], 2) } }
      #expect(isClose(found[group].value, area, within: 1e-12))
      let expected =
        variance(positives, first) + variance(negatives, second) + 0.2 / (size(positives) * size(negatives))
      #expect(isClose(found[group].variance, expected, within: 1e-10))
    }
  }

  /// Groups that are alike and whose weights are widely spread: small p-values are as frequent as they say. A gap is found.
  @Test func sizeAndPower() throws {
    var random = KeyedRandom(seed: 8, key: "samples")
    func p(shift: (Int) -> Double) throws -> Double {
      let labels = (0..<120).map { _ in UInt8(random.uniform() < 0.4 ? 1 : 0) }
      let groups = (0..<120).map { Int32($0 % 3) }
      let scores = labels.indices.map { random.normal() + Double(labels[$0]) * shift($0 % 3) }
      let weights = labels.map { _ in exp(random.normal()) }
      return try #require(
        Self.test(99, 4).areas(scores, labels: labels, weights: weights, groups: groups, groupCount: 3)
      ).p
    }
    var small = 0
    for _ in 0..<300 where try p(shift: { _ in 1 }) <= 0.05 { small += 1 }
    #expect(small >= 4 && small <= 28, "\(small) of 300")
    var found = 0
    for _ in 0..<50 where try p(shift: { $0 == 0 ? 4 : 0 }) <= 0.05 { found += 1 }
    #expect(found > 40)
  }

  /// The order of rows is no part of the question.
  @Test func orderOfRows() throws {
    var random = KeyedRandom(seed: 3, key: "order")
    var rows = (0..<40).map { row in
      (
        score: Double(random.integer(below: 9)), label: UInt8(random.integer(below: 2)),
        group: Int32(row % 2),
        weight: Double(1 + random.integer(below: 4))
      )
    }
    func p() -> Double? {
      Self.test(99, 2).areas(
        rows.map(\.score), labels: rows.map(\.label), weights: rows.map(\.weight), groups: rows.map(\.group),
        groupCount: 2)?.p
    }
    let first = try #require(p())
    rows.reverse()
    #expect(p() == first)
    #expect(
      Self.test(9, 1).areas(
        [1, 2, 3], labels: [0, 1, 1], weights: [1, 1, 1], groups: [0, 0, 1], groupCount: 2)
        == nil)
  }
}

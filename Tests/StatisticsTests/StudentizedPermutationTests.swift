import TestSupport
import Testing

@testable import Statistics

@Suite struct StudentizedPermutationTests {
  private static func test(_ replicates: Int, _ seed: UInt64) -> StudentizedPermutation {
    StudentizedPermutation(replicates: replicates, random: KeyedRandom(seed: seed, key: "permutations"))
  }

  /// With few rows every split can be visited: the Monte-Carlo p-value lies near its share.
  @Test func meansApproachTheExactTest() throws {
    let values = [1.0, 4, 2, 8, 5, 7, 1, 3]
    let groups: [Int32] = [0, 0, 0, 0, 1, 1, 1, 1]
    let found = try #require(Self.test(6_000, 1).means(values, groups: groups, groupCount: 2))
    func statistic(_ codes: [Int]) -> Double {
      let parts = (0..<2).map { g in codes.indices.filter { codes[$0] == g }.map { values[$0] } }
      let mean = values.reduce(0, +) / 8
      let pooled = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8
      let estimates = parts.map { part -> (Double, Double) in
        let own = part.reduce(0, +) / 4
        return (own, (part.reduce(0) { $0 + ($1 - own) * ($1 - own) } + pooled) / 16)
      }
      let gap = estimates[0].0 - estimates[1].0
      return gap * gap / (estimates[0].1 + estimates[1].1)
    }
    #expect(isClose(found.statistic, statistic([0, 0, 0, 0, 1, 1, 1, 1])))
    var (far, all) = (0, 0)
    for set in 0..<256 where set.nonzeroBitCount == 4 {
      all += 1
      if statistic((0..<8).map { set >> $0 & 1 }) >= found.statistic - 1e-12 { far += 1 }
    }
    let exact = Double(far) / Double(all)
    #expect(abs(found.p - exact) < 4 * (exact * (1 - exact) / 6_000).squareRoot() + 1e-4)
  }

  @Test func theOrderOfRowsDoesNotMatter() throws {
    var random = SplitMix(seed: 7)
    let rows = (0..<60).map { row -> (Double, Double, Int32, UInt8) in
      (
        Double(Int.random(in: 0..<9, using: &random)), Double(Int.random(in: 1..<4, using: &random)),
        Int32(row % 3), UInt8(row / 3 % 2)
      )
    }
    let turned = rows.shuffled(using: &random)
    let means = [rows, turned].map { rows in
      Self.test(99, 2).means(rows.map(\.0), weights: rows.map(\.1), groups: rows.map(\.2), groupCount: 3)
    }
    #expect(means[0] == means[1] && means[0] != nil)
    let areas = [rows, turned].map { rows in
      Self.test(99, 2).areas(rows.map(\.0), labels: rows.map(\.3), groups: rows.map(\.2), groupCount: 3)
    }
    #expect(areas[0] == areas[1] && areas[0] != nil)
    #expect(try #require(means[0]).undefined == 0)
  }

  /// The walk over all groups against one `ROCArea` a group.
  @Test(arguments: [UInt64(1), 2, 3])
  func theWalkIsDeLongs(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let scores = (0..<90).map { _ in Double(Int.random(in: 0..<25, using: &random)) }.sorted()
    let labels = (0..<90).map { $0 < 6 ? UInt8($0 % 2) : UInt8(Int.random(in: 0...1, using: &random)) }
    let groups = (0..<90).map { $0 < 12 ? Int32($0 / 4) : Int32(Int.random(in: 0..<3, using: &random)) }
    let size = { (label: UInt8, group: Int32) in
      Double(scores.indices.count { labels[$0] == label && groups[$0] == group })
    }
    let walk = AreaWalk(
      scores: scores, labels: labels, positives: (0..<3).map { size(1, $0) },
      negatives: (0..<3).map { size(0, $0) })
    let found = walk.estimates(groups, live: [true, true, true], pair: 0)
    for group in 0..<3 {
      let rows = scores.indices.filter { groups[$0] == Int32(group) }
      let area = try #require(ROCArea(rows.map { scores[$0] }, labels: rows.map { labels[$0] }))
      #expect(isClose(found[group].value, area.value))
      #expect(isClose(found[group].variance, try #require(area.variance()), within: 1e-12))
    }
  }

  /// Equal means, but the small group varies five times as much: the plain permutation test would reject several times too often
  /// (Chung & Romano 2013), this one about as often as it says.
  @Test func unlikeSpreadKeepsTheLevel() throws {
    var (rejected, plain) = (0, 0)
    let runs = 300
    for run in 0..<runs {
      var random = KeyedRandom(seed: UInt64(run), key: "spread")
      let values = (0..<120).map { $0 < 20 ? 5 * random.normal() : random.normal() }
      let groups = (0..<120).map { Int32($0 < 20 ? 0 : 1) }
      let found = try #require(Self.test(99, UInt64(run)).means(values, groups: groups, groupCount: 2))
      if found.p <= 0.05 { rejected += 1 }
      let gap = { (codes: [Int32]) -> [StudentizedPermutation.GroupEstimate]? in
        let sums = values.indices.reduce(into: [0.0, 0]) { $0[Int(codes[$1])] += values[$1] }
        return [(sums[0] / 20, 1), (sums[1] / 100, 1)]
      }
      if let other = Self.test(99, UInt64(run)).test(groups: groups, estimate: gap), other.p <= 0.05 {
        plain += 1
      }
    }
    #expect(rejected < 30, "\(rejected)")
    #expect(plain > 48, "\(plain)")
  }

  @Test func groupsThatDifferAreFound() throws {
    var random = KeyedRandom(seed: 5, key: "apart")
    let values = (0..<90).map { Double($0 / 30) * 0.8 + random.normal() }
    let groups = (0..<90).map { Int32($0 / 30) }
    #expect(try #require(Self.test(499, 1).means(values, groups: groups, groupCount: 3)).p < 0.02)
    let labels = (0..<90).map { UInt8($0 % 2) }
    let scores = (0..<90).map { $0 / 30 == 0 ? random.normal() : random.normal() + 3 * Double($0 % 2) }
    #expect(
      try #require(Self.test(499, 1).areas(scores, labels: labels, groups: groups, groupCount: 3)).p < 0.02)
  }

  /// Within strata that are groups, nothing can change places.
  @Test func strataHoldGroupsApart() throws {
    let values = [1.0, 2, 3, 7, 8, 9]
    let codes: [Int32] = [0, 0, 0, 1, 1, 1]
    let held = try #require(Self.test(50, 1).means(values, groups: codes, groupCount: 2, strata: codes))
    #expect(held.p == 1)
    let free = try #require(Self.test(50, 1).means(values, groups: codes, groupCount: 2))
    #expect(free.p < 0.5 && free.statistic == held.statistic)
  }

  @Test func edges() throws {
    let test = Self.test(19, 1)
    #expect(test.means([1, 1, 1], groups: [0, 0, 1], groupCount: 2) == nil)
    #expect(test.means([1, 2, 3], groups: [0, 0, 0], groupCount: 2) == nil)
    #expect(test.means([1, 2], weights: [0, 0], groups: [0, 1], groupCount: 2) == nil)
    #expect(test.areas([1, 2, 3], labels: [0, 1, 1], groups: [0, 0, 1], groupCount: 2) == nil)
    // A group whose rows are all alike still has a variance.
    let flat = try #require(test.means([0, 0, 0, 1, 0, 1], groups: [0, 0, 0, 1, 1, 1], groupCount: 2))
    #expect(flat.statistic.isFinite && flat.p > 0.05)
  }
}

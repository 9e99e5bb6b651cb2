import Results
import Statistics
import TestSupport
import Testing

@testable import Metrics

struct UnitPermutationTests {
  private static func metric(_ decisions: [UInt8]) throws -> any RowMetric {
    try #require(
      try BinaryRowMetrics.metric(
        named: "selection_rate",
        BinaryRowObservations(
          labels: decisions.map { _ in 0 }, decisions: decisions, scores: nil, scoresAreProbabilities: false,
          weights: nil, baselineDecisions: nil, baselineScores: nil, hasLabel: false)))
  }

  private static func test(_ units: [UInt32]) -> UnitPermutation {
    UnitPermutation(RowEstimator(level: 0.95, units: units), seed: 5)
  }

  /// Ten rows a unit that all end alike: whole units are dealt out, so that three of three against none of three happens in two of
  /// twenty ways, whatever the number of rows.
  @Test func unitsStayTogether() throws {
    let units = (0..<60).map { UInt32($0 / 10) }
    let metric = try Self.metric(units.map { $0 < 3 ? 1 : 0 })
    let groups = [Array(UInt32(0)..<30), Array(UInt32(30)..<60)]
    let p = try #require(Self.test(units).p(metric, groups: groups, key: "k"))
    #expect(abs(p - 0.1) < 0.025, "\(p)")
  }

  /// 20 units of about five rows a group, ten groups, whose rows go together: Cochran's Q rejects one sample in seven.
  @Test func size() throws {
    let random = KeyedRandom(seed: 6, key: "units")
    var small = 0
    for run in 0..<60 {
      var stream = random.stream(UInt64(run))
      var (units, decisions): ([UInt32], [UInt8]) = ([], [])
      for unit in 0..<200 {
        let own = stream.normal()
        for _ in 0..<5 {
          units.append(UInt32(unit))
          decisions.append(own + 0.5 * stream.normal() > 0.3 ? 1 : 0)
        }
      }
      let groups: [[UInt32]] = (0..<10).map { group in
        let first = UInt32(100 * group)
        return Array(first..<first + 100)
      }
      let metric = try Self.metric(decisions)
      let p = try #require(Self.test(units).p(metric, groups: groups, key: "\(run)"))
      if p <= 0.05 { small += 1 }
    }
    #expect(small <= 9, "\(small) of 60")
  }

  /// Where every unit has rows of both groups, as a query has, rows change places within their unit: a group that is always the one
  /// selected of two is no accident.
  @Test func rowsWithinUnits() throws {
    let units = (0..<24).map { UInt32($0 / 2) }
    let metric = try Self.metric((0..<24).map { $0 % 2 == 0 ? 1 : 0 })
    let groups: [[UInt32]] = [0, 1].map { first in (0..<12).map { UInt32(2 * $0 + first) } }
    #expect(try #require(Self.test(units).p(metric, groups: groups, key: "k")) < 0.01)
    // One unit in two groups is neither the one thing nor the other.
    var mixed = (0..<24).map { UInt32(100 + $0) }
    mixed[1] = mixed[0]
    #expect(Self.test(mixed).p(metric, groups: groups, key: "k") == nil)
  }
}

import Metrics
import Results
import Statistics
import TestSupport
import Testing

@testable import Gate

/// How verdicts are put together.
@Suite struct LogicNumbersTests {
  /// Against the best a higher TPR and a lower FPR are better: each has a bound of its own, which must not be
  /// applied to the other.
  @Test func theHardestRateIsHeldToItsOwnBound() throws {
    var random = SplitMix(seed: 3)
    for _ in 0..<60 {
      let groups = (0..<2).map { _ in
        let (p, n) = (Int.random(in: 40...400, using: &random), Int.random(in: 40...400, using: &random))
        let (tp, fp) = (Int.random(in: p / 2...p, using: &random), Int.random(in: 0...n / 3, using: &random))
        return [tp, fp, p - tp, n - fp]
      }
      let data = NumbersFixture.evaluation(groups)
      func within(_ gap: String) throws -> [Double] {
        try NumbersFixture.judge(data, "gap: '\(gap)', comparison: 'to_best', max: 0.2").checks[0].items.map {
          $0.pWithin ?? -1
        }
      }
      let both = try within("equalized_odds")
      let (hits, alarms) = (try within("tpr"), try within("fpr"))
      for index in both.indices {
        #expect(isClose(both[index], max(hits[index], alarms[index]), within: 1e-12), "\(groups)")
      }
    }
  }

  /// With min alone nothing was asked of the false positive rate, whose best is the lowest.
  @Test func oddsRatiosAgainstTheBestNeedBothBounds() throws {
    let data = NumbersFixture.evaluation([[900, 100, 100, 900], [900, 400, 100, 600]])
    #expect(throws: Failure.self) {
      try NumbersFixture.judge(data, "gap: 'equalized_odds', kind: 'ratio', comparison: 'to_best', min: 0.8")
    }
    let found = try NumbersFixture.judge(
      data, "gap: 'equalized_odds', kind: 'ratio', comparison: 'to_best', tau: 0.8")
    #expect(found.verdict == .fail)
  }

  /// The best of one rate is another group than the best of the other: every group is still judged by itself.
  @Test func changesOfOddsAgainstTheBestKeepTheirGroups() throws {
    let data = NumbersFixture.evaluation([
      [950, 300, 50, 700], [800, 100, 200, 900], [850, 200, 150, 800],
    ])
    let found = try NumbersFixture.judge(
      data, "gap: 'equalized_odds', comparison: 'to_best', change: { max: 0.1 }", baseline: data)
    #expect(found.checks[0].items.map(\.slice) == ["g=0", "g=1", "g=2"])
    #expect(found.checks[0].items.allSatisfy { $0.value == 0 })
  }

  @Test func theBestThenMayBeAnotherThanNow() throws {
    let then = NumbersFixture.selection([(500, 1000), (400, 1000), (300, 1000)])
    let now = NumbersFixture.selection([(400, 1000), (520, 1000), (300, 1000)])
    let items = try NumbersFixture.judge(
      now, "gap: 'demographic_parity', comparison: 'to_best', change: { max: 0.05 }", baseline: then
    ).checks[0].items
    let expected = [0.12 - 0, 0 - 0.1, 0.22 - 0.2]
    for (item, value) in zip(items, expected) { #expect(isClose(item.value ?? 9, value, within: 1e-12)) }
    #expect(items[0].reference == "g=1")
  }

  @Test func aReferenceBelowTheMinimumDecidesNoChange() throws {
    let data = NumbersFixture.selection([(10, 20), (5000, 10_000)])
    let found = try NumbersFixture.judge(
      data,
      "gap: 'demographic_parity', comparison: 'to_reference', reference: '0', change: { max: 0.9 }, minimum_n: 100",
      baseline: data)
    #expect(found.verdict == .inconclusive)
    #expect(
      found.checks[0].items.contains { $0.reason == "reference: 20 rows, below the minimum of 100" },
      "\(found.checks[0].items.map(\.reason))")
  }

  /// A group that could have been the best, and is too small to say, is told about even where it is not asked for.
  @Test func rivalsThatCannotBeJudgedAreListed() throws {
    let data = NumbersFixture.selection([(5000, 10_000), (5010, 10_000), (9, 10)])
    let found = try GateFixture.judge(
      data,
      "{ checks: [{ id: 'x', gap: 'demographic_parity', comparison: 'to_best', slices: 'g=0', max: 0.1, minimum_n: 100 }] }"
    ).checks[0]
    #expect(found.items.map(\.slice) == ["g=0"])
    #expect(found.excluded == [Gap.Exclusion(group: "g=2", reason: "10 rows, below the minimum of 100")])
  }

  /// "At most two may break it" holds each group to a third of α, so that of three breaches none is overlooked.
  @Test func groupsThatAreCountedAreHeldToMore() throws {
    let data = NumbersFixture.selection([(359, 1000), (900, 1000), (900, 1000)])
    let base = "metric: 'selection_rate', min: 0.33"
    let alone = try NumbersFixture.judge(data, base).checks[0].items[0]
    let p = try #require(alone.pWithin)
    #expect(p > 0.05 / 3 && p <= 0.05 && alone.verdict == .pass)
    let counted = try NumbersFixture.judge(data, "\(base), max_groups: 2").checks[0]
    #expect(counted.items.map(\.verdict) == [.inconclusive, .pass, .pass])
    #expect(counted.verdict == .pass)
    #expect(isClose(counted.items[1].limitAlpha ?? 0, 0.05 / 3))
    let strict = try NumbersFixture.judge(data, "\(base), max_groups: 0").checks[0]
    #expect(strict.verdict == .pass)
  }

  /// The count would have been exceeded without the waiver: that is shown.
  @Test func aCountThatNeedsAWaiverIsWaived() throws {
    let data = NumbersFixture.selection([(100, 1000), (110, 1000), (900, 1000)])
    func verdict(_ allowed: Int) throws -> Verdict {
      try GateFixture.judge(
        data,
        "{ checks: [{ id: 'x', metric: 'selection_rate', slices: 'g', min: 0.3, max_groups: \(allowed) }] }",
        waivers: """
          { waivers: [{ check: 'x', slice: 'g=0', accepted: 0.05, owner: 'a', reason: 'b',
            created: '2026-02-01', expires: '2026-04-01' }] }
          """
      ).checks[0].verdict
    }
    #expect(try verdict(1) == .waived)
    #expect(try verdict(2) == .pass)
    #expect(try verdict(0) == .fail)
  }

  @Test(arguments: [
    ("metric: 'selection_rate', min: 0.3, evidence: 'point'", true),
    ("metric: 'selection_rate', max: 0.3, evidence: 'point'", true),
    ("metric: 'selection_rate', min: 0.3000001, evidence: 'point'", false),
    ("metric: 'predicted_positives', min: 300", true), ("metric: 'predicted_positives', min: 301", false),
  ])
  func valuesOnTheBoundAreWithin(check: String, passes: Bool) throws {
    var data = NumbersFixture.selection([(300, 1000)])
    data = GateFixture.adding(.predictedPositives, [(300, nil), (300, nil)], to: data)
    #expect(try NumbersFixture.judge(data, check).verdict == (passes ? .pass : .fail))
  }

  /// Among many small groups the large one that leads is not the one whose limit lies furthest out.
  @Test func theHardestRivalAmongManyIsFound() throws {
    let small = (0..<60).map { _ in (k: 21, n: 70) }
    let data = NumbersFixture.selection(small + [(k: 39_500, n: 100_000)])
    let items = try NumbersFixture.judge(
      data, "gap: 'demographic_parity', comparison: 'to_best', max: 0.15"
    ).checks[0].items
    let numbers = Numbers(data)
    let sides = (1...61).map { numbers.side($0, Metric(.selectionRate)) }
    let oracle = sides.dropFirst().compactMap {
      numbers.tails(Metric(.selectionRate), sides[0], $0, .difference)?(-0.15).greater
    }.max()
    #expect(isClose(items[0].pWithin ?? -1, oracle ?? -2, within: 1e-12))
  }
}

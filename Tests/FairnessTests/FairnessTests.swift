import Foundation
import Metrics
import Results
import Slicing
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// Groups and gaps from tables of counts.
enum Table {
  static let bootstrap = CellBootstrap(replicates: 1000, seed: 1, isWeighted: false)

  static func side(_ name: String, _ slice: Int?, _ counts: OutcomeCounts, level: Double = 0.95) -> Side {
    let estimator = SliceEstimator(level: level, bootstrap: bootstrap)
    let metrics = BinaryMetric.allCases.filter { !$0.needsScore }
    return Side(
      name: name, slice: slice, tally: SliceTally(counts: counts), metrics: metrics, estimator: estimator,
      key: name)
  }

  /// Counts as (tp, fp, fn, tn).
  static func family(_ groups: [(String, [Int])], reference: Int? = nil) -> GapFinder.Family {
    func counts(_ cells: [Int]) -> OutcomeCounts {
      OutcomeCounts(
        truePositives: cells[0], falsePositives: cells[1], falseNegatives: cells[2],
        trueNegatives: cells[3])
    }
    let sides = groups.enumerated().map { side($1.0, $0 + 1, counts($1.1)) }
    let all = (0..<4).map { cell in groups.reduce(0) { $0 + $1.1[cell] } }
    let complements = groups.map { name, cells in
      side("rows outside " + name, nil, counts((0..<4).map { all[$0] - cells[$0] }))
    }
    return GapFinder.Family(
      index: 1, groups: sides, overall: side("overall", 0, counts(all)), reference: reference,
      complements: complements)
  }

  static func gaps(
    _ family: GapFinder.Family, _ names: [String], _ comparisons: [Gap.Comparison]
  ) -> [Gap] {
    GapFinder(
      level: 0.95, definitions: names.compactMap { GapDefinition(named: $0) }, comparisons: comparisons,
      bootstrap: bootstrap
    ) { _, _ in nil }.gaps(of: family)
  }
}

/// ProPublica's COMPAS two-year table; expected values: fairlearn 0.15.0 on the same rows and Aequitas'
/// published audit (Caucasian as the reference).
struct CompasGapTests {
  static let race = [
    ("African-American", [1369, 805, 532, 990]), ("Asian", [6, 2, 3, 21]),
    ("Caucasian", [505, 349, 461, 1139]), ("Hispanic", [103, 87, 129, 318]),
    ("Native American", [9, 3, 1, 5]), ("Other", [43, 36, 90, 208]),
  ]

  @Test(arguments: [
    ("demographic_parity", 0.4571175950, 0.3143236074), ("equal_opportunity", 0.5766917293, 0.3592314119),
    ("equalized_odds", 0.5766917293, 0.1938968404),
  ])
  func betweenGroups(id: String, difference: Double, ratio: Double) {
    let gaps = Table.gaps(Table.family(Self.race), [id], [.betweenGroups])
    #expect(abs((gaps[0].estimate.value ?? .nan) - difference) < 1e-9)
    #expect(abs((gaps[1].estimate.value ?? .nan) - ratio) < 1e-9)
    #expect(gaps.allSatisfy { $0.estimate.status == .ok && $0.pValue != nil })
  }

  @Test(arguments: [
    ("demographic_parity", 0.2502513165, 0.4557392230), ("equal_opportunity", 0.3026529720, 0.5164988639),
    ("equalized_odds", 0.3026529720, 0.2688055348),
  ])
  func toOverall(id: String, difference: Double, ratio: Double) {
    let gaps = Table.gaps(Table.family(Self.race), [id], [.toOverall])
    let differences = gaps.filter { $0.kind == .difference }.compactMap(\.estimate.value)
    let ratios = gaps.filter { $0.kind == .ratio }.compactMap(\.estimate.value)
    #expect(abs((differences.map(abs).max() ?? .nan) - difference) < 1e-9)
    // fairlearn takes min(r, 1 / r) over groups.
    #expect(abs((ratios.map { min($0, 1 / $0) }.min() ?? .nan) - ratio) < 1e-9)
  }

  /// Ratios, Newcombe interval and score test of the false positive rate (the published test has the
  /// wrong denominator: FAIRNESS §2.3).
  @Test func againstCaucasian() throws {
    let gaps = Table.gaps(Table.family(Self.race, reference: 2), ["fpr"], [.toReference])
    let difference = try #require(gaps.first { $0.kind == .difference && $0.group == 1 })
    #expect(difference.reference == 3)
    #expect(isClose(difference.estimate.lower ?? .nan, 0.18205318232698947, within: 1e-9))
    #expect(isClose(difference.estimate.upper ?? .nan, 0.24502334032690656, within: 1e-9))
    let p = try #require(difference.pValue)
    #expect(abs(p / 2.1134897e-37 - 1) < 1e-6)
    #expect(difference.test == "two-proportion score test")
    let ratios = gaps.filter { $0.kind == .ratio }.compactMap(\.estimate.value)
    let published = [1.912093, 0.370749, 0.915887, 1.598854, 0.629057]
    for (found, expected) in zip(ratios, published) { #expect(abs(found - expected) < 1e-6) }
    // Eight Native American negatives are no case for a normal test.
    #expect(gaps.first { $0.group == 5 }?.test == "Fisher's exact test")
  }

  @Test func aGapNamesItsGroups() throws {
    let gaps = Table.gaps(Table.family(Self.race), ["equalized_odds"], [.betweenGroups])
    #expect(gaps[0].component == "true_positive_rate")
    #expect(gaps[0].group == 5)
    #expect(gaps[0].reference == 6)
    #expect(gaps[1].component == "false_positive_rate")
  }
}

/// The contract at the edges (FAIRNESS §9).
struct EdgeRuleTests {
  @Test func groupsWithoutPositivesAreLeftOutByName() throws {
    let family = Table.family([
      ("a", [5, 1, 5, 9]), ("b", [0, 2, 0, 8]), ("c", [3, 1, 9, 7]), ("d", [0, 0, 0, 0]),
    ])
    let gap = try #require(Table.gaps(family, ["equal_opportunity"], [.betweenGroups]).first)
    #expect(gap.estimate.status == .ok)
    #expect(
      gap.excluded == [
        .init(group: "b", reason: "no positives"), .init(group: "d", reason: "no rows"),
      ])
    #expect(isClose(gap.estimate.value ?? .nan, 0.25))
  }

  @Test func aSingleGroupHasNoGap() throws {
    let gap = try #require(
      Table.gaps(Table.family([("a", [5, 1, 5, 9])]), ["accuracy"], [.betweenGroups]).first)
    #expect(gap.estimate.status == .undefined)
    #expect(gap.estimate.value == nil)
  }

  @Test func ratiosOfZero() throws {
    let family = Table.family(
      [("a", [0, 0, 5, 9]), ("b", [3, 2, 4, 8]), ("c", [0, 0, 4, 8])], reference: 0)
    let gaps = Table.gaps(family, ["demographic_parity"], [.toReference]).filter { $0.kind == .ratio }
    #expect(gaps[0].estimate.value == .infinity)
    #expect((gaps[0].estimate.lower ?? 0) > 0 && gaps[0].estimate.upper == .infinity)
    #expect(gaps[1].estimate.status == .undefined)
    #expect(gaps[1].estimate.reason == "0 / 0")
  }

  /// No interval collapses because a cell is empty.
  @Test func perfectGroupsStillHaveWidth() {
    let family = Table.family([("a", [5, 0, 0, 5]), ("b", [30, 0, 0, 30])], reference: 1)
    let ids = ["accuracy", "equal_opportunity", "equalized_odds", "false_positive_rate", "f1"]
    for gap in Table.gaps(family, ids, [.betweenGroups, .toOverall, .toReference, .toComplement]) {
      guard let lower = gap.estimate.lower, let upper = gap.estimate.upper else { continue }
      #expect(lower < upper, "\(gap.metric) \(gap.comparison) \(gap.kind)")
    }
  }

  /// The whole contains the group: the difference to overall is (1 − f) times that to the rest.
  @Test func theOverlapIsAccountedFor() throws {
    let family = Table.family(CompasGapTests.race)
    let whole = Table.gaps(family, ["accuracy"], [.toOverall]).filter { $0.kind == .difference }
    let rest = Table.gaps(family, ["accuracy"], [.toComplement]).filter { $0.kind == .difference }
    for (a, b) in zip(whole, rest) {
      let group = family.groups[(a.group ?? 0) - 1].tally?.counts.rowCount ?? 0
      let outside = 1 - Double(group) / 7214
      #expect(isClose(a.estimate.value ?? .nan, outside * (b.estimate.value ?? .nan)))
      #expect(isClose(a.estimate.lower ?? .nan, outside * (b.estimate.lower ?? .nan)))
      #expect(a.pValue == b.pValue)
    }
  }

  @Test func ratiosToOverallFollowTheRest() throws {
    let family = Table.family(CompasGapTests.race)
    let gaps = Table.gaps(family, ["accuracy"], [.toOverall]).filter { $0.kind == .ratio }
    for gap in gaps {
      let (lower, value, upper) = (gap.estimate.lower, gap.estimate.value, gap.estimate.upper)
      #expect((lower ?? 9) < (value ?? .nan) && (value ?? .nan) < (upper ?? 0))
    }
  }

  /// The group that is everything does not differ from the whole, and no interval is made up.
  @Test func theOnlyGroupIsTheWhole() throws {
    let gap = try #require(Table.gaps(Table.family([("a", [5, 1, 5, 9])]), ["accuracy"], [.toOverall]).first)
    #expect(gap.estimate.value == 0)
    #expect(gap.estimate.status == .notEstimable)
  }

  @Test func bestAndLargest() throws {
    let family = Table.family(CompasGapTests.race)
    let best = Table.gaps(family, ["false_negative_rate"], [.toBest])
    #expect(best.allSatisfy { $0.reference == 5 })
    let largest = Table.gaps(family, ["false_negative_rate"], [.toLargest])
    #expect(largest.allSatisfy { $0.reference == 1 } && largest.count == 10)
  }

  /// Beyond the number of groups whose pairs are all looked at, the interval still holds the value.
  @Test func manyGroupsAreBoundedInLinearTime() throws {
    let groups = (0..<(RangeComparer.pairedGroups + 1)).map { ("g\($0)", [3 + $0 % 5, 2, 4, 6]) }
    let gaps = Table.gaps(Table.family(groups), ["equal_opportunity"], [.betweenGroups])
    for gap in gaps {
      #expect(gap.interval == "simultaneous over all groups (Šidák)")
      let (lower, value, upper) = (gap.estimate.lower, gap.estimate.value, gap.estimate.upper)
      #expect((lower ?? 9) <= (value ?? .nan) && (value ?? .nan) <= (upper ?? -9))
      #expect(gap.pValue != nil)
    }
    #expect(gaps[0].estimate.lower == 0 && gaps[1].estimate.upper == 1)
  }

  @Test func correlationsHaveNoRatio() {
    let gaps = Table.gaps(Table.family(CompasGapTests.race), ["mcc"], [.betweenGroups, .toOverall])
    #expect(!gaps.isEmpty && gaps.allSatisfy { $0.kind == .difference })
  }
}

/// A fair model is called fair as often as it should be.
struct CalibrationOfGapsTests {
  /// Two fair groups, the interval of their difference: at least about 95 % hold 0.
  @Test func intervalsOfFairModelsHoldZero() {
    var random = KeyedRandom(seed: 5, key: "coverage")
    var held = 0
    var heldRange = 0
    let runs = 250
    for _ in 0..<runs {
      let groups = ["a", "b", "c"].map { name -> (String, [Int]) in
        let positives = BinomialSampler.binomial(trials: 60, probability: 0.3, using: &random)
        return (name, [positives, 0, 60 - positives, 0])
      }
      let family = Table.family(groups, reference: 0)
      let pair = Table.gaps(family, ["equal_opportunity"], [.toReference])[0].estimate
      if (pair.lower ?? 1) <= 0, (pair.upper ?? -1) >= 0 { held += 1 }
      let range = Table.gaps(family, ["equal_opportunity"], [.betweenGroups])[0].estimate
      if (range.lower ?? 1) <= 0 { heldRange += 1 }
    }
    #expect(Double(held) / Double(runs) > 0.92)
    // A percentile bootstrap of the range would hold 0 in none of them.
    #expect(Double(heldRange) / Double(runs) > 0.93)
  }
}

import Metrics
import Results
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// The decision lab against decisions made row by row, and against every choice of thresholds there is.
struct ThresholdLabTests {
  static let gaps = ["demographic_parity", "equal_opportunity", "equalized_odds"]
  static let qualities = ["accuracy", "balanced_accuracy"]

  /// The Pareto set of some outcomes, by definition.
  static func pareto(_ all: [(gap: Double, quality: Double)]) -> [(gap: Double, quality: Double)] {
    var best: [(gap: Double, quality: Double)] = []
    for one in all.sorted(by: { $0.gap != $1.gap ? $0.gap < $1.gap : $0.quality > $1.quality })
    where one.quality > (best.last?.quality ?? -1) + 1e-12 {
      best.append(one)
    }
    return best
  }

  /// Every list of `count` thresholds.
  static func choices(_ thresholds: [Double], _ count: Int) -> [[Double]] {
    (0..<count).reduce([[]]) { lists, _ in lists.flatMap { list in thresholds.map { list + [$0] } } }
  }

  /// What a frontier says must be attained, and no choice at all may be better within the same gap.
  static func check(
    _ series: DecisionLab.Series, _ rows: LabRows, _ gap: String, _ all: [(gap: Double, quality: Double)]
  ) {
    #expect(series.count > 0)
    for point in 0..<series.count {
      let own = series.thresholds(of: point).map { rows.thresholds[$0] }
      let cuts = series.kind == .single ? [Double](repeating: own[0], count: rows.groupCount) : own
      let naive = rows.outcome(gap, series.quality, cuts)
      #expect(isClose(naive?.gap ?? .nan, series.gap[point], within: 1e-12))
      #expect(isClose(naive?.quality ?? .nan, series.value[point], within: 1e-12))
      let best = all.filter { $0.gap <= series.gap[point] + 1e-12 }.map(\.quality).max() ?? .nan
      if series.isExact { #expect(isClose(best, series.value[point], within: 1e-12)) }
      #expect(series.lower[point] <= series.value[point] && series.value[point] <= series.upper[point])
      #expect(series.gapLower[point] <= series.gap[point] && series.gap[point] <= series.gapUpper[point])
      if point > 0 {
        #expect(series.gap[point] > series.gap[point - 1])
        #expect(series.value[point] > series.value[point - 1])
      }
    }
    // It ends where no limit binds any more, and has the best within half of the gap in force.
    #expect(isClose(series.value.last ?? .nan, pareto(all).last?.quality ?? .nan, within: 1e-12))
    let cuts = [Double](repeating: rows.cut, count: rows.groupCount)
    let half = (rows.outcome(gap, series.quality, cuts)?.gap ?? .nan) / 2
    let within = (0..<series.count).last { series.gap[$0] <= half + 1e-15 }
    if let best = all.filter({ $0.gap <= half }).map(\.quality).max() {
      #expect(isClose(within.map { series.value[$0] } ?? .nan, best, within: 1e-12))
    }
  }

  @Test(
    arguments: [(1, 60, 2, false), (2, 400, 2, false), (3, 90, 3, false), (4, 150, 3, true)]
      as [(UInt64, Int, Int, Bool)])
  func frontiersAreThoseOfExhaustiveSearch(seed: UInt64, count: Int, groups: Int, isWeighted: Bool) throws {
    let rows = LabRows.random(seed: seed, rows: count, groups: groups, thresholds: 11, isWeighted: isWeighted)
    let lab = try #require(rows.lab())
    #expect(lab.operating == 5 && lab.warnings == [.sameData, .groupThresholds])
    let every = Self.choices(rows.thresholds, groups)
    let same = rows.thresholds.map { [Double](repeating: $0, count: groups) }
    for gap in Self.gaps {
      let trade = try #require(lab[1, gap])
      #expect(trade.slices == Array(1...groups))
      for quality in Self.qualities {
        let byGroup = try #require(trade[.byGroup, quality])
        let single = try #require(trade[.single, quality])
        #expect(byGroup.isExact)
        Self.check(byGroup, rows, gap, every.compactMap { rows.outcome(gap, quality, $0) })
        Self.check(single, rows, gap, same.compactMap { rows.outcome(gap, quality, $0) })
      }
    }
  }

  /// Within any gap the search finds what trying every choice finds; cut short, it finds a real choice.
  @Test(arguments: [5, 6, 7] as [UInt64], gaps)
  func theSearchFindsTheBest(seed: UInt64, gap: String) throws {
    let rows = LabRows.random(seed: seed, rows: 300, groups: 3, thresholds: 9)
    let groups = (1...3).map { ThresholdGroup($0, rows.curves, rows.slices) }
    let gaps = ThresholdGaps(try #require(GapDefinition(named: gap)), groups, level: 0.95)
    let candidates = groups.map { CandidatePoints($0, gaps, gain: 1, loss: 1, near: 4) }
    let all = Self.choices(rows.thresholds, 3).compactMap { rows.outcome(gap, "accuracy", $0) }
    for bound in [0, 0.01, 0.03, 0.05, 0.1, 0.2, 0.4, 1] {
      let best = all.filter { $0.gap <= bound }.map(\.quality).max()
      for budget in [GroupFrontier.budget, 10] {
        let found = GroupFrontier(candidates, within: [bound], slack: 1e-9, budget: budget)
        let point = found.choices.first.flatMap { choice in
          rows.outcome(gap, "accuracy", choice.map { rows.thresholds[$0] })
        }
        if found.isExact {
          #expect((point == nil) == (best == nil))
          if let point, let best { #expect(isClose(point.quality, best, within: 1e-12)) }
        }
        #expect((point?.gap ?? 0) <= bound && (point?.quality ?? 0) <= (best ?? 0) + 1e-12)
        #expect(found.isExact || budget == 10 && gap == "equalized_odds")
      }
    }
  }

  /// At every threshold, gaps with their limits are those that the engine makes of the counts.
  @Test(arguments: [false, true])
  func gapsAreTheEngines(isWeighted: Bool) throws {
    let rows = LabRows.random(seed: 8, rows: 120, groups: 4, thresholds: 9, isWeighted: isWeighted)
    let groups = (1...4).map { ThresholdGroup($0, rows.curves, rows.slices) }
    for gap in Self.gaps {
      let gaps = ThresholdGaps(try #require(GapDefinition(named: gap)), groups, level: 0.95)
      for (place, cut) in rows.thresholds.enumerated() {
        let sides = (1...4).map { slice in
          Table.side("g=\(slice)", slice, rows.counts(slice) { $0.score >= cut })
        }
        let family = GapFinder.Family(index: 0, groups: sides, overall: sides[0], reference: nil)
        for (kind, expected) in zip(
          [Gap.Kind.difference, .ratio], Table.gaps(family, [gap], [.betweenGroups]))
        {
          let selected = groups.map { $0.selected(at: place) }
          let own = gaps.gap(kind, selected)
          #expect(own.component == expected.component || isWeighted)
          #expect(own.estimate.status == expected.estimate.status)
          for (a, b) in [
            (own.estimate.value, expected.estimate.value), (own.estimate.lower, expected.estimate.lower),
            (own.estimate.upper, expected.estimate.upper),
            (gaps.value(kind, selected), expected.estimate.value),
          ] {
            #expect((a == nil) == (b == nil))
            if let a, let b { #expect(isClose(a, b, within: 1e-12)) }
          }
        }
      }
    }
  }

  @Test func currentDecisionsAreThoseInForce() throws {
    let rows = LabRows.random(seed: 9, rows: 200, groups: 2, thresholds: 11)
    let lab = try #require(rows.lab())
    for gap in Self.gaps {
      let naive = try #require(rows.outcome(gap, "balanced_accuracy", [rows.cut, rows.cut]))
      let current = try #require(lab[1, gap]?[.current, "balanced_accuracy"])
      #expect(current.count == 1 && current.thresholds.isEmpty)
      #expect(isClose(current.gap[0], naive.gap, within: 1e-12))
      #expect(isClose(current.value[0], naive.quality, within: 1e-12))
    }
    let counts = rows.counts(0) { $0.score >= rows.cut }
    let accuracy = Table.side("overall", 0, counts).estimate(.accuracy)
    let current = try #require(lab[1, "equal_opportunity"]?[.current, "accuracy"])
    #expect(current.value[0] == accuracy?.value && current.lower[0] == accuracy?.lower)
    #expect(current.upper[0] == accuracy?.upper)
  }

  /// A group without positives is left out of the gaps that need them, and its rows stay decided as they are.
  @Test func groupsWithoutAValueStayAsTheyAre() throws {
    var rows = LabRows.random(seed: 10, rows: 200, groups: 3, thresholds: 7)
    for index in rows.rows.indices where rows.rows[index].group == 2 { rows.rows[index].isPositive = false }
    let lab = try #require(rows.lab())
    let trade = try #require(lab[1, "equal_opportunity"])
    #expect(trade.slices == [1, 2])
    #expect(trade.excluded == [Gap.Exclusion(group: "g=3", reason: "no positives")])
    let series = try #require(trade[.byGroup, "accuracy"])
    let every = Self.choices(rows.thresholds, 2).compactMap {
      rows.outcome("equal_opportunity", "accuracy", $0 + [rows.cut])
    }
    let expected = Self.pareto(every)
    #expect(isClose(series.value.last ?? .nan, expected.last?.quality ?? .nan, within: 1e-12))
    #expect(try #require(lab[1, "demographic_parity"]).slices == [1, 2, 3])
  }

  @Test func whereThereIsNothingToTry() throws {
    let rows = LabRows.random(seed: 11, rows: 50, groups: 2, thresholds: 5)
    #expect(rows.lab(label: nil) == nil)
    var lone = LabRows.random(seed: 12, rows: 50, groups: 2, thresholds: 5)
    lone.rows = lone.rows.filter { $0.group == 0 }
    #expect(lone.lab() == nil)
    var crowd = rows.families
    crowd[1].features = ["g", "h"]
    crowd[1].count = 2
    #expect(
      ThresholdLab.make(
        curves: rows.curves, slices: rows.slices, families: crowd, roles: rows.roles(), level: 0.95) != nil)
    let many = LabRows.random(seed: 13, rows: 300, groups: ThresholdLab.groupLimit + 1, thresholds: 5)
    #expect(many.lab() == nil)
    #expect(
      ThresholdLab.make(
        curves: rows.curves, slices: rows.slices, families: rows.families, roles: rows.roles(),
        withheld: [1], level: 0.95) == nil)
  }

  @Test func theOperatingThreshold() {
    let rows = LabRows.random(seed: 14, rows: 10, groups: 2, thresholds: 5)
    #expect(ThresholdLab.operating(rows.roles(), [0.25, 0.5]) == 1)
    #expect(ThresholdLab.operating(rows.roles(isStrict: true), [0.25, 0.5]) == nil)
    #expect(ThresholdLab.operating(rows.roles(isStrict: true), [0.25, 0.5, 0.5.nextUp]) == 2)
  }
}

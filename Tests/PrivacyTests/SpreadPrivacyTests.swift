import Privacy
import Results
import TestSupport
import Testing

struct SpreadPrivacyTests {
  /// A spread looks at all groups of its family: with one of them withheld it would tell of it.
  @Test func familiesWithWithheldGroupsLoseTheirSpreads() throws {
    let original = try RandomRun.make(21, RandomRun.Shape(rows: 300))
    let before = try #require(original.spreads)
    let shown = try SmallCells.suppress(original, below: 10)
    var lost = 0
    for spread in before.spreads {
      let slices = original.families[spread.family].slices
      let isTouched = slices.contains { shown.withholds(metric: spread.metric, $0) }
      let kept = shown.spreads?.spread(family: spread.family, metric: spread.metric)
      if isTouched {
        lost += 1
        #expect(kept == nil)
        for slice in slices { #expect(shown.spreads?.shrunken(spread.metric, slice) == nil) }
      } else if let kept {
        #expect(kept == spread)
      }
    }
    #expect(lost > 0)
  }

  /// So do the correlations of groups that share units, which are then taken for any.
  @Test func familiesWithWithheldGroupsLoseTheirCorrelations() throws {
    var original = try RandomRun.make(21, RandomRun.Shape(rows: 300))
    let (metric, families) = ("selection_rate", original.families)
    original.unitCorrelations = UnitCorrelations(
      families.indices.dropFirst().map { family in
        let pairs = UnitCorrelations.pairs(of: families[family].count)
        return .init(
          family: family, metric: metric, values: [Double](repeating: 0.25, count: pairs))
      }
    ) { families[$0].slices }
    let shown = try SmallCells.suppress(original, below: 10)
    let suppression = try #require(shown.suppression)
    var lost = 0
    for family in families.dropFirst() where family.count > 1 {
      let isTouched = family.slices.contains { slice in
        Suppression.Layer.allCases.contains { suppression.hides($0, slice) }
      }
      let (first, last) = (family.slices.lowerBound, family.slices.upperBound - 1)
      #expect(shown.unitCorrelations.isKnown(metric, slice: first) == !isTouched)
      #expect(shown.unitCorrelations.correlation(metric, first, last) == (isTouched ? -1 : 0.25))
      if isTouched { lost += 1 }
    }
    #expect(lost > 0)
  }
}

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
}

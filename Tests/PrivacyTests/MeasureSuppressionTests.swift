import Privacy
import Results
import TestSupport
import Testing

/// Fairness measures of what is too small to show.
struct MeasureSuppressionTests {
  private static let layers: [Suppression.Layer] = [.rows, .labels, .decisions, .outcomes]

  @Test(arguments: 0..<8) func `Nothing is measured of a withheld group`(_ index: Int) throws {
    var shape = RandomRun.Shape(rows: [150, 600, 2500, 6000][index % 4], groups: [3, 4, 2])
    shape.more = #", "measures": ["all", "aequitas", "clarify"], "controls": ["f2"]"#
    let original = try RandomRun.make(UInt64(index) + 40, shape)
    let shown = try SmallCells.suppress(original, below: 10)
    let before = try #require(original.measures)
    let after = try #require(shown.measures)
    let suppression = try #require(shown.suppression)
    func isTouched(_ family: Int) -> Bool {
      shown.families[family].slices.contains { slice in
        Self.layers.contains { suppression.hides($0, slice) }
      }
    }
    let touched = shown.families.indices.filter(isTouched)
    #expect(!after.results.contains { $0.family.map(isTouched) ?? false })
    #expect(after.results.allSatisfy { $0.stratum == nil && !$0.measure.hasPrefix("subgroup_") })
    #expect(after.entries.allSatisfy { $0.family != "conditional" })
    #expect(Set(after.entries.map(\.id)) == Set(after.results.map(\.measure)))
    #expect(before.results.contains { $0.stratum != nil })
    // What looks at nothing small stays as it was.
    for family in shown.families.indices.dropFirst() where !touched.contains(family) {
      #expect(
        after.results.contains { $0.family == family && $0.measure == "statistical_parity_difference" })
    }
    #expect(shown.notes.contains { $0.contains("fairness measures are withheld") })
    // Who withholds again withholds no more.
    #expect(try SmallCells.suppress(shown, below: 10).measures == after)
  }
}

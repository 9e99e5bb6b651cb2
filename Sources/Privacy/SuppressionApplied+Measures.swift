import Results

extension SuppressionApplied {
  /// Fairness measures without those that look at withheld counts: a family with a withheld group loses all of its
  /// measures, and whatever was measured within strata or conjunctions goes, whose counts nobody guards here.
  ///
  /// - Parameter note: told where something goes
  func shown(_ table: MeasureTable, note: (String) -> Void) -> MeasureTable {
    let layers: [Suppression.Layer] = [.rows, .labels, .decisions, .outcomes]
    let touched = Set(
      original.families.indices.filter { family in
        original.families[family].slices.contains { slice in layers.contains { hides($0, slice) } }
      })
    let binned = Set(
      original.families.indices.filter { family in
        original.families[family].slices.contains { hides(.calibration, $0) }
          || suppression.bins.indices.contains(family) && !suppression.bins[family].isEmpty
      })
    let families = Dictionary(
      table.entries.map { ($0.id, $0.family) }, uniquingKeysWith: { first, _ in first })
    let kept = table.results.filter { result in
      if result.stratum != nil || families[result.measure] == "conditional" { return false }
      if result.measure.hasPrefix("subgroup_") { return false }
      guard let family = result.family else {
        // What holds of all rows, or of all attributes together.
        return !layers.contains { hides($0, 0) } && (touched.isEmpty || result.variant == nil)
      }
      if result.measure.hasPrefix("calibration_within_groups"), binned.contains(family) { return false }
      return !touched.contains(family)
    }
    guard kept.count < table.results.count else { return table }
    note(
      "\(table.results.count - kept.count) values of fairness measures are withheld: they look at groups, strata or "
        + "conjunctions whose counts are, or may be, too small to show.")
    let left = Set(kept.map(\.measure))
    return MeasureTable(entries: table.entries.filter { left.contains($0.id) }, results: kept)
  }
}

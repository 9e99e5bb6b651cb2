import Results

extension SuppressionApplied {
  /// Without the spreads of families in which a group's value is withheld: they are functions of all of the family's values, and so are
  /// the values drawn towards the mean.
  func suppressed(_ table: SpreadTable) -> SpreadTable? {
    func isWhole(_ family: Int, _ metric: String) -> Bool {
      !original.families[family].slices.contains { hides(metric: metric, $0) || hides(.rows, $0) }
    }
    let kept = table.spreads.filter { isWhole($0.family, $0.metric) }
    guard !kept.isEmpty else { return nil }
    let shrunken = table.shrunken.compactMap { column -> SpreadTable.Shrunken? in
      var column = column
      let families = Set(kept.filter { $0.metric == column.metric }.map(\.family))
      guard !families.isEmpty else { return nil }
      for (slice, family) in original.slices.family.enumerated() where !families.contains(family) {
        column.values[slice] = .nan
      }
      return column
    }
    return SpreadTable(spreads: kept, shrunken: shrunken)
  }
}

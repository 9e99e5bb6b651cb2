import Fairness
import Results

extension SuppressionApplied {
  /// Without indicators of withheld groups, and those from which they could be worked out.
  func suppressed(_ record: PresetRecord) -> PresetRecord {
    var result = record
    let texts = TextCounts(original, suppression)
    let fixed = RulePreset(rawValue: record.id)?.caveats ?? []
    result.notes.removeAll { !fixed.contains($0) && texts.tells($0) }
    result.tables = record.tables.map(suppressed)
    return result
  }

  private func suppressed(_ table: PresetTable) -> PresetTable {
    var result = table
    let isTold = isReferenceTold(table)
    if table.slices.contains(where: touches) { result.together = "" }
    if !isTold { result.reference = nil }
    for index in table.columns.indices {
      let column = table.columns[index]
      let all = hidesAll(column, of: table) || column.basis != .group && !isTold
      for (row, slice) in table.slices.enumerated() where all || hides(column.tells, slice) {
        result.columns[index].withhold(row, reason: suppression.reason)
      }
    }
    return result
  }

  /// Whether a column is withheld from every row.
  private func hidesAll(_ column: PresetTable.Column, of table: PresetTable) -> Bool {
    switch column.basis {
    case .group: false
    case .reference: hides(column.tells, table.reference)
    case .table:
      hides(column.tells, table.reference) || table.slices.contains { hides(column.tells, $0) }
    case .run: original.slices.predicate.indices.contains { hides(column.tells, $0) }
    }
  }

  /// Whether it may be told which group has the highest rate: that bounds the rates of withheld groups.
  private func isReferenceTold(_ table: PresetTable) -> Bool {
    guard table.isSearched, let reference = table.reference else { return true }
    let layers = Set(table.columns.filter { $0.basis == .reference }.map(\.tells))
    guard layers.contains(where: { layer in table.slices.contains { hides(layer, $0) } }) else { return true }
    // Bounds of scoring rates are not looked into.
    guard !layers.contains(.curves), !hides(.decisions, reference) else { return false }
    let guarded = RangeGuard(original, suppression, family: table.family, metric: "selection_rate")
    guard let row = table.slices.firstIndex(of: reference), let rates = table.column("selection_rate")?.values
    else { return false }
    // Rates may be of the negative decision.
    let selected = original.slices.truePositives[reference] + original.slices.falsePositives[reference]
    let isOfPositive = table.column("selected")?.values[row] == Double(selected)
    return isOfPositive
      ? guarded.admits(from: -.infinity, to: rates[row])
      : guarded.admits(from: 1 - rates[row], to: .infinity)
  }
}

extension PresetTable.Column {
  mutating func withhold(_ row: Int, reason: String) {
    if kind != .text { values[row] = .nan }
    if !lower.isEmpty { (lower[row], upper[row]) = (.nan, .nan) }
    if texts.isEmpty { texts = [String](repeating: "", count: max(values.count, row + 1)) }
    texts[row] = "withheld: \(reason)"
  }
}

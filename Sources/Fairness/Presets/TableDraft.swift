import Results
import Statistics

/// Collects the columns of a table, one value a row.
struct TableDraft {
  let slices: [Int]
  private(set) var columns: [PresetTable.Column] = []

  init(_ slices: [Int]) { self.slices = slices }

  /// A number that may have limits or a reason why it is none.
  struct Cell {
    var value = Double.nan
    var limits: Interval?
    var reason = ""

    static func value(_ value: Double, _ limits: Interval? = nil) -> Cell {
      Cell(value: value, limits: limits)
    }
    static func none(_ reason: String = "") -> Cell { Cell(reason: reason) }

    init(value: Double = .nan, limits: Interval? = nil, reason: String = "") {
      (self.value, self.limits, self.reason) = (value, limits, reason)
    }

    init(_ estimate: Estimate?) {
      value = estimate?.value ?? .nan
      if let lower = estimate?.lower, let upper = estimate?.upper {
        limits = Interval(lower: lower, upper: upper)
      }
      reason = estimate?.value == nil ? estimate?.reason ?? "not computed" : ""
    }
  }

  mutating func numbers(
    _ id: String, _ name: String, _ kind: PresetTable.Column.Kind, tells: Suppression.Layer,
    basis: PresetTable.Column.Basis = .group, _ meaning: String, _ cells: [Cell]
  ) {
    var column = PresetTable.Column(
      id: id, name: name, kind: kind, meaning: meaning, tells: tells, basis: basis,
      values: cells.map(\.value))
    if cells.contains(where: { $0.limits != nil }) {
      column.lower = cells.map { $0.limits?.lower ?? .nan }
      column.upper = cells.map { $0.limits?.upper ?? .nan }
    }
    if cells.contains(where: { !$0.reason.isEmpty }) { column.texts = cells.map(\.reason) }
    columns.append(column)
  }

  mutating func texts(
    _ id: String, _ name: String, tells: Suppression.Layer, basis: PresetTable.Column.Basis = .group,
    _ meaning: String,
    _ texts: [String]
  ) {
    columns.append(
      PresetTable.Column(
        id: id, name: name, kind: .text, meaning: meaning, tells: tells, basis: basis, texts: texts))
  }

  func table(
    _ id: String, _ title: String, _ about: String, family: Int, reference: Int?, isSearched: Bool = false,
    together: String = ""
  ) -> PresetTable {
    PresetTable(
      id: id, title: title, about: about, family: family, reference: reference, isSearched: isSearched,
      together: together, slices: slices, columns: columns)
  }
}

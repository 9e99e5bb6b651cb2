import Results
import Statistics

/// A table of selection (or scoring) rates and of their ratios to a reference group.
struct ImpactTable {
  let family: PresetFamily
  let reference: PresetGroup?
  let level: Double
  /// Whether rows are no independent units: then nothing is tested and only rates have intervals.
  let isClustered: Bool
  /// By row.
  let counts: [SelectionCount?]
  var draft: TableDraft

  /// - Parameters:
  ///   - count: how many of a group are selected
  ///   - reference: the group that others are compared with, by its rates; nil for the highest rate
  init(
    _ family: PresetFamily, level: Double, isClustered: Bool, reference: PresetGroup? = nil,
    _ count: (PresetGroup) -> SelectionCount?
  ) {
    self.family = family
    self.level = level
    self.isClustered = isClustered
    self.reference = reference ?? family.highest { count($0)?.rate }
    counts = family.groups.map(count)
    draft = TableDraft(family.groups.map(\.slice))
  }

  /// Each group against the reference; nil for the reference itself, groups that take no part, and where there is nothing to compare.
  func comparison(_ row: Int) -> ImpactComparison? {
    guard let base, let own = counts[row], family.groups[row].isCompared, !isReference(row) else {
      return nil
    }
    return ImpactComparison(group: own, reference: base)
  }

  func isReference(_ row: Int) -> Bool { family.groups[row].slice == reference?.slice }

  private var base: SelectionCount? {
    family.groups.firstIndex { $0.slice == reference?.slice }.flatMap { counts[$0] }
  }

  /// Why a row is not compared; empty where it is.
  func reason(_ row: Int, _ choice: PresetChoice) -> String {
    switch family.groups[row].standing {
    case .unknown: "unknown category"
    case .small: "below \(ImpactTable.percent(choice.minimumShare)) of the rows"
    case .empty: "no rows"
    case .compared: ""
    }
  }

  /// `2 %`, `1.5 %`
  static func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded() / 10
    return "\(NumberText.text(tenths)) %"
  }

  // MARK: Columns

  /// Rows and their share.
  mutating func addRows() {
    draft.numbers(
      "rows", "Rows", .count, tells: .rows, "rows of the group", family.groups.map { .value(Double($0.rows)) }
    )
    draft.numbers(
      "share", "Share", .rate, tells: .rows, "of all rows", family.groups.map { .value($0.share) })
  }

  /// - Parameters:
  ///   - estimate: the rate as the evaluation has it, whose interval knows of units
  mutating func addRate(
    selected: (id: String, name: String), rate: (id: String, name: String), tells: Suppression.Layer,
    estimate: (Int) -> Estimate?
  ) {
    draft.numbers(
      selected.id, selected.name, .count, tells: tells, "rows of the group, unweighted",
      counts.map { count in
        count?.selectedRows.map { .value(Double($0)) }
          ?? .none(count == nil ? "no rows" : "known by weight only")
      })
    draft.numbers(
      rate.id, rate.name, .rate, tells: tells, "\(selected.name.lowercased()) / rows",
      counts.indices.map { row in
        guard let count = counts[row] else { return .none("no rows") }
        if isClustered {
          return estimate(family.groups[row].slice).map { TableDraft.Cell($0) } ?? .value(count.rate)
        }
        return .value(count.rate, count.interval(level: level))
      })
  }

  mutating func addRatio(
    _ choice: PresetChoice, id: String = "impact_ratio", tells: Suppression.Layer, _ meaning: String
  ) {
    let cells = counts.indices.map { row -> TableDraft.Cell in
      if isReference(row) { return .value(1) }
      guard let comparison = comparison(row) else { return .none(reason(row, choice)) }
      guard !comparison.ratio.isNaN else { return .none("nobody is selected in either group") }
      return .value(comparison.ratio, isClustered ? nil : comparison.ratioInterval(level: level))
    }
    draft.numbers(id, "Impact ratio", .ratio, tells: tells, basis: .reference, meaning, cells)
  }

  /// A column of what a comparison says.
  mutating func add(
    _ id: String, _ name: String, _ kind: PresetTable.Column.Kind, _ meaning: String,
    _ value: (Int, ImpactComparison) -> TableDraft.Cell
  ) {
    draft.numbers(
      id, name, kind, tells: .decisions, basis: .reference, meaning,
      counts.indices.map { row in comparison(row).map { value(row, $0) } ?? .none() })
  }

  /// p-values and their adjustment; none where rows are not independent.
  mutating func addTests() {
    guard !isClustered else { return }
    let tests = counts.indices.map { comparison($0)?.test }
    let adjusted = Multiplicity.holm(tests.map { $0?.p ?? .nan })
    draft.numbers(
      "p_value", "p", .pValue, tells: .decisions, basis: .reference,
      "two-sided, of equal rates: Fisher's exact test where both groups together have fewer than \(RuleNumbers.exactBelow) rows or a cell "
        + "is expected below \(Int(RuleNumbers.leastExpected)), else the two-proportion Z test",
      tests.map { .value($0?.p ?? .nan) })
    draft.numbers(
      "p_value_holm", "p (Holm)", .pValue, tells: .decisions, basis: .table,
      "adjusted for the comparisons of this table", adjusted.map { .value($0) })
  }

  /// Which test each p-value is of.
  mutating func addTestNames() {
    guard !isClustered else { return }
    draft.texts(
      "test", "Test", tells: .decisions, basis: .reference, "which test the p-value is of",
      counts.indices.map { comparison($0)?.test.name ?? "" })
  }
}

import Explanations
import Metrics
import Models
import Slicing
import Tables

@testable import Explanations

/// Small inputs whose model is a formula of numbers.
struct MadeInput {
  var names: [String]
  var values: [[Double]]
  var labels: [UInt8]
  var weights: [Double]?
  var units: [Int32]?
  /// Groups by slicing column.
  var slices: [(name: String, codes: [Int32])] = []
  /// What to slice by; the slicing columns one by one where nil.
  var specs: [String]?
  /// By family, as positions.
  var references: [Int?]?
  var cut = 0.5
  var hasLabel = true
  var formula: @Sendable ([Double]) -> Double

  func input() throws -> ExplanationInput {
    let columns = FormulaScorer.columns(names, values)
    let categories = slices.map { slice in
      Column.category(
        CategoryColumn(
          name: slice.name, codes: slice.codes,
          categories: (0...max(0, slice.codes.max() ?? 0)).map { "g\($0)" },
          missingCount: slice.codes.count { $0 < 0 }))
    }
    let table = Table(
      rowCount: labels.count, columns: columns + categories,
      origin: RowOrigin(source: "made", stretches: []))
    let plan = try SlicePlan(
      (specs ?? slices.map(\.name)).map { try SliceSpec(parsing: $0) }, of: table)
    var first = [0]
    for family in plan.families.dropLast() { first.append((first.last ?? 0) + family.shown.count) }
    return ExplanationInput(
      rescorer: ColumnRescorer(FormulaScorer(names, formula), columns), output: 0, columns: columns,
      table: table, observations: Observations(labels: labels, decisions: labels, weights: weights),
      hasLabel: hasLabel, cut: cut, isStrict: false, plan: plan, units: units, firstSlice: first,
      references: references)
  }

  /// One group a feature.
  var groups: [FeatureGroup] {
    names.enumerated().map { FeatureGroup(name: $1, members: [$0]) }
  }
}

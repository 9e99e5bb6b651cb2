import Results

/// `gaps.csv`: one row a gap.
package enum GapsCSV {
  package static let header = [
    "features", "metric", "component", "kind", "comparison", "reference", "group", "value", "lower",
    "upper", "p_value", "status", "reason", "test", "interval", "excluded",
  ]

  /// Gaps in their order. Between groups, `group` has the larger value and `reference` the smaller; a
  /// complement is no slice and leaves `reference` empty. `excluded` counts the groups that were left out
  /// (evaluation.json and the page list them).
  package static func bytes(of evaluation: Evaluation) -> [UInt8] {
    var csv = CSVWriter(header: header)
    let predicate = evaluation.slices.predicate
    for gap in evaluation.gaps {
      csv.field(evaluation.families[gap.family].name)
      csv.field(gap.metric)
      csv.field(gap.component)
      csv.field(gap.kind.rawValue)
      csv.field(gap.comparison.rawValue)
      csv.field(gap.reference.map { predicate[$0] } ?? "")
      csv.field(gap.group.map { predicate[$0] } ?? "")
      csv.field(gap.estimate.value ?? .nan)
      csv.field(gap.estimate.lower ?? .nan)
      csv.field(gap.estimate.upper ?? .nan)
      csv.field(gap.pValue ?? .nan)
      csv.field(gap.estimate.status.rawValue)
      csv.field(gap.estimate.reason ?? "")
      csv.field(gap.test ?? "")
      csv.field(gap.interval ?? "")
      csv.field(gap.excluded.count)
      csv.endLine()
    }
    return csv.bytes
  }
}

import Results

/// `importances.csv`: one row a quantity (a metric of a slice, or a gap) and feature.
package enum ExplanationCSV {
  package static let header = [
    "metric", "slice", "reference", "meaning", "donors", "rows", "feature", "columns", "base", "permuted",
    "importance", "ratio", "permuted_size", "standard_error", "shuffle_error", "lower", "upper", "p_value",
    "p_holm", "p_benjamini_hochberg", "repeats", "reason",
  ]

  /// Quantities in their order, features within, those that the model does not use too. `reference` is empty unless
  /// the quantity is a gap; `columns` are joined by ` + `. The header alone without an explanation.
  ///
  /// Complexity: O(quantities · features).
  package static func bytes(of evaluation: Evaluation) -> [UInt8] {
    var csv = CSVWriter(header: header)
    guard let explanation = evaluation.explanation else { return csv.bytes }
    for columns in explanation.importances {
      for (index, feature) in explanation.features.enumerated() {
        write(columns, index, feature, evaluation, to: &csv)
      }
    }
    return csv.bytes
  }

  private static func write(
    _ columns: ImportanceColumns, _ index: Int, _ feature: ExplainedFeature, _ evaluation: Evaluation,
    to csv: inout CSVWriter
  ) {
    let predicate = evaluation.slices.predicate
    csv.field(columns.metric)
    csv.field(predicate[safe: columns.slice] ?? "")
    csv.field(columns.reference.flatMap { predicate[safe: $0] } ?? "")
    csv.field(columns.meaning.rawValue)
    csv.field(columns.donors.rawValue)
    csv.field(columns.rows)
    csv.field(feature.name)
    csv.field(feature.columns.joined(separator: " + "))
    csv.field(columns.base)
    for values in [
      columns.permuted, columns.importance, columns.ratio, columns.permutedSize, columns.standardError,
      columns.shuffleError, columns.lower, columns.upper, columns.pValue, columns.holm,
      columns.benjaminiHochberg,
    ] {
      csv.field(values[safe: index] ?? .nan)
    }
    csv.field(columns.repeats[safe: index] ?? 0)
    csv.field(columns.reasons[safe: index].flatMap { $0 } ?? "")
    csv.endLine()
  }
}

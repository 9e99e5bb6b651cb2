import Results

/// `measures.csv`: one row a value of a fairness measure.
package enum MeasuresCSV {
  package static let header = [
    "measure", "name", "tool", "metric", "features", "group", "reference", "stratum", "variant", "value",
    "lower", "upper", "p_value", "fair", "denominator", "status", "reason", "test", "interval", "detail",
  ]

  /// Values in their order; the header alone without measures. `features` is empty for a measure of all rows, `group`
  /// for one of all groups, `fair` where no value is.
  ///
  /// What is withheld is empty.
  package static func bytes(of evaluation: Evaluation) -> [UInt8] {
    var csv = CSVWriter(header: header)
    guard let measures = evaluation.measures else { return csv.bytes }
    let fair = Dictionary(measures.entries.map { ($0.id, $0.fair) }) { first, _ in first }
    for result in measures.results {
      write(result, fair: fair[result.measure] ?? nil, evaluation, to: &csv)
    }
    return csv.bytes
  }

  private static func write(
    _ result: MeasureResult, fair: Double?, _ evaluation: Evaluation, to csv: inout CSVWriter
  ) {
    let predicate = evaluation.slices.predicate
    let isWithheld = result.estimate.status == .suppressed
    csv.field(result.measure)
    csv.field(result.name)
    csv.field(result.tool ?? "")
    csv.field(result.metric ?? "")
    csv.field(result.family.map { evaluation.families[$0].name } ?? "")
    csv.field(result.group.map { predicate[$0] } ?? "")
    csv.field(result.reference.map { predicate[$0] } ?? "")
    csv.field(result.stratum ?? "")
    csv.field(result.variant ?? "")
    csv.field(result.estimate.value ?? .nan)
    csv.field(result.estimate.lower ?? .nan)
    csv.field(result.estimate.upper ?? .nan)
    csv.field(result.pValue ?? .nan)
    csv.field(fair ?? .nan)
    csv.field(isWithheld ? nil : result.estimate.denominator)
    csv.field(result.estimate.status.rawValue)
    csv.field(result.estimate.reason ?? "")
    csv.field(result.test ?? "")
    csv.field(result.interval ?? "")
    csv.field(result.detail ?? "")
    csv.endLine()
  }
}

import Results

/// `slices.csv`: one row a slice and metric.
package enum SlicesCSV {
  package static let header = [
    "slice", "features", "metric", "value", "lower", "upper", "n", "denominator", "weight", "status",
    "reason", "standard_error", "effective_n",
  ]

  /// Slices in their order, metrics within. `n` counts the slice's rows; `denominator`, `weight` (sum of
  /// weights) and `effective_n` (Kish) are those of the metric's own denominator.
  ///
  /// What is withheld is empty.
  ///
  /// Complexity: O(slices · metrics).
  package static func bytes(of evaluation: Evaluation) -> [UInt8] {
    var csv = CSVWriter(header: header)
    for slice in 0..<evaluation.slices.count {
      let features = evaluation.families[evaluation.slices.family[slice]].name
      for (entry, estimates) in zip(evaluation.metrics, evaluation.estimates) {
        csv.field(evaluation.slices.predicate[slice])
        csv.field(features)
        csv.field(entry.id)
        csv.field(estimates.value[slice])
        csv.field(estimates.lower[slice])
        csv.field(estimates.upper[slice])
        let isWithheld = estimates.status[slice] == .suppressed
        csv.field(evaluation.withholds(.rows, slice) ? nil : evaluation.slices.rows[slice])
        csv.field(isWithheld ? nil : estimates.denominator[slice])
        csv.field(isWithheld ? .nan : estimates.weight[slice])
        csv.field(estimates.status[slice].rawValue)
        csv.field(estimates.reason[slice])
        csv.field(estimates.standardError[slice])
        csv.field(isWithheld ? .nan : estimates.effectiveCount[slice])
        csv.endLine()
      }
    }
    return csv.bytes
  }
}

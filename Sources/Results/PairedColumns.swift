/// Candidate against baseline on the same rows, slice by slice, for every metric with a standard error.
/// NaN stands for "none".
package struct PairedColumns: Sendable, Equatable {
  /// One a metric; a column has one entry a slice.
  package struct Column: Sendable, Equatable {
    package var metric: String
    /// The baseline's value.
    package var baseline: [Double]
    /// Standard error of candidate − baseline, both measured on the same rows.
    package var standardError: [Double]
    /// Limits of the interval of candidate − baseline at the evaluation's level, not adjusted for looking at
    /// many; empty where none was made.
    package var lower: [Double]
    package var upper: [Double]

    package init(
      metric: String, baseline: [Double], standardError: [Double], lower: [Double] = [],
      upper: [Double] = []
    ) {
      self.metric = metric
      self.baseline = baseline
      self.standardError = standardError
      self.lower = lower
      self.upper = upper
    }
  }

  /// What the baseline is called: its column, or the base name of the file it was joined from.
  package var name: String
  package var columns: [Column]

  package init(name: String, columns: [Column]) {
    self.name = name
    self.columns = columns
  }

  package subscript(metric: String) -> Column? { columns.first { $0.metric == metric } }
}

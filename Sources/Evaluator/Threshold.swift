import Statistics

/// Where scores are cut into decisions.
package enum Threshold: Sendable, Equatable, ExpressibleByFloatLiteral {
  case value(Double)
  /// The median of the scores of all rows that are evaluated, each counted once: the cut of the scoring rate
  /// in New York City's rule on automated employment decision tools (6 RCNY § 5-300).
  case median

  /// The word for `median` in a configuration and on the command line.
  package static let medianWord = "median"

  package init(floatLiteral value: Double) { self = .value(value) }

  /// The cut as a number. Complexity: O(rows) for the median.
  func cut(_ scores: [Double]) -> Double {
    switch self {
    case .value(let value): return value
    case .median:
      var values = scores
      return Quantile.median(&values)
    }
  }
}

import Results

/// A metric of a task that is not binary: it is measured over the rows of a slice, and says what each row adds
/// to its error. That is all the engine needs for intervals, gaps, parts of a whole and paired models.
package protocol RowMetric: Sendable {
  var definition: MetricDefinition { get }

  /// The value over some rows.
  ///
  /// - Parameters:
  ///   - rows: indices of rows, ascending, without repeats; may be empty.
  ///   - influence: of the length of `rows`, all 0. Where there is a value, the metric writes for each row (or, for
  ///     what is computed per query, for the first row of the query among `rows`) how the value changes to
  ///     first order with that row's share: Σψ = 0 and Var ≈ Σψ² over independent rows. A rate writes
  ///     w·(x − p)/Σw, a mean w·(x − mean)/Σw.
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured
}

/// What a metric is over some rows.
package struct Measured: Sendable, Equatable {
  /// nil where it is undefined.
  package var value: Double?
  /// Why it is undefined.
  package var reason: String?
  /// Rows (or queries) in the denominator, their weight, and the sum of squared weights.
  package var denominator: Int
  package var weight: Double
  package var squaredWeight: Double
  /// Whether `influence` was written; without it there is no interval.
  package var hasInfluence: Bool

  package init(
    value: Double?, reason: String? = nil, denominator: Int, weight: Double, squaredWeight: Double,
    hasInfluence: Bool = true
  ) {
    self.value = value
    self.reason = reason
    self.denominator = denominator
    self.weight = weight
    self.squaredWeight = squaredWeight
    self.hasInfluence = hasInfluence
  }

  /// Kish's effective sample size.
  package var effectiveCount: Double { squaredWeight > 0 ? weight * weight / squaredWeight : 0 }

  package static func undefined(
    _ reason: String, denominator: Int = 0, weight: Double = 0, squaredWeight: Double = 0
  ) -> Measured {
    Measured(
      value: nil, reason: reason, denominator: denominator, weight: weight, squaredWeight: squaredWeight)
  }
}

/// What became of a number that was asked for.
package enum EstimateStatus: String, Sendable, Codable, CaseIterable {
  /// Value and interval stand.
  case ok
  /// The slice has rows, but the denominator is empty: there is no value. `reason` says why.
  case undefined
  /// The slice has no rows at all.
  case empty
  /// There is a value, but no honest interval for it. `reason` says why.
  case notEstimable = "not_estimable"
  /// Withheld because the group is too small to show.
  case suppressed
}

/// A number with what is known about it. Never a naked value.
package struct Estimate: Sendable, Equatable {
  /// The value; nil unless status is `ok` or `notEstimable`. May be infinite (a ratio x/0).
  package var value: Double?
  /// Lower and upper limit of the two-sided interval at the evaluation's level.
  package var lower: Double?
  package var upper: Double?
  /// Standard error on the value's own scale, where one is defined.
  package var standardError: Double?
  /// Rows in the metric's own denominator (positives, for a true positive rate).
  package var denominator: Int
  /// Sum of weights over those rows; equals `denominator` without weights.
  package var weight: Double
  /// Kish's effective sample size (Σw)²/Σw² over those rows; equals `denominator` without weights.
  package var effectiveCount: Double
  package var status: EstimateStatus
  /// Why it is undefined or not estimable, as a short phrase (`no positives`).
  package var reason: String?

  package init(
    value: Double?, lower: Double? = nil, upper: Double? = nil, standardError: Double? = nil,
    denominator: Int, weight: Double, effectiveCount: Double, status: EstimateStatus,
    reason: String? = nil
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.standardError = standardError
    self.denominator = denominator
    self.weight = weight
    self.effectiveCount = effectiveCount
    self.status = status
    self.reason = reason
  }
}

/// A number with its interval, as a chart draws it.
package struct Reading: Equatable, Sendable {
  /// Nil where there is no value. May be infinite.
  package var value: Double?
  /// Limits of the interval; nil where there is none. May be infinite.
  package var lower: Double?
  package var upper: Double?
  /// Rests on too few observations: drawn hollow, never dropped.
  package var isUnstable: Bool
  /// Why there is no value, or no interval, in a few words.
  package var reason: String?

  package init(
    _ value: Double?, _ lower: Double? = nil, _ upper: Double? = nil, isUnstable: Bool = false,
    reason: String? = nil
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.isUnstable = isUnstable
    self.reason = reason
  }

  package static func absent(_ reason: String) -> Reading { Reading(nil, reason: reason) }

  /// The value, unless it is missing or NaN.
  var drawn: Double? { value.flatMap { $0.isNaN ? nil : $0 } }

  /// Both limits in order, unless one is missing or NaN.
  var interval: (lower: Double, upper: Double)? {
    guard let lower, let upper, !lower.isNaN, !upper.isNaN else { return nil }
    return (min(lower, upper), max(lower, upper))
  }

  /// The numbers an axis has to cover.
  var extent: [Double] { [drawn, interval?.lower, interval?.upper].compactMap { $0 } }

  /// `0.712 [0.660, 0.764]`, or `— no positives`.
  func text(_ format: NumberText.Format, decimals: Int, isSigned: Bool = false) -> String {
    guard let drawn else { return "—" + (reason.map { " " + $0 } ?? "") }
    return NumberText.interval(
      drawn, interval?.lower, interval?.upper, format, decimals: decimals, isSigned: isSigned)
  }
}

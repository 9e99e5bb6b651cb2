import Statistics

/// A number that a check bounds, with all that is needed to judge it.
struct Quantity: Sendable {
  /// Signed, on the scale of the bounds; nil where it is undefined.
  var value: Double?
  /// Two-sided interval at the check's level.
  var limits: Interval?
  var groupValue: Double?
  var referenceValue: Double?
  var denominator = 0
  var referenceDenominator: Int?
  /// One-sided p-values of a bound; nil where no test can be made.
  var tails: (@Sendable (Double) -> BoundTails)?
  /// Monotone in the bound, from which limits are read; `tails` unless set.
  var limitTails: (@Sendable (Double) -> BoundTails)?
  var test: String?
  /// Why it is undefined or cannot be tested.
  var reason: String?
  /// Counts carry no sampling error here: they are what they are.
  var isExact = false
  /// Whether its error is symmetric on the scale of logarithms.
  var isRatio = false

  static func undefined(_ reason: String) -> Quantity { Quantity(reason: reason) }
}

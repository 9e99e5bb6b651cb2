import Statistics

/// Inclusive bounds of a number.
package struct Bounds: Sendable, Equatable {
  package var minimum: Double?
  package var maximum: Double?

  package init(minimum: Double? = nil, maximum: Double? = nil) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Of the number itself, where these bound its size.
  var ofSize: Bounds { Bounds(minimum: maximum.map { -$0 }, maximum: maximum) }

  /// Values that differ from a bound by less lie on it: 0.35 − 0.3 is not more than 0.05.
  static let tolerance = 1e-12

  func contains(_ value: Double) -> Bool {
    func slack(_ bound: Double) -> Double { Self.tolerance * max(1, abs(bound)) }
    if let minimum, !(value >= minimum - slack(minimum)) { return false }
    if let maximum, !(value <= maximum + slack(maximum)) { return false }
    return true
  }

  /// One-sided p-value of "within": small where the number is shown to be beyond a bound. With two
  /// bounds the sum of both tails, which holds for any number between them.
  func beyond(_ tails: (Double) -> BoundTails) -> Double {
    min(1, (minimum.map { tails($0).less } ?? 0) + (maximum.map { tails($0).greater } ?? 0))
  }

  /// P-value of "beyond": small where the number is shown to be within (two one-sided tests, Schuirmann
  /// 1987).
  func within(_ tails: (Double) -> BoundTails) -> Double {
    max(minimum.map { tails($0).greater } ?? 0, maximum.map { tails($0).less } ?? 0)
  }
}

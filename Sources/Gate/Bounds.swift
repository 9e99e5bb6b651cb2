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

  /// P-value of "within": small where the number is shown to be beyond a bound.
  ///
  /// With two bounds a number could break either, so that the p-value is the chance to be as far out on
  /// one side if the number lay on the nearer bound, and on the other side just as far: by symmetry the
  /// chance on this side if it lay on the other bound. With equal bounds that doubles it.
  func beyond(_ tails: (Double) -> BoundTails) -> Double {
    switch (minimum, maximum) {
    case (nil, nil): return 1
    case (let low?, nil): return tails(low).less
    case (nil, let high?): return tails(high).greater
    case (let low?, let high?):
      let (atLow, atHigh) = (tails(low), tails(high))
      return min(1, atHigh.greater + atLow.greater, atLow.less + atHigh.less)
    }
  }

  /// P-value of "beyond": small where the number is shown to be within (two one-sided tests, Schuirmann
  /// 1987).
  func within(_ tails: (Double) -> BoundTails) -> Double {
    max(minimum.map { tails($0).greater } ?? 0, maximum.map { tails($0).less } ?? 0)
  }
}

import Statistics

/// A measure's value with what is known about it.
package struct MeasureNumber: Sendable, Equatable {
  package let value: MeasureValue
  /// Two-sided limits; nil where no honest interval is known.
  package var limits: Interval?
  /// How the limits were made.
  package var interval: String?
  /// Two-sided p-value of the fair value, and its test.
  package var p: Double?
  package var test: String?
  /// What the value is on average where groups are alike; nil where that is 0, or not known.
  package var chance: Double?
  /// Why there are no limits.
  package var reason: String?

  /// A value without limits.
  package init(_ value: MeasureValue, reason: String) {
    (self.value, self.reason) = (value, value.reason == nil ? reason : nil)
  }

  /// A value with limits, which are dropped where the value is not finite, and where they leave nothing open.
  package init(
    _ value: MeasureValue, _ limits: Interval?, _ interval: String,
    test: (p: Double, name: String)? = nil, reason: String = "no interval can be given"
  ) {
    self.value = value
    guard let number = value.value else { return }
    (p, self.test) = (test?.p, test?.name)
    if let limits, limits.lower < limits.upper, limits.lower.isFinite, !number.isNaN {
      self.limits = Interval(lower: min(limits.lower, number), upper: max(limits.upper, number))
      self.interval = interval
    } else {
      self.reason = reason
    }
  }

  /// The same where rows of one unit are not independent, which limits and tests of rows take them to be.
  package var ofRepeatedUnits: MeasureNumber {
    guard value.value != nil else { return self }
    return MeasureNumber(value, reason: "rows of one unit are not independent")
  }

  /// The same of 1 − value.
  package var complement: MeasureNumber {
    var result = MeasureNumber(value.map { 1 - $0 }, reason: reason ?? "")
    if let limits { result.limits = Interval(lower: 1 - limits.upper, upper: 1 - limits.lower) }
    (result.interval, result.p, result.test, result.reason) = (interval, p, test, reason)
    return result
  }

  /// The same of the value turned round: 0 − value.
  package var negated: MeasureNumber {
    var result = MeasureNumber(value.map { 0 - $0 }, reason: reason ?? "")
    if let limits { result.limits = Interval(lower: 0 - limits.upper, upper: 0 - limits.lower) }
    (result.interval, result.p, result.test, result.reason) = (interval, p, test, reason)
    return result
  }
}

extension Interval {
  /// The limits of |x| from those of x.
  package var magnitude: Interval {
    let (a, b) = (abs(lower), abs(upper))
    return Interval(lower: lower <= 0 && upper >= 0 ? 0 : min(a, b), upper: max(a, b))
  }

  /// The limits of min(r, 1/r) from those of a ratio r.
  package var folded: Interval {
    func fold(_ ratio: Double) -> Double { ratio > 1 ? 1 / ratio : ratio }
    let (a, b) = (fold(lower), fold(upper))
    return Interval(lower: min(a, b), upper: lower <= 1 && upper >= 1 ? 1 : max(a, b))
  }

  /// The limits of Σ w x over independent estimates from the limits of each (MOVER: Zou & Donner 2008).
  package static func sum(_ terms: [(weight: Double, value: Double, limits: Interval)]) -> Interval {
    var (value, below, above) = (0.0, 0.0, 0.0)
    for term in terms {
      let (low, high) = (term.value - term.limits.lower, term.limits.upper - term.value)
      let isPositive = term.weight >= 0
      value += term.weight * term.value
      below += term.weight * term.weight * (isPositive ? low * low : high * high)
      above += term.weight * term.weight * (isPositive ? high * high : low * low)
    }
    return Interval(lower: value - below.squareRoot(), upper: value + above.squareRoot())
  }
}

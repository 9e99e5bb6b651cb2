import Glibc
import Results
import Statistics

/// One-sided tests of a value by its stored interval, for numbers whose sufficient statistics are not stored.
///
/// A bound is as many standard errors away as the interval's half on its side says, so that a bound on the limit has
/// exactly the p-value that the limit was made for, and one between them that of a normal error. Ratios are tested on
/// the logarithmic scale, where their errors are nearly symmetric.
struct StoredInterval: Sendable {
  private let value: Double
  /// Standard errors below and above; infinite where the interval is open.
  private let below: Double
  private let above: Double
  let isLogarithmic: Bool

  /// nil without an interval, and where value and both limits are one number.
  ///
  /// - Parameter level: of the stored interval
  init?(_ estimate: Estimate, level: Double, isRatio: Bool) {
    guard estimate.status == .ok, let value = estimate.value, value.isFinite, let lower = estimate.lower,
      let upper = estimate.upper, lower <= value, value <= upper, lower < upper
    else { return nil }
    isLogarithmic = isRatio && lower > 0
    self.value = isLogarithmic ? log(value) : value
    let z = Normal.criticalValue(level: level)
    let under = self.value - (isLogarithmic ? log(lower) : lower)
    let over = (isLogarithmic ? log(upper) : upper) - self.value
    // A limit on the value itself is the end of what is possible; beyond it, the other half has to do.
    below = (under > 0 ? under : over) / z
    above = (over > 0 ? over : under) / z
  }

  func tails(_ bound: Double) -> BoundTails {
    guard !isLogarithmic || bound > 0 else { return BoundTails(less: 1, greater: 0) }
    let distance = value - (isLogarithmic ? log(bound) : bound)
    let z = distance / (distance > 0 ? below : above)
    return BoundTails(less: Normal.cumulative(z), greater: Normal.survival(z))
  }

  /// Limits at another level.
  func limits(level: Double) -> Interval {
    let z = Normal.criticalValue(level: level)
    let (low, high) = (value - z * below, value + z * above)
    return Interval(lower: isLogarithmic ? exp(low) : low, upper: isLogarithmic ? exp(high) : high)
  }
}

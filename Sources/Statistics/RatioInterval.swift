import Glibc

/// Two-sided intervals of a ratio of two independent proportions, first over second.
package enum RatioInterval {
  /// Katz et al. (1978): normal on the log scale. Nil where a count is 0 or nobody failed, as the
  /// standard error is then undefined or 0.
  package static func katzLog(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double,
    level: Double
  ) -> Interval? {
    guard k1 > 0, k2 > 0, n1 > 0, n2 > 0 else { return nil }
    let variance = (1 / k1 - 1 / n1) + (1 / k2 - 1 / n2)
    guard variance > 0 else { return nil }
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    let ratio = (k1 / n1) / (k2 / n2)
    return Interval(lower: ratio * exp(-half), upper: ratio * exp(half))
  }

  /// Katz's interval with ½ added to every count and size (Walter 1975; Pettigrew et al. 1986).
  package static func adjustedLog(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double,
    level: Double
  ) -> Interval {
    let variance = 1 / (k1 + 0.5) - 1 / (n1 + 0.5) + 1 / (k2 + 0.5) - 1 / (n2 + 0.5)
    guard variance > 0 else { return Interval(lower: 0, upper: .infinity) }
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    let ratio = ((k1 + 0.5) / (n1 + 0.5)) / ((k2 + 0.5) / (n2 + 0.5))
    return Interval(lower: ratio * exp(-half), upper: ratio * exp(half))
  }

  /// The limits of a/b for two non-negative estimates from the limits of each (MOVER-R: Donner & Zou 2012); +∞ where the
  /// denominator's lower limit is 0.
  ///
  /// - Parameter correlation: of the two estimates
  package static func moverR(
    _ a: Double, _ aLimits: Interval, _ b: Double, _ bLimits: Interval, correlation r: Double = 0
  ) -> Interval {
    let (l1, u1, l2, u2) = (aLimits.lower, aLimits.upper, bLimits.lower, bLimits.upper)
    // With R the limit, (a − R·b)² is the square of the distance that MOVER gives a − R·b.
    let low = a * b - r * (a - l1) * (u2 - b)
    let lowTop = l1 * (2 * a - l1)
    let lowRoot = max(0, low * low - lowTop * u2 * (2 * b - u2)).squareRoot()
    let lower = lowTop > 0 && low + lowRoot > 0 ? lowTop / (low + lowRoot) : 0
    let high = a * b - r * (u1 - a) * (b - l2)
    let bottom = l2 * (2 * b - l2)
    let highRoot = max(0, high * high - bottom * u1 * (2 * a - u1)).squareRoot()
    return Interval(lower: lower, upper: bottom > 0 ? (high + highRoot) / bottom : .infinity)
  }
}

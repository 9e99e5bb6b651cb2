import Glibc

/// Two-sided intervals of a difference between independent estimates, first minus second.
package enum DifferenceInterval {
  /// The limits of a − b recovered from the limits of each (MOVER: Zou & Donner 2008); with Wilson's
  /// limits it is Newcombe's (1998b) method 10.
  ///
  /// - Parameter correlation: of the two estimates, where they share rows or units (Zou 2007)
  package static func mover(
    _ a: Double, _ aLimits: Interval, _ b: Double, _ bLimits: Interval, correlation r: Double = 0
  ) -> Interval {
    let difference = a - b
    return Interval(
      lower: difference - norm(a - aLimits.lower, bLimits.upper - b, r),
      upper: difference + norm(aLimits.upper - a, b - bLimits.lower, r))
  }

  /// Newcombe (1998b) method 10: hybrid score interval. Without trials in a group: [−1, 1].
  package static func newcombe(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double,
    level: Double
  ) -> Interval {
    guard n1 > 0, n2 > 0 else { return Interval(lower: -1, upper: 1) }
    let z = Normal.criticalValue(level: level)
    return mover(
      k1 / n1, ProportionInterval.wilson(successes: k1, trials: n1, z: z),
      k2 / n2, ProportionInterval.wilson(successes: k2, trials: n2, z: z))
  }

  /// Agresti & Caffo (2000): a success and a failure added to each group; not clipped.
  package static func agrestiCaffo(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double,
    level: Double
  ) -> Interval {
    let p1 = (k1 + 1) / (n1 + 2)
    let p2 = (k2 + 1) / (n2 + 2)
    let variance = p1 * (1 - p1) / (n1 + 2) + p2 * (1 - p2) / (n2 + 2)
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    return Interval(lower: p1 - p2 - half, upper: p1 - p2 + half)
  }

  /// Normal with separate variances, not clipped: a point where both rates are 0 or 1. For comparison with other tools only.
  package static func wald(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double, level: Double
  ) -> Interval {
    guard n1 > 0, n2 > 0 else { return Interval(lower: -1, upper: 1) }
    let (p1, p2) = (k1 / n1, k2 / n2)
    let variance = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    return Interval(lower: p1 - p2 - half, upper: p1 - p2 + half)
  }

  private static func norm(_ x: Double, _ y: Double, _ r: Double) -> Double {
    max(0, x * x + y * y - 2 * r * x * y).squareRoot()
  }
}

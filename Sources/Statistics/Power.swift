import Glibc

/// What a comparison of two proportions can see at its sizes.
package enum Power {
  /// The power of the two-sided pooled test of size `alpha` at true rates p₁ and p₂.
  package static func twoProportions(
    rate1 p1: Double, trials1 n1: Double, rate2 p2: Double, trials2 n2: Double, alpha: Double
  ) -> Double {
    let z = Normal.criticalValue(level: 1 - alpha)
    let pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
    let null = (pooled * (1 - pooled) * (1 / n1 + 1 / n2)).squareRoot()
    let actual = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2).squareRoot()
    let gap = abs(p1 - p2)
    guard actual > 0 else { return gap > z * null ? 1 : 0 }
    return Normal.cumulative((gap - z * null) / actual) + Normal.cumulative((-gap - z * null) / actual)
  }

  /// The smallest difference from `rate` that is found with the given power:
  /// (z_{α/2} + z_β)·√(p(1 − p)(1/n₁ + 1/n₂)).
  package static func minimumDetectableDifference(
    rate p: Double, trials1 n1: Double, trials2 n2: Double, alpha: Double, power: Double
  ) -> Double {
    (Normal.criticalValue(level: 1 - alpha) + Normal.quantile(power))
      * (p * (1 - p) * (1 / n1 + 1 / n2)).squareRoot()
  }
}

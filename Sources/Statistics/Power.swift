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

  /// The smallest increase over `rate` in the second group that the pooled two-sided test finds in the first with the given power, each
  /// rate with its own variance and the lower tail left out. Nil where even a rate of 1 is not found.
  package static func detectableIncrease(
    rate p2: Double, trials1 n1: Double, trials2 n2: Double, alpha: Double, power: Double
  ) -> Double? {
    let z = Normal.criticalValue(level: 1 - alpha)
    let excess = { (gap: Double) -> Double in
      let p1 = p2 + gap
      let pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
      let null = (pooled * (1 - pooled) * (1 / n1 + 1 / n2)).squareRoot()
      let actual = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2).squareRoot()
      // Without variance the sign alone decides.
      let reach = actual > 0 ? (gap - z * null) / actual : (gap > z * null ? 40 : -40)
      return Normal.cumulative(reach) - power
    }
    let (low, high) = (1e-12, 1 - p2)
    guard high > low, excess(low) < 0, excess(high) >= 0 else { return nil }
    return RootFinding.bracketed(low, excess(low), high, excess(high), tolerance: 1e-16, excess)
  }

  /// By how much the sample would have to grow (all groups alike) for a one-sided test of size `alpha`
  /// that now has statistic `z` to reject with the given power, were the estimates true:
  /// ((z_α + z_β)/z)². At most 1 where it is large enough; infinite where z ≤ 0 or unknown.
  package static func factorToDecide(z: Double, alpha: Double, power: Double) -> Double {
    guard z > 0 else { return .infinity }
    let ratio = quantiles(alpha, power) / z
    return ratio * ratio
  }

  /// How far beyond a bound the truth has to lie for a one-sided test of size `alpha` to show it with
  /// the given power: (z_α + z_β) · standard error.
  package static func detectableExcess(standardError: Double, alpha: Double, power: Double) -> Double {
    quantiles(alpha, power) * standardError
  }

  /// The size at which one proportion, `distance` away from its bound, is told from it: Fleiss, Levin &
  /// Paik (2003), (z_α√(b(1 − b)) + z_β√(p(1 − p)))²/(p − b)². Infinite at the bound.
  package static func trialsToDecide(
    rate p: Double, bound b: Double, alpha: Double, power: Double
  ) -> Double {
    let null = (b * (1 - b)).squareRoot()
    let actual = (p * (1 - p)).squareRoot()
    let reach = -Normal.quantile(alpha) * null + Normal.quantile(power) * actual
    let distance = abs(p - b)
    return distance > 0 ? max(1, reach * reach / (distance * distance)) : .infinity
  }

  /// The total size at which p₁ − p₂ is told from `bound`, when the first group has `share` of it:
  /// (z_α + z_β)²·(p₁(1 − p₁)/share + p₂(1 − p₂)/(1 − share))/(p₁ − p₂ − bound)².
  package static func totalToDecideDifference(
    rate1 p1: Double, rate2 p2: Double, share: Double, bound: Double, alpha: Double, power: Double
  ) -> Double {
    let variance = p1 * (1 - p1) / share + p2 * (1 - p2) / (1 - share)
    return total(variance, distance: p1 - p2 - bound, alpha, power)
  }

  /// As `totalToDecideDifference` for p₁ / p₂, by way of p₁ − bound·p₂ (Farrington & Manning 1990).
  package static func totalToDecideRatio(
    rate1 p1: Double, rate2 p2: Double, share: Double, bound: Double, alpha: Double, power: Double
  ) -> Double {
    let variance = p1 * (1 - p1) / share + bound * bound * p2 * (1 - p2) / (1 - share)
    return total(variance, distance: p1 - bound * p2, alpha, power)
  }

  private static func total(
    _ variance: Double, distance: Double, _ alpha: Double, _ power: Double
  ) -> Double {
    guard abs(distance) > 0 else { return .infinity }
    let ratio = quantiles(alpha, power) / distance
    return max(2, ratio * ratio * variance)
  }

  /// z_α + z_β, one-sided.
  private static func quantiles(_ alpha: Double, _ power: Double) -> Double {
    max(0, Normal.quantile(power) - Normal.quantile(alpha))
  }
}

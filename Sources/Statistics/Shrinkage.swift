import Glibc

/// Partial pooling of groups' values, for ranking and display; not a test of anything.
package enum Shrinkage {
  /// How rates vary between groups, by the method of moments.
  package struct BetaBinomial: Sendable, Equatable {
    /// The pooled rate.
    package let mean: Double
    /// The variance of the groups' true rates; 0 where they vary no more than chance allows.
    package let betweenVariance: Double
    /// α + β of the prior: how many observations of the pooled rate a group is given; may be +∞.
    package let concentration: Double

    /// The posterior mean of a group's rate; the pooled rate without trials.
    package func shrunk(successes k: Double, trials n: Double) -> Double {
      concentration == .infinity ? mean : (k + concentration * mean) / (n + concentration)
    }

    /// The equal-tailed posterior interval; nil where the prior is a point.
    package func interval(successes k: Double, trials n: Double, level: Double) -> Interval? {
      guard concentration.isFinite else { return nil }
      let a = k + concentration * mean
      let b = n - k + concentration * (1 - mean)
      let tail = (1 - level) / 2
      return Interval(lower: Beta.quantile(tail, a, b), upper: 1 - Beta.quantile(tail, b, a))
    }
  }

  /// Kleinman's (1973) moments with weights nᵢ: S = Σn(p − p̄)², d = (N − Σn²/N)/(m − 1),
  /// σ² = max(0, (S/(m − 1) − p̄(1 − p̄))/(d − 1)). Groups without trials are left out; nil with fewer
  /// than two groups, one trial each, or a pooled rate of 0 or 1.
  package static func betaBinomialMoments(successes: [Double], trials: [Double]) -> BetaBinomial? {
    let groups = zip(successes, trials).filter { $0.1 > 0 }
    let degrees = Double(groups.count - 1)
    let total = groups.reduce(0) { $0 + $1.1 }
    let mean = groups.reduce(0) { $0 + $1.0 } / total
    guard degrees > 0, mean > 0, mean < 1 else { return nil }
    let spread = groups.reduce(0) { $0 + $1.1 * ($1.0 / $1.1 - mean) * ($1.0 / $1.1 - mean) }
    let size = (total - groups.reduce(0) { $0 + $1.1 * $1.1 } / total) / degrees
    guard size > 1 else { return nil }
    let within = mean * (1 - mean)
    let between = max(0, (spread / degrees - within) / (size - 1))
    let concentration = between > 0 ? max(0, within / between - 1) : .infinity
    return BetaBinomial(mean: mean, betweenVariance: between, concentration: concentration)
  }

  /// A random-effects model of estimates with known variances.
  package struct RandomEffects: Sendable, Equatable {
    /// Cochran's Q, on (number of estimates − 1) degrees of freedom.
    package let heterogeneity: Double
    /// The share of the variation that is not chance (Higgins & Thompson 2002).
    package let inconsistency: Double
    /// τ², the variance of the true values.
    package let betweenVariance: Double
    package let mean: Double
    package let standardError: Double

    /// The estimate drawn towards the mean in proportion to its share of noise.
    package func shrunk(_ estimate: Double, variance: Double) -> Double {
      guard betweenVariance + variance > 0 else { return estimate }
      return mean + betweenVariance / (betweenVariance + variance) * (estimate - mean)
    }

    /// The variance of the drawn estimate if mean and τ² were known: τ²·v/(τ² + v), too small where they are not.
    package func shrunkVariance(_ variance: Double) -> Double {
      guard betweenVariance + variance > 0 else { return 0 }
      return betweenVariance * variance / (betweenVariance + variance)
    }
  }

  /// DerSimonian & Laird (1986). Variances are positive; nil with fewer than two estimates.
  package static func derSimonianLaird(estimates: [Double], variances: [Double]) -> RandomEffects? {
    let pairs = Array(zip(estimates, variances))
    guard pairs.count > 1, pairs.allSatisfy({ $0.1 > 0 }) else { return nil }
    let weight = pairs.reduce(0) { $0 + 1 / $1.1 }
    let squares = pairs.reduce(0) { $0 + 1 / ($1.1 * $1.1) }
    let fixed = pairs.reduce(0) { $0 + $1.0 / $1.1 } / weight
    let q = pairs.reduce(0) { $0 + ($1.0 - fixed) * ($1.0 - fixed) / $1.1 }
    let degrees = Double(pairs.count - 1)
    let between = max(0, (q - degrees) / (weight - squares / weight))
    let total = pairs.reduce(0) { $0 + 1 / ($1.1 + between) }
    return RandomEffects(
      heterogeneity: q, inconsistency: q > 0 ? max(0, (q - degrees) / q) : 0, betweenVariance: between,
      mean: pairs.reduce(0) { $0 + $1.0 / ($1.1 + between) } / total,
      standardError: (1 / total).squareRoot())
  }
}

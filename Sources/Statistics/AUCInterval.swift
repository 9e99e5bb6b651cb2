import Glibc

/// Intervals of the area under the ROC curve.
package enum AUCInterval {
  /// Normal on the logit scale (Pepe 2003): the ends stay within (0, 1). Nil where the area is 0
  /// or 1, or the variance is 0: it can't be estimated there.
  package static func logit(auc: Double, variance: Double, level: Double) -> Interval? {
    guard auc > 0, auc < 1, variance > 0, variance.isFinite else { return nil }
    let middle = log(auc / (1 - auc))
    let half = Normal.criticalValue(level: level) * variance.squareRoot() / (auc * (1 - auc))
    return Interval(
      lower: 1 / (1 + exp(half - middle)), upper: 1 / (1 + exp(-half - middle)))
  }

  /// The textbook's area ± z·√variance, not clipped: it leaves [0, 1] where the area is near an end, and is a point at 0 and 1.
  package static func normal(auc: Double, variance: Double, level: Double) -> Interval {
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    return Interval(lower: auc - half, upper: auc + half)
  }

  /// The score interval (Newcombe 2006, "Confidence intervals for an effect size measure based on the Mann–Whitney statistic. Part 2",
  /// method 5): the areas whose own variance, Hanley & McNeil's (1982) with both classes' sizes averaged, leaves the observed one within
  /// z errors. It stands where the classes are apart and DeLong's variance is 0. Nil without one of the classes.
  package static func score(
    auc: Double, positives m: Double, negatives n: Double, level: Double
  ) -> Interval? {
    guard auc >= 0, auc <= 1, m > 0, n > 0 else { return nil }
    let z = Normal.criticalValue(level: level)
    return Interval(
      lower: scoreLimit(auc, m, n, z), upper: 1 - scoreLimit(1 - auc, m, n, z))
  }

  /// The variance of an observed area if `auc` is the true one.
  package static func scoreVariance(auc: Double, positives m: Double, negatives n: Double) -> Double {
    let spread = max(0, (m + n) / 2 - 1) * ((1 - auc) / (2 - auc) + auc / (1 + auc))
    return auc * (1 - auc) * (1 + spread) / (m * n)
  }

  private static func scoreLimit(_ auc: Double, _ m: Double, _ n: Double, _ z: Double) -> Double {
    guard auc > 0 else { return 0 }
    let excess = { (bound: Double) in
      auc - bound - z * scoreVariance(auc: bound, positives: m, negatives: n).squareRoot()
    }
    // At 1 the variance vanishes: that root is not the limit.
    return RootFinding.bracketed(auc, min(-1e-6, excess(auc)), 0, auc, tolerance: 1e-16, excess)
  }
}

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
}

/// Reproduces a tool's sign and rules for empty denominators. Without one, rates of nothing are undefined,
/// differences are focal − reference, and ratios focal / reference. A group's own quotient of counts (misses per false alarm, positives
/// per selected row) is a metric of that group, undefined over nothing; only a ratio of two groups' values is infinite at x/0.
///
/// | tool | x/0 | 0/0 | empty rate | sign of a difference |
/// |---|---|---|---|---|
/// | Fairlearn 0.15 | ∞ | undefined | 0 for TPR, FPR, TNR, FNR, PPV, F1 | largest − smallest |
/// | Aequitas 1.1 | 10 | undefined | undefined | (ratios only) |
/// | AIF360 0.6 | ∞ | undefined | 0 for PPV, NPV, FDR, FOR, accuracy | unprivileged − privileged |
/// | Clarify 0.5 | ±∞ | 0 | 0 | each metric's own |
/// | TFMA 0.52 | as without | as without | as without | as without |
///
/// Results that are known to be wrong are not reproduced under any setting: Fairlearn's ratios of values with
/// different signs; Aequitas' significance columns, whose FPR, TNR, FNR and TPR tests use the denominators of
/// FDR and FOR; AIF360's α = 0 entropy index, divided once too often by the mean benefit, and 2√GEI(2) as
/// coefficient of variation in its older releases (and in holisticai); Clarify's KL, JS, LP and KS over only
/// the categories that both facets have.
package enum Compatibility: String, Sendable, CaseIterable {
  case fairlearn, aequitas, aif360, clarify
  /// TensorFlow Model Analysis, whose one difference is that it decides by score > threshold.
  case tfma

  /// Whether a score that equals the threshold is not selected.
  package var thresholdIsStrict: Bool { self == .tfma }
}

extension MeasureValue {
  /// numerator / denominator under a tool's zero rule.
  ///
  /// - Parameter reason: why 0/0 has no value
  package static func quotient(
    _ numerator: Double, _ denominator: Double, as compatibility: Compatibility? = nil, reason: String
  ) -> MeasureValue {
    if denominator != 0 { return .value(numerator / denominator) }
    if numerator == 0 { return compatibility == .clarify ? .value(0) : .undefined(reason) }
    if compatibility == .aequitas { return .value(10) }
    return .value(numerator > 0 ? .infinity : -.infinity)
  }

  /// The quotient of two values; the first reason where one has none.
  package static func quotient(
    _ numerator: MeasureValue, _ denominator: MeasureValue, as compatibility: Compatibility? = nil,
    reason: String
  ) -> MeasureValue {
    guard let top = numerator.value else { return numerator }
    guard let bottom = denominator.value else { return denominator }
    return quotient(top, bottom, as: compatibility, reason: reason)
  }

  /// a − b; Clarify takes ∞ − ∞ for 0.
  package static func difference(
    _ a: MeasureValue, _ b: MeasureValue, as compatibility: Compatibility? = nil
  ) -> MeasureValue {
    combine(a, b) { compatibility == .clarify && $0 == $1 ? 0 : $0 - $1 }
  }
}

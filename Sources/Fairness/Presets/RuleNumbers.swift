/// The numbers that rules and tools of practice know, in one place: presets of an evaluation and of a policy share them.
package enum RuleNumbers {
  /// 29 CFR 1607.4(D): a selection rate below four fifths of the highest.
  package static let fourFifths = 0.8
  /// A category below this share of the rows may stay out of impact ratios: 6 RCNY § 5-301; the Uniform Guidelines ask
  /// for no separate analysis below it (29 CFR 1607.15(A)(2)(a)).
  package static let smallShare = 0.02
  /// Aequitas: disparities from τ to 1/τ.
  package static let tau = 0.8
  /// Practice of lenders, not law: impact ratios below them are looked into.
  package static let lendingRatios = (stricter: 0.9, usual: 0.8)
  /// Practice of lenders, not law: standardized mean differences beyond ± this are looked into.
  package static let lendingMeanDifference = 0.3
  /// The level below which practice calls a difference statistically significant, about two standard deviations.
  package static let significance = 0.05
  /// Fewer people in both groups together than this, or fewer than `leastExpected` in a cell under “no difference”: the exact test.
  package static let exactBelow = 30
  package static let leastExpected = 5.0
}

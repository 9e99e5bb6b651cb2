/// One group (or pair of groups) that a check looked at.
package struct CheckItem: Sendable, Equatable, Codable {
  /// Decisions that differ between candidate and baseline on the same rows.
  package struct Flips: Sendable, Equatable, Codable {
    /// Right with the candidate, wrong with the baseline; and the other way round.
    package var better: Int
    package var worse: Int
    /// Decisions that became positive; and that became negative.
    package var toPositive: Int
    package var toNegative: Int

    package init(better: Int, worse: Int, toPositive: Int, toNegative: Int) {
      self.better = better
      self.worse = worse
      self.toPositive = toPositive
      self.toNegative = toNegative
    }
  }

  /// Predicate (`sex=Female & race=Black`, `overall`) and the same for a person to read.
  package var slice: String
  package var label: String
  /// Its place in the evaluation.
  package var sliceIndex: Int?
  /// What it was compared with: a predicate, `overall`, `rows outside sex=Female`, `baseline`; nil for a
  /// metric's value.
  package var reference: String?
  package var referenceLabel: String?
  package var referenceIndex: Int?
  /// The metric that was compared; where a gap looks at several (equalized odds), the one that decided.
  package var component: String
  package var verdict: Verdict
  /// The bounded number; nil where it is undefined. May be infinite.
  package var value: Double?
  /// Two-sided interval at the check's confidence level, not adjusted for looking at many groups.
  package var lower: Double?
  package var upper: Double?
  /// The metric in the group and in what it is compared with (or in the baseline).
  package var groupValue: Double?
  package var referenceValue: Double?
  /// Rows of the slice; rows in the metric's own denominator, in the group and in the reference. 0 where withheld.
  package var rows: Int {
    get { shownRows ?? 0 }
    set { shownRows = newValue }
  }
  package var denominator: Int {
    get { shownDenominator ?? 0 }
    set { shownDenominator = newValue }
  }
  private var shownRows: Int?
  private var shownDenominator: Int?
  package var referenceDenominator: Int?
  /// One-sided, unadjusted p-values: small where the number is beyond, where it is within the bounds.
  package var pBeyond: Double?
  package var pWithin: Double?
  /// `pBeyond` adjusted for all groups and checks of its severity.
  package var pBeyondAdjusted: Double?
  /// The test that the p-values come from.
  package var test: String?
  /// The one-sided confidence limit behind a verdict, and the α at which it was taken: a failure's limit
  /// lies beyond the bound at the adjusted α, a pass's limit within it at the check's α.
  package var limit: Double?
  package var limitAlpha: Double?
  /// Rows in the denominator of the smaller side at which 80 % of runs would be decided, if the value stays and
  /// the other side grows alike; nil where the value lies on the bound.
  package var needed: Int?
  /// The reference's predicate where that is the smaller side; nil where the group is.
  package var neededIn: String?
  /// The smallest true number beyond the bound that 80 % of runs of this size would fail.
  package var detectable: Double?
  /// Why it is inconclusive: `34 positives, below the minimum of 100`, `no positives`.
  package var reason: String?
  /// How many comparisons it was chosen among, which its p-value of "beyond" pays for; nil for one.
  package var chosenAmong: Int?
  /// Index into the judgement's waivers.
  package var waiver: Int?
  package var flips: Flips?

  package init(slice: String, label: String, component: String) {
    self.slice = slice
    self.label = label
    self.component = component
    verdict = .inconclusive
    shownRows = 0
    shownDenominator = 0
  }

  /// Whether the verdict is all that may be told.
  package var isWithheld: Bool { shownRows == nil }

  /// Takes out every number; the verdict stays.
  package mutating func withhold(reason: String) {
    var bare = CheckItem(slice: slice, label: label, component: component)
    (bare.sliceIndex, bare.reference) = (sliceIndex, reference)
    (bare.referenceLabel, bare.referenceIndex) = (referenceLabel, referenceIndex)
    (bare.verdict, bare.waiver, bare.reason) = (verdict, waiver, reason)
    (bare.shownRows, bare.shownDenominator) = (nil, nil)
    self = bare
  }

  private enum CodingKeys: String, CodingKey {
    case slice, label, sliceIndex, reference, referenceLabel, referenceIndex, component, verdict, value, lower
    case upper, groupValue, referenceValue, referenceDenominator, pBeyond, pWithin, pBeyondAdjusted, test
    case limit, limitAlpha, needed, neededIn, detectable, reason, chosenAmong, waiver, flips
    case shownRows = "rows"
    case shownDenominator = "denominator"
  }
}

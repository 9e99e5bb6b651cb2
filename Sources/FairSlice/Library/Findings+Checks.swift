import Results

extension Findings {
  /// What became of one check of a policy.
  public struct Check: Sendable, Equatable, Identifiable {
    /// As the policy calls it.
    public let id: String
    /// What its author wrote about it; nil where nothing.
    public let note: String?
    /// Whether a failure only warns.
    public let isWarning: Bool
    /// What it came to.
    public let verdict: Verdict
    /// What that counts as: an inconclusive check may be folded into pass or fail.
    public let countsAs: Verdict
    /// Identifier of the metric or gap that is bounded.
    public let metric: String
    /// What groups are compared with; nil for a metric's value and for a change against a baseline.
    public let comparison: Gap.Comparison?
    /// Inclusive lower bound, in the unit of the values; nil where there is none.
    public let minimum: Double?
    /// Inclusive upper bound; nil where there is none.
    public let maximum: Double?
    /// Groups, or pairs of them, in the order of the evaluation. Where one stands for all, that which decided.
    public let items: [Item]
    /// The item that says most about the verdict: the surest failure, or the furthest out. nil without items.
    public let worst: Item?
    /// Groups that the policy leaves out.
    public let excluded: [Gap.Exclusion]
    /// Why the check as a whole cannot pass, where no item says so.
    public let reason: String?

    init(_ check: CheckResult) {
      (id, note, metric, reason) = (check.id, check.note, check.metric, check.reason)
      isWarning = check.severity == .warning
      verdict = Verdict(check.verdict)
      countsAs = Verdict(check.countsAs)
      comparison = check.comparison.map(Gap.Comparison.init)
      (minimum, maximum) = (check.minimum, check.maximum)
      items = check.items.map(Item.init)
      worst = check.worst.map(Item.init)
      excluded = check.excluded.map { Gap.Exclusion(group: $0.group, reason: $0.reason) }
    }

    /// One group, or pair of groups, that a check looked at.
    public struct Item: Sendable, Equatable {
      /// The group, as a predicate.
      public let slice: String
      /// What it was compared with: a predicate, `overall`, `rows outside sex=Female`, `baseline`; nil for a value.
      public let reference: String?
      /// The metric that was compared; where a gap looks at several, the one that decided.
      public let component: String
      /// What it came to.
      public let verdict: Verdict
      /// The bounded number; nil where there is none.
      public let value: Double?
      /// Lower limit of the two-sided interval at the policy's confidence level.
      public let lower: Double?
      /// Upper limit of the interval.
      public let upper: Double?
      /// The metric in the group.
      public let groupValue: Double?
      /// The metric in what the group is compared with, or in the baseline.
      public let referenceValue: Double?
      /// Rows of the group; nil where withheld.
      public let rowCount: Int?
      /// Rows of the group that the metric is about; nil where withheld.
      public let denominator: Int?
      /// One-sided p-value, small where the number is beyond the bound; not adjusted.
      public let pBeyond: Double?
      /// The same adjusted for all groups and checks of its severity: `fail` where it is at most α.
      public let pBeyondAdjusted: Double?
      /// One-sided p-value, small where the number is within the bounds: `pass` where it is at most α.
      public let pWithin: Double?
      /// Rows in the denominator at which 80 % of runs would be decided, if the value stays; nil where not known.
      public let needed: Int?
      /// Why it is inconclusive; nil where it is not.
      public let reason: String?

      init(_ item: CheckItem) {
        (slice, reference, component) = (item.slice, item.reference, item.component)
        verdict = Verdict(item.verdict)
        (value, lower, upper) = (item.value, item.lower, item.upper)
        (groupValue, referenceValue) = (item.groupValue, item.referenceValue)
        rowCount = item.isWithheld ? nil : item.rows
        denominator = item.isWithheld ? nil : item.denominator
        (pBeyond, pBeyondAdjusted, pWithin) = (item.pBeyond, item.pBeyondAdjusted, item.pWithin)
        (needed, reason) = (item.needed, item.reason)
      }
    }
  }
}

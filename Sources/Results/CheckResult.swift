/// What became of one check of a policy.
package struct CheckResult: Sendable, Equatable, Codable {
  /// Whether a failure fails the gate.
  package enum Severity: String, Sendable, Codable, CaseIterable { case error, warning }

  /// What shows that a bound holds or is broken.
  package enum Evidence: String, Sendable, Codable, CaseIterable {
    /// One-sided tests: the interval must clear the bound.
    case interval
    /// The value alone.
    case point
    /// The value, and a test of "no gap" besides (the practice around 29 CFR 1607.4 D).
    case significance
  }

  /// The number that is bounded.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// A metric of a group.
    case value
    /// The size of a difference, or with `isSigned` the difference itself.
    case difference
    case ratio
    /// How much worse than the baseline, in the metric's own units; for a neutral metric, how different.
    case change
    /// The same as a share of the baseline's value.
    case relativeChange = "relative_change"
  }

  /// Which groups the check is about.
  package enum Scope: String, Sendable, Codable, CaseIterable {
    /// Every group by itself.
    case each
    /// The worst group.
    case worst
    /// The best group.
    case best
    /// The number of groups that break the bound.
    case count
  }

  package var id: String
  /// What the author of the policy wrote about it.
  package var note: String?
  /// Line of the policy file on which the check begins.
  package var line: Int?
  package var severity: Severity
  package var verdict: Verdict
  /// What the verdict counts as: an inconclusive check may be folded into pass or fail.
  package var countsAs: Verdict
  /// Identifier of the metric or gap (`equal_opportunity`) and its name for a person.
  package var metric: String
  package var metricName: String
  /// The task in whose words the metric is spoken of; nil for a binary one.
  package var task: TaskKind?
  package var kind: Kind
  /// What groups are compared with; nil for a metric's value and for a change.
  package var comparison: Gap.Comparison?
  package var isSigned: Bool
  package var scope: Scope
  /// Selectors, as the policy has them.
  package var slices: [String]
  /// Inclusive bounds; for `count`, on each group.
  package var minimum: Double?
  package var maximum: Double?
  /// The most groups that may break the bound; nil unless `scope` is `count`.
  package var allowedGroups: Int?
  package var evidence: Evidence
  /// One-sided size of its tests.
  package var alpha: Double
  /// Whether the check exists because the policy is in ratchet mode: no worse than the baseline.
  package var isRatchet: Bool
  /// In the order of the evaluation. With several groups behind one verdict (between groups, worst,
  /// best) the one that decided.
  package var items: [CheckItem]
  /// Groups that the policy leaves out of the verdict, with the reason.
  package var excluded: [Gap.Exclusion]
  /// Why the check as a whole cannot pass, where no item says so.
  package var reason: String?

  package init(
    id: String, note: String? = nil, line: Int? = nil, severity: Severity = .error,
    verdict: Verdict = .inconclusive, countsAs: Verdict = .inconclusive, metric: String,
    metricName: String, kind: Kind, comparison: Gap.Comparison? = nil, isSigned: Bool = false,
    scope: Scope = .each, slices: [String], minimum: Double? = nil, maximum: Double? = nil,
    allowedGroups: Int? = nil, evidence: Evidence = .interval, alpha: Double = 0.05,
    isRatchet: Bool = false, items: [CheckItem] = [], excluded: [Gap.Exclusion] = [],
    reason: String? = nil, task: TaskKind? = nil
  ) {
    self.id = id
    self.note = note
    self.line = line
    self.severity = severity
    self.verdict = verdict
    self.countsAs = countsAs
    self.metric = metric
    self.metricName = metricName
    self.task = task
    self.kind = kind
    self.comparison = comparison
    self.isSigned = isSigned
    self.scope = scope
    self.slices = slices
    self.minimum = minimum
    self.maximum = maximum
    self.allowedGroups = allowedGroups
    self.evidence = evidence
    self.alpha = alpha
    self.isRatchet = isRatchet
    self.items = items
    self.excluded = excluded
    self.reason = reason
  }

  /// The items, worst first: by verdict, by the p-values that say how surely, and where those are alike by how
  /// far beyond the bound.
  package var worstFirst: [CheckItem] { items.sorted { order($0) < order($1) } }

  /// The item that stands for the check where there is room for one.
  package var worst: CheckItem? { items.min { order($0) < order($1) } }

  private func order(_ item: CheckItem) -> (Int, Double, Double, Double, String) {
    let beyond = item.pBeyond ?? 2
    return (item.verdict.rank, item.pBeyondAdjusted ?? beyond, beyond, -excess(item), item.slice)
  }

  /// How far a value lies beyond the bound; negative within.
  private func excess(_ item: CheckItem) -> Double {
    guard let value = item.value else { return -.infinity }
    return max(maximum.map { value - $0 } ?? -.infinity, minimum.map { $0 - value } ?? -.infinity)
  }
}

/// A fairness gap: one metric compared between two groups, or between a group and a reference.
package struct Gap: Sendable, Equatable {
  package enum Kind: String, Sendable, Codable { case difference, ratio }

  package enum Comparison: String, Sendable, Codable, CaseIterable {
    /// The largest value against the smallest: max − min, min / max.
    case betweenGroups = "between_groups"
    /// Each group against all rows, which contain it.
    case toOverall = "to_overall"
    /// Each group against a named group.
    case toReference = "to_reference"
    /// Each group against all rows outside it.
    case toComplement = "to_complement"
    /// Each group against the group with the best value (the highest, for a neutral metric).
    case toBest = "to_best"
    /// Each group against the group with the most rows.
    case toLargest = "to_largest"
  }

  /// A group that could not take part, and why.
  package struct Exclusion: Sendable, Equatable, Codable {
    package var group: String
    package var reason: String

    package init(group: String, reason: String) {
      self.group = group
      self.reason = reason
    }
  }

  /// Index of the slice family in the evaluation.
  package var family: Int
  /// Identifier of the gap: `equal_opportunity`, or a metric's own identifier.
  package var metric: String
  /// The metric that was compared; where a gap looks at several (equalized odds), the one that decided.
  package var component: String
  package var kind: Kind
  package var comparison: Comparison
  /// Slice index of the group; nil where no two groups could be compared.
  package var group: Int?
  /// Slice index of the reference (the group with the smaller value, between groups); nil for a
  /// complement, which is no slice.
  package var reference: Int?
  /// Value, interval and status. A difference is group − reference, a ratio group / reference; between
  /// groups it is max − min and min / max.
  package var estimate: Estimate
  /// Two-sided, unadjusted p-value of "no gap", and the test it comes from.
  package var pValue: Double?
  package var test: String?
  /// How the interval was made.
  package var interval: String?
  /// Groups left out of a `betweenGroups`, `toBest` or `toLargest` search.
  package var excluded: [Exclusion]

  package init(
    family: Int, metric: String, component: String, kind: Kind, comparison: Comparison, group: Int?,
    reference: Int?, estimate: Estimate, pValue: Double? = nil, test: String? = nil,
    interval: String? = nil, excluded: [Exclusion] = []
  ) {
    self.family = family
    self.metric = metric
    self.component = component
    self.kind = kind
    self.comparison = comparison
    self.group = group
    self.reference = reference
    self.estimate = estimate
    self.pValue = pValue
    self.test = test
    self.interval = interval
    self.excluded = excluded
  }
}

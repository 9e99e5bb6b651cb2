extension RunRecord {
  /// A check with the group that stands for it.
  package struct Check: Sendable, Equatable, Decodable {
    package var id: String
    package var verdict: Verdict
    package var countsAs: Verdict
    package var severity: CheckResult.Severity
    package var metric: String
    package var metricName: String
    package var kind: CheckResult.Kind
    package var comparison: Results.Gap.Comparison?
    package var isSigned: Bool
    package var scope: CheckResult.Scope
    package var minimum: Double?
    package var maximum: Double?
    package var allowedGroups: Int?
    /// Groups that were looked at, and how many of them failed, were waived or are inconclusive.
    package var groups: Int
    package var failed: Int
    package var waived: Int
    package var inconclusive: Int
    /// The group that stands for the check (`CheckResult.worst`); nil where there is none.
    package var slice: String?
    package var reference: String?
    package var component: String?
    package var reading: Reading
    package var denominator: Int?
    package var reason: String?

    package init(_ check: CheckResult) {
      let worst = check.worst
      (id, verdict, countsAs, severity) = (check.id, check.verdict, check.countsAs, check.severity)
      (metric, metricName, kind) = (check.metric, check.metricName, check.kind)
      (comparison, isSigned, scope) = (check.comparison, check.isSigned, check.scope)
      (minimum, maximum, allowedGroups) = (check.minimum, check.maximum, check.allowedGroups)
      groups = check.items.count
      failed = check.items.count { $0.verdict == .fail }
      waived = check.items.count { $0.verdict == .waived }
      inconclusive = check.items.count { $0.verdict == .inconclusive }
      (slice, reference, component) = (worst?.slice, worst?.reference, worst?.component)
      reading = Reading(worst?.value, worst?.lower, worst?.upper)
      denominator = worst?.denominator
      reason = worst?.reason ?? check.reason
    }

    /// The check without its groups, for whoever puts checks into words.
    package var result: CheckResult {
      CheckResult(
        id: id, severity: severity, verdict: verdict, countsAs: countsAs, metric: metric,
        metricName: metricName, kind: kind, comparison: comparison, isSigned: isSigned, scope: scope,
        slices: [], minimum: minimum, maximum: maximum, allowedGroups: allowedGroups)
    }
  }

  /// The largest difference between two groups of a family.
  package struct Gap: Sendable, Equatable, Decodable {
    /// The family: `sex*race`.
    package var slices: String
    /// Identifier of the gap, its name for people, and the metric that was compared.
    package var gap: String
    package var name: String
    package var component: String
    /// The groups with the larger and the smaller value; nil where no two could be compared.
    package var group: String?
    package var reference: String?
    package var reading: Reading
    package var reason: String?

    package init(
      slices: String, gap: String, name: String, component: String, group: String?, reference: String?,
      reading: Reading, reason: String? = nil
    ) {
      self.slices = slices
      self.gap = gap
      self.name = name
      self.component = component
      self.group = group
      self.reference = reference
      self.reading = reading
      self.reason = reason
    }
  }

  /// A metric over all rows.
  package struct Metric: Sendable, Equatable, Decodable {
    package var metric: String
    package var name: String
    package var direction: MetricEntry.Direction
    package var kind: MetricEntry.Kind
    package var reading: Reading

    package init(
      metric: String, name: String, direction: MetricEntry.Direction, kind: MetricEntry.Kind, reading: Reading
    ) {
      self.metric = metric
      self.name = name
      self.direction = direction
      self.kind = kind
      self.reading = reading
    }
  }

  /// Whether two runs came to the same from the same: everything but the day.
  package func isRepeat(of other: RunRecord) -> Bool {
    var (a, b) = (self, other)
    (a.origin.date, b.origin.date) = (nil, nil)
    return a == b
  }

  /// What the rows were, by content.
  package var dataKey: [String] { inputs.map(\.sha256) }
}

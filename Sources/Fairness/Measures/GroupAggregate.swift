import Metrics

/// One metric's values in all groups, taken together as Fairlearn's MetricFrame does.
///
/// Groups without a value are left out and listed; with fewer than two that have one there is no gap (under
/// `fairlearn` it is 0, a ratio 1).
package struct GroupAggregate: Sendable {
  /// A group and the metric's value in it.
  package struct Member: Sendable, Equatable {
    package let name: String
    package let value: MeasureValue

    package init(_ name: String, _ value: MeasureValue) { (self.name, self.value) = (name, value) }
  }

  /// What each group is compared with.
  package enum Comparison: Sendable, CaseIterable {
    case betweenGroups, toOverall
  }

  /// A gap, and the groups with the smallest and the largest value (or the one farthest from overall, twice).
  package struct Gap: Sendable, Equatable {
    package let value: MeasureValue
    package let low: String?
    package let high: String?
  }

  package let members: [Member]
  package let overall: MeasureValue
  package let compatibility: Compatibility?

  package init(_ members: [Member], overall: MeasureValue, as compatibility: Compatibility? = nil) {
    self.members = members
    self.overall = overall
    self.compatibility = compatibility
  }

  /// A rate in all groups and, as overall, in their rows together.
  package init(
    of metric: BinaryMetric, in groups: [GroupCounts], as compatibility: Compatibility? = nil
  ) {
    self.init(
      groups.map { Member($0.name, $0.rate(metric, as: compatibility)) },
      overall: GroupCounts.total(groups).rate(metric, as: compatibility), as: compatibility)
  }

  /// Groups that have no value, with the reason.
  package var excluded: [Member] { members.filter { $0.value.value == nil } }

  private var defined: [(name: String, value: Double)] {
    members.compactMap { member in member.value.value.map { (member.name, $0) } }
  }

  /// The group with the smallest value, the first of equals; nil where no group has one.
  package var minimum: (name: String, value: Double)? { defined.min { $0.value < $1.value } }
  /// The group with the largest value, the first of equals; nil where no group has one.
  package var maximum: (name: String, value: Double)? {
    defined.reduce(nil) { best, next in best.map { next.value > $0.value ? next : $0 } ?? next }
  }

  /// Largest − smallest value, or the largest |value − overall|.
  package func difference(_ comparison: Comparison = .betweenGroups) -> Gap {
    if let none = tooFew(comparison, alone: 0) { return none }
    switch comparison {
    case .betweenGroups:
      guard let low = minimum, let high = maximum else { return Self.none("no group has a value") }
      return Gap(
        value: .combine(.value(high.value), .value(low.value)) { $0 - $1 }, low: low.name, high: high.name)
    case .toOverall:
      guard let whole = overall.value else { return Self.none(overall.reason ?? "no rows") }
      let farthest = defined.map { ($0.name, abs($0.value - whole)) }
      return Self.extreme(farthest, by: >)
    }
  }

  /// Smallest / largest value, or the smallest of value/overall and overall/value over groups. Values of
  /// different signs have no ratio.
  package func ratio(_ comparison: Comparison = .betweenGroups) -> Gap {
    if let none = tooFew(comparison, alone: 1) { return none }
    guard let low = minimum, let high = maximum else { return Self.none("no group has a value") }
    guard low.value >= 0 else { return Self.none("a ratio of negative values means nothing") }
    switch comparison {
    case .betweenGroups:
      let value = MeasureValue.quotient(low.value, high.value, reason: "the metric is 0 in every group")
      return Gap(value: value, low: low.name, high: high.name)
    case .toOverall:
      guard let whole = overall.value else { return Self.none(overall.reason ?? "no rows") }
      guard whole > 0 else { return Self.none("the metric is 0 overall") }
      return Self.extreme(defined.map { ($0.name, min($0.value / whole, whole / $0.value)) }, by: <)
    }
  }

  /// Nothing to compare: one group is no gap, though Fairlearn gives `alone`.
  private func tooFew(_ comparison: Comparison, alone: Double) -> Gap? {
    let values = defined
    if values.isEmpty { return Self.none("no group has a value") }
    guard values.count == 1, comparison == .betweenGroups else { return nil }
    guard compatibility == .fairlearn else { return Self.none("only one group has a value") }
    return Gap(value: .value(alone), low: values[0].name, high: values[0].name)
  }

  private static func none(_ reason: String) -> Gap {
    Gap(value: .undefined(reason), low: nil, high: nil)
  }

  private static func extreme(
    _ values: [(name: String, value: Double)], by precedes: (Double, Double) -> Bool
  ) -> Gap {
    guard var best = values.first else { return none("no group has a value") }
    for next in values.dropFirst() where precedes(next.value, best.value) { best = next }
    return Gap(value: .value(best.value), low: best.name, high: best.name)
  }
}

extension GroupAggregate {
  /// One aggregate per level of the control features: the groups are compared inside each, and nothing is
  /// pooled over levels (see `StratifiedComparison` for numbers that are).
  ///
  /// - Parameter levels: each level's name and its groups
  package static func byControl(
    _ metric: BinaryMetric, _ levels: [(name: String, groups: [GroupCounts])],
    as compatibility: Compatibility? = nil
  ) -> [(level: String, aggregate: GroupAggregate)] {
    levels.map { ($0.name, GroupAggregate(of: metric, in: $0.groups, as: compatibility)) }
  }
}

import Glibc
import Metrics
import Results
import Statistics
import Synchronization

/// What is made of one metric's values in all groups of a family, with intervals that can reach the fair value: limits
/// hold for all groups at once, as those of gaps between groups do.
package struct AggregateNumbers: Sendable {
  package let metric: Metric
  package let groups: [Side]
  package let overall: Side
  package let aggregate: GroupAggregate
  private let level: Double
  private let ranges: RangeComparer
  private let comparer: OverallComparer
  /// Several numbers come with the same test.
  private let found = FoundTest()

  /// - Parameters:
  ///   - groups: all groups of the family
  ///   - level: of the intervals, and of the groups' own
  ///   - comparer: of a group with all rows
  package init(
    _ metric: Metric, _ groups: [Side], overall: Side, level: Double, ranges: RangeComparer,
    comparer: OverallComparer, as compatibility: Compatibility?
  ) {
    self.metric = metric
    self.overall = overall
    (self.level, self.ranges, self.comparer) = (level, ranges, comparer)
    func value(_ side: Side) -> MeasureValue {
      if let binary = metric.binary, binary.rate != nil, let counts = side.tally?.counts {
        return GroupCounts(side.name, counts).rate(binary, as: compatibility)
      }
      if let value = side.estimate(metric)?.value { return .value(value) }
      if compatibility == .fairlearn, let counts = side.tally?.counts,
        let value = metric.binary.flatMap(GroupCounts(side.name, counts).filled)
      {
        return .value(value)
      }
      return .undefined("\(side.estimate(metric)?.reason ?? "not computed") in \(side.name)")
    }
    aggregate = GroupAggregate(
      groups.map { .init($0.name, value($0)) }, overall: value(overall), as: compatibility)
    self.groups = groups.filter { $0.estimate(metric)?.value != nil }
  }

  /// Whether a tool's zero rule gives groups a value that have none.
  private var isFilled: Bool { aggregate.members.count - aggregate.excluded.count != groups.count }

  /// The most groups that are each resampled for a metric that needs it.
  private static let bootstrapped = 200
  private static let filled = "a tool's rule gives a group without rows in the denominator a value"

  /// The test of "all groups alike", which is the same of a difference and of a ratio.
  package typealias Test = (p: Double, name: String)?

  /// nil where a tool's rule fills in values, and where none applies.
  package func homogeneity() -> Test {
    isFilled ? nil : found.test { ranges.homogeneity(metric, groups) }
  }

  /// One of the aggregation measures, at a level.
  package func number(
    _ measure: FairnessMeasure, level: Double? = nil
  ) -> (number: MeasureNumber, gap: GroupAggregate.Gap) {
    let level = level ?? self.level
    switch measure.id {
    case FairnessMeasure.differenceBetweenGroups.id: return between(.difference, level)
    case FairnessMeasure.ratioBetweenGroups.id: return between(.ratio, level)
    case FairnessMeasure.differenceToOverall.id: return toOverall(.difference, level)
    case FairnessMeasure.ratioToOverall.id: return toOverall(.ratio, level)
    case FairnessMeasure.groupMinimum.id: return extreme(aggregate.minimum, level) { min($0, $1) }
    default: return extreme(aggregate.maximum, level) { max($0, $1) }
    }
  }

  private func between(
    _ kind: Gap.Kind, _ level: Double
  ) -> (number: MeasureNumber, gap: GroupAggregate.Gap) {
    let gap = kind == .difference ? aggregate.difference() : aggregate.ratio()
    if isFilled { return (MeasureNumber(gap.value, reason: Self.filled), gap) }
    guard groups.count > 1 else { return (MeasureNumber(gap.value, reason: "there is one group only"), gap) }
    let found = ranges.compare(
      metric, groups, kind: kind, level: level, test: homogeneity()
    ).comparison
    let test = found.pValue.map { (p: $0, name: found.test ?? "") }
    return (
      MeasureNumber(
        gap.value, found.limits, found.interval ?? "", test: test, reason: found.reason ?? "no interval"),
      gap
    )
  }

  private func toOverall(
    _ kind: Gap.Kind, _ level: Double
  ) -> (number: MeasureNumber, gap: GroupAggregate.Gap) {
    let gap = kind == .difference ? aggregate.difference(.toOverall) : aggregate.ratio(.toOverall)
    if isFilled { return (MeasureNumber(gap.value, reason: Self.filled), gap) }
    guard !groups.isEmpty else { return (MeasureNumber(gap.value, reason: "there is no group"), gap) }
    guard !metric.isComposite || groups.count <= Self.bootstrapped else {
      return (MeasureNumber(gap.value, reason: "more than \(Self.bootstrapped) groups to resample"), gap)
    }
    let each = pow(level, 1 / Double(groups.count))
    var limits: Interval?
    for group in groups {
      let found = comparer.compare(metric, group, overall, kind: kind, level: each)
      guard let own = found.limits else {
        return (MeasureNumber(gap.value, reason: found.reason ?? "a group has no interval"), gap)
      }
      let next = kind == .difference ? own.magnitude : own.folded
      limits =
        limits.map {
          kind == .difference
            ? Interval(lower: max($0.lower, next.lower), upper: max($0.upper, next.upper))
            : Interval(lower: min($0.lower, next.lower), upper: min($0.upper, next.upper))
        } ?? next
    }
    return (MeasureNumber(gap.value, limits, "simultaneous over all groups (Šidák)"), gap)
  }

  private func extreme(
    _ found: (name: String, value: Double)?, _ level: Double, _ pick: (Double, Double) -> Double
  ) -> (number: MeasureNumber, gap: GroupAggregate.Gap) {
    guard let found else {
      let none = MeasureValue.undefined("no group has a value")
      return (MeasureNumber(none, reason: ""), GroupAggregate.Gap(value: none, low: nil, high: nil))
    }
    let gap = GroupAggregate.Gap(value: .value(found.value), low: found.name, high: found.name)
    if isFilled { return (MeasureNumber(gap.value, reason: Self.filled), gap) }
    let each = pow(level, 1 / Double(max(1, groups.count)))
    let limits = groups.compactMap { $0.limits(metric, level: each, from: self.level) }
    guard limits.count == groups.count, let first = limits.first else {
      return (MeasureNumber(gap.value, reason: "a group has no interval"), gap)
    }
    let all = limits.dropFirst().reduce(first) {
      Interval(lower: pick($0.lower, $1.lower), upper: pick($0.upper, $1.upper))
    }
    return (MeasureNumber(gap.value, all, "simultaneous over all groups (Šidák)"), gap)
  }
}

/// A test that is made once, when it is first asked for.
private final class FoundTest: Sendable {
  private let test = Mutex<AggregateNumbers.Test?>(nil)

  func test(_ make: () -> AggregateNumbers.Test) -> AggregateNumbers.Test {
    if let known = test.withLock({ $0 }) { return known }
    let made = make()
    test.withLock { $0 = .some(made) }
    return made
  }
}

extension EqualizedOdds {
  /// What two rates' gaps make together: each at the level that makes both hold at once (Bonferroni).
  package static func number(
    _ value: MeasureValue, _ truePositives: MeasureNumber, _ falsePositives: MeasureNumber,
    combine: (Double, Double) -> Double
  ) -> MeasureNumber {
    guard let first = truePositives.limits, let second = falsePositives.limits else {
      return MeasureNumber(
        value, reason: truePositives.reason ?? falsePositives.reason ?? "a rate has no interval")
    }
    var test: (p: Double, name: String)?
    if let a = truePositives.p, let b = falsePositives.p,
      let name = (a <= b ? truePositives : falsePositives).test
    {
      test = (min(1, 2 * min(a, b)), name + ", Bonferroni over 2 rates")
    }
    return MeasureNumber(
      value, Interval(lower: combine(first.lower, second.lower), upper: combine(first.upper, second.upper)),
      "both rates' limits at once (Bonferroni)", test: test)
  }
}

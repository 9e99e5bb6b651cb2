import Metrics
import Results

/// Gaps between groups whose thresholds may be anything that is stored, as `GapFinder` defines them, without tests.
package struct ThresholdGaps: Sendable {
  /// The gaps that depend on selection by label alone: all denominators are the same at every threshold, so which
  /// groups take part is, too.
  package static let definitions = GapDefinition.named.filter { $0.id != "predictive_parity" }

  /// The rates that they compare.
  package static let rates: [BinaryMetric] = [.selectionRate, .truePositiveRate, .falsePositiveRate]

  package let definition: GapDefinition
  /// Groups in which every component has a value.
  package let groups: [ThresholdGroup]
  package let excluded: [Gap.Exclusion]
  private let finder: GapFinder
  private let estimator: SliceEstimator

  /// - Parameter withheld: slices that may not be shown.
  package init(
    _ definition: GapDefinition, _ groups: [ThresholdGroup], withheld: Set<Int> = [], level: Double
  ) {
    let bootstrap = CellBootstrap(replicates: 0, seed: 0, isWeighted: false)
    let estimator = SliceEstimator(level: level, bootstrap: bootstrap)
    self.definition = definition
    self.estimator = estimator
    finder = GapFinder(
      level: level, definitions: [definition], comparisons: [.betweenGroups], bootstrap: bootstrap
    ) { _, _ in nil }
    var usable: [ThresholdGroup] = []
    var excluded: [Gap.Exclusion] = []
    for group in groups {
      let side = Self.side(group, group.decided, definition, estimator)
      let missing = definition.components.first { side.estimate($0)?.value == nil }
      if withheld.contains(group.slice) {
        excluded.append(Gap.Exclusion(group: group.name, reason: "withheld: the group is too small to show"))
      } else if let missing {
        let reason = side.estimate(missing)?.reason ?? "no value"
        excluded.append(Gap.Exclusion(group: group.name, reason: reason))
      } else {
        usable.append(group)
      }
    }
    (self.groups, self.excluded) = (usable, excluded)
  }

  private static func side(
    _ group: ThresholdGroup, _ selected: ThresholdGroup.Selected, _ definition: GapDefinition,
    _ estimator: SliceEstimator
  ) -> Side {
    let counts = group.counts(selected)
    var estimates: [Metric: Estimate] = [:]
    for metric in definition.components {
      estimates[metric] = metric.rate.map { estimator.rate($0, counts) }
    }
    return Side(
      name: group.name, slice: group.slice, tally: SliceTally(counts: counts), estimates: estimates)
  }

  /// The gap with its interval, given what is selected in each of `groups`. Complexity: O(groups²).
  package func gap(_ kind: Gap.Kind, _ selected: [ThresholdGroup.Selected]) -> Gap {
    let sides = zip(groups, selected).map { Self.side($0, $1, definition, estimator) }
    let nothing = OutcomeCounts(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
    let overall = Side(name: "overall", slice: 0, tally: SliceTally(counts: nothing), estimates: [:])
    return finder.untested(
      definition, kind,
      GapFinder.Family(index: 0, groups: sides, overall: overall, reference: nil))
  }

  /// The value of `gap` alone. Complexity: O(groups).
  package func value(_ kind: Gap.Kind, _ selected: [ThresholdGroup.Selected]) -> Double? {
    var worst: Double?
    for metric in definition.components {
      var (low, high) = (Double.infinity, -Double.infinity)
      for (group, chosen) in zip(groups, selected) {
        guard let value = metric.binary.flatMap({ group.value($0, chosen) }) else { return nil }
        low = min(low, value)
        high = max(high, value)
      }
      guard groups.count > 1 else { return nil }
      if kind == .difference {
        worst = max(worst ?? 0, high - low)
      } else if high > 0 {
        worst = min(worst ?? .infinity, low / high)
      }
    }
    return worst
  }
}

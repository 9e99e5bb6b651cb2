import Glibc
import Metrics
import Results
import Statistics

/// Finds the fairness gaps of slice families.
package struct GapFinder: Sendable {
  /// The groups of one family and what they are compared with.
  package struct Family: Sendable {
    package var index: Int
    package var groups: [Side]
    package var overall: Side
    /// Position of the named reference in `groups`.
    package var reference: Int?
    /// The rows outside each group; empty unless they are compared with.
    package var complements: [Side]

    package init(
      index: Int, groups: [Side], overall: Side, reference: Int?, complements: [Side] = []
    ) {
      self.index = index
      self.groups = groups
      self.overall = overall
      self.reference = reference
      self.complements = complements
    }
  }

  private let level: Double
  private let definitions: [GapDefinition]
  private let comparisons: [Gap.Comparison]
  private let pairs: PairComparer
  private let ranges: RangeComparer
  private let overall: OverallComparer

  /// - Parameter covariance: covariance of a group's value with the overall value, for metrics that are
  ///   no function of the cells.
  /// - Parameter rowTest: the p-value of "all groups alike" from the rows of some groups of one family.
  /// - Parameter correlations: of groups that share units.
  package init(
    level: Double, definitions: [GapDefinition], comparisons: [Gap.Comparison],
    bootstrap: CellBootstrap, rowTest: RangeComparer.RowTest? = nil,
    correlations: UnitCorrelations = .none,
    covariance: @escaping @Sendable (Metric, Side) -> Double?
  ) {
    self.level = level
    self.definitions = definitions
    self.comparisons = comparisons
    pairs = PairComparer(knownLevel: level, correlations: correlations)
    ranges = RangeComparer(pairs: pairs, seed: bootstrap.seed, rowTest: rowTest)
    overall = OverallComparer(pairs: pairs, bootstrap: bootstrap, covariance: covariance)
  }

  /// Every gap of the family, in a stable order: by gap, comparison, kind, group.
  ///
  /// Complexity: O(groups) for each comparison with a reference, O(groups²) between groups.
  package func gaps(of family: Family) -> [Gap] {
    var result: [Gap] = []
    for definition in definitions {
      let kinds: [Gap.Kind] =
        definition.components.allSatisfy(\.allowsRatios) ? [.difference, .ratio] : [.difference]
      for comparison in comparisons {
        if comparison == .betweenGroups {
          result += between(definition, kinds, family)
        } else {
          for kind in kinds { result += gaps(definition, comparison, kind, family) }
        }
      }
    }
    return result
  }

  private func gaps(
    _ definition: GapDefinition, _ comparison: Gap.Comparison, _ kind: Gap.Kind, _ family: Family
  ) -> [Gap] {
    switch comparison {
    case .betweenGroups:
      return between(definition, [kind], family)
    case .toReference:
      guard let reference = family.reference else { return [] }
      return against(definition, comparison, kind, family, reference: reference, excluded: [])
    case .toBest, .toLargest:
      let (usable, excluded) = usable(definition, family)
      let reference = comparison == .toBest ? best(definition, usable, family) : largest(usable, family)
      guard let reference else { return [] }
      return against(definition, comparison, kind, family, reference: reference, excluded: excluded)
    case .toOverall:
      return family.groups.map { group in
        gap(definition, comparison, kind, family, group, family.overall) { metric, level in
          overall.compare(metric, group, family.overall, kind: kind, level: level)
        }
      }
    case .toComplement:
      return zip(family.groups, family.complements).map { group, rest in
        gap(definition, comparison, kind, family, group, rest) { metric, level in
          pairs.compare(metric, group, rest, kind: kind, level: level)
        }
      }
    }
  }

  // MARK: Against a reference

  private func against(
    _ definition: GapDefinition, _ comparison: Gap.Comparison, _ kind: Gap.Kind, _ family: Family,
    reference: Int, excluded: [Gap.Exclusion]
  ) -> [Gap] {
    let other = family.groups[reference]
    return family.groups.indices.filter { $0 != reference }.map { position in
      let group = family.groups[position]
      var found = gap(definition, comparison, kind, family, group, other) { metric, level in
        pairs.compare(metric, group, other, kind: kind, level: level)
      }
      found.excluded = excluded
      return found
    }
  }

  /// One group against one reference. Of several components, the one that is furthest apart decides; its
  /// interval and p-value are then adjusted for the choice (Bonferroni).
  private func gap(
    _ definition: GapDefinition, _ comparison: Gap.Comparison, _ kind: Gap.Kind, _ family: Family,
    _ group: Side, _ reference: Side, compare: (Metric, Double) -> Comparison
  ) -> Gap {
    let (component, numbers) = decide(definition, kind, compare)
    return Gap(
      family: family.index, metric: definition.id, component: component.id, kind: kind,
      comparison: comparison, group: group.slice, reference: reference.slice,
      estimate: numbers.estimate([group.estimate(component), reference.estimate(component)]),
      pValue: numbers.pValue, test: numbers.test, interval: numbers.interval)
  }

  private func decide(
    _ definition: GapDefinition, _ kind: Gap.Kind, _ compare: (Metric, Double) -> Comparison
  ) -> (Metric, Comparison) {
    let count = definition.components.count
    let each = 1 - (1 - level) / Double(count)
    var best: (metric: Metric, numbers: Comparison, distance: Double)?
    var smallestP: (p: Double, test: String)?
    for metric in definition.components {
      let numbers = compare(metric, each)
      guard let value = numbers.value else {
        if count > 1, let reason = numbers.reason {
          return (metric, .undefined("\(metric.id): \(reason)"))
        }
        return (metric, numbers)
      }
      if let p = numbers.pValue, let test = numbers.test, p < smallestP?.p ?? 2 { smallestP = (p, test) }
      let distance = kind == .difference ? abs(value) : abs(log(value))
      if distance > best?.distance ?? -1 { best = (metric, numbers, distance) }
    }
    guard var best else { return (definition.components[0], .undefined("no value")) }
    if count > 1, let smallestP {
      best.numbers.pValue = min(1, Double(count) * smallestP.p)
      best.numbers.test = smallestP.test + ", Bonferroni over \(count) rates"
    }
    return (best.metric, best.numbers)
  }

  // MARK: Between groups

  /// The gap between groups without a test of "no gap", which may cost more than all else.
  func untested(_ definition: GapDefinition, _ kind: Gap.Kind, _ family: Family) -> Gap {
    let (usable, excluded) = usable(definition, family)
    let none = definition.components.map { _ -> (p: Double, name: String)? in nil }
    return between(definition, kind, family, usable.map { family.groups[$0] }, none, excluded)
  }

  private func between(
    _ definition: GapDefinition, _ kinds: [Gap.Kind], _ family: Family
  ) -> [Gap] {
    let (usable, excluded) = usable(definition, family)
    let groups = usable.map { family.groups[$0] }
    let tests = definition.components.map { ranges.homogeneity($0, groups) }
    return kinds.map { between(definition, $0, family, groups, tests, excluded) }
  }

  private func between(
    _ definition: GapDefinition, _ kind: Gap.Kind, _ family: Family, _ groups: [Side],
    _ tests: [(p: Double, name: String)?], _ excluded: [Gap.Exclusion]
  ) -> Gap {
    let each = 1 - (1 - level) / Double(definition.components.count)
    let results = zip(definition.components, tests).map {
      ranges.compare($0, groups, kind: kind, level: each, test: $1)
    }
    let decisive = decisive(results, kind)
    let chosen = results[decisive]
    var numbers = chosen.comparison
    if results.count > 1, numbers.value != nil { widen(&numbers, results.map(\.comparison), kind) }
    let sides = [chosen.largest, chosen.smallest].map { index in index.map { groups[$0] } }
    let component = definition.components[decisive]
    return Gap(
      family: family.index, metric: definition.id, component: component.id, kind: kind,
      comparison: .betweenGroups, group: sides[0]?.slice, reference: sides[1]?.slice,
      estimate: numbers.estimate(sides.map { $0?.estimate(component) }), pValue: numbers.pValue,
      test: numbers.test, interval: numbers.interval, excluded: excluded)
  }

  /// The component with the largest difference or the smallest ratio.
  private func decisive(_ results: [RangeComparer.Result], _ kind: Gap.Kind) -> Int {
    results.indices.reduce(0) { best, next in
      guard let new = results[next].comparison.value else { return best }
      guard let old = results[best].comparison.value else { return next }
      return (kind == .difference ? new > old : new < old) ? next : best
    }
  }

  /// The worst of several gaps lies between the extremes of their limits, each at its adjusted level.
  private func widen(_ numbers: inout Comparison, _ all: [Comparison], _ kind: Gap.Kind) {
    let limits = all.compactMap(\.limits)
    if limits.count == all.count, numbers.limits != nil {
      let lowers = limits.map(\.lower)
      let uppers = limits.map(\.upper)
      let worst: ([Double]) -> Double = { values in
        values.reduce(values[0]) { kind == .difference ? max($0, $1) : min($0, $1) }
      }
      numbers.limits = Interval(lower: worst(lowers), upper: worst(uppers))
    }
    let tests = all.compactMap { one in one.pValue.map { (p: $0, test: one.test ?? "") } }
    if let smallest = tests.min(by: { $0.p < $1.p }) {
      numbers.pValue = min(1, Double(all.count) * smallest.p)
      numbers.test = smallest.test + ", Bonferroni over \(all.count) rates"
    }
  }

  // MARK: Choosing

  /// Groups in which every component has a value, and the others with the reason.
  private func usable(
    _ definition: GapDefinition, _ family: Family
  ) -> (positions: [Int], excluded: [Gap.Exclusion]) {
    var positions: [Int] = []
    var excluded: [Gap.Exclusion] = []
    for (position, group) in family.groups.enumerated() {
      let missing = definition.components.first { pairs.value($0, group) == nil }
      if let missing {
        let reason = group.estimate(missing)?.reason ?? "not computed"
        excluded.append(Gap.Exclusion(group: group.name, reason: reason))
      } else {
        positions.append(position)
      }
    }
    return (positions, excluded)
  }

  /// The group with the best value of the first component; for a neutral metric, the highest.
  private func best(_ definition: GapDefinition, _ usable: [Int], _ family: Family) -> Int? {
    let metric = definition.components[0]
    let sign = metric.direction == .lowerIsBetter ? -1.0 : 1.0
    func merit(_ position: Int) -> Double {
      sign * (pairs.value(metric, family.groups[position]) ?? -.infinity)
    }
    return usable.first.map { first in usable.reduce(first) { merit($1) > merit($0) ? $1 : $0 } }
  }

  private func largest(_ usable: [Int], _ family: Family) -> Int? {
    func rows(_ position: Int) -> Int { family.groups[position].rows }
    return usable.first.map { first in usable.reduce(first) { rows($1) > rows($0) ? $1 : $0 } }
  }
}

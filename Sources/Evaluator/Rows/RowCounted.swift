import Fairness
import Metrics
import Results
import Slicing
import Statistics
import TableIngest

/// The estimates of every slice of a run whose task is not binary, and their gaps.
struct RowCounted: Sendable {
  let plan: SlicePlan
  /// First slice of each family.
  let firstSlice: [Int]
  /// Position of the named reference among the reported groups of each family.
  let references: [Int?]
  /// The rows of every slice.
  let rows: [[UInt32]]
  /// Names of the slices.
  let names: [String]
  /// The computed metrics.
  let metrics: [Metric]
  private let found: [MetricResults]
  private let selection: RowSelection
  private let bootstrap: CellBootstrap
  private let estimator: RowEstimator
  private let measured: [any RowMetric]
  /// Units of every slice; empty where rows are units.
  private let units: [Int]
  /// Whether units have rows in several groups of the slice's family.
  private let isShared: [Bool]

  /// What one metric is in every slice.
  private struct MetricResults: Sendable {
    var estimates: [Estimate] = []
    /// With the value over all rows; NaN where it is not known.
    var covariances: [Double] = []
    /// By slice, of what is judged by the outcomes alone; else empty.
    var cells: [CellStatistic?] = []
    /// By slice, where rows outside a group are compared with.
    var complements: [Estimate] = []
    /// With the slice's own.
    var complementCorrelations: [Double] = []
    /// Of the groups of each family that share units.
    var correlations: [(family: Int, values: [Double])] = []
    var baseline: [Double] = []
    var changes: [(standardError: Double, limits: Interval)?] = []
  }

  /// - Parameter bootstrap: of outcomes, in a binary task; its draws are those of all other metrics.
  init(
    _ task: RowTask, _ plan: SlicePlan, _ selection: RowSelection, _ configuration: Configuration,
    bootstrap: CellBootstrap? = nil
  ) throws(Failure) {
    self.bootstrap =
      bootstrap
      ?? CellBootstrap(
        replicates: configuration.bootstrapReplicates, seed: configuration.seed,
        isWeighted: task.weights != nil)
    self.plan = plan
    self.selection = selection
    var first: [Int] = []
    var references: [Int?] = []
    var rows: [[UInt32]] = []
    var names: [String] = []
    for family in plan.families {
      first.append(rows.count)
      let reference = try plan.reference(family, configuration.references)
      references.append(reference.flatMap { group in family.shown.firstIndex { $0 == group } })
      let groups = SliceRows.groups(family, of: plan, rowCount: task.rowCount)
      rows += family.shown.map { groups[$0] }
      names += family.shown.map { plan.predicate(family, group: $0) }
    }
    (firstSlice, self.references, self.rows, self.names) = (first, references, rows, names)
    metrics = selection.computed.map { Metric(task.metrics[$0].definition) }
    let estimator = RowEstimator(
      level: configuration.level, units: task.units, bootstrap: self.bootstrap)
    self.estimator = estimator
    measured = selection.computed.map { task.metrics[$0] }
    let hasComplements = selection.comparisons.contains(.toComplement)
    // A second model may lack what some metrics need: scores.
    let before = Dictionary(
      task.baseline.map { ($0.definition.entry.id, $0) }, uniquingKeysWith: { first, _ in first })
    let slices = zip(names, rows).map { (name: $0, rows: estimator.unitRows($1)) }
    units = task.units == nil ? [] : slices.map(\.rows.units.count)
    let families = zip(first, plan.families).map { $0..<($0 + $1.shown.count) }
    let shared = families.enumerated().map { (index: $0, slices: $1) }.filter {
      task.units != nil && RowEstimator.isShared(slices[$0.slices].map(\.rows))
    }
    isShared = slices.indices.map { slice in shared.contains { $0.slices.contains(slice) } }
    found = Workers.map(selection.computed.count, threads: configuration.threadCount) { index in
      let place = selection.computed[index]
      return Self.results(
        task.metrics[place], before[task.metrics[place].definition.entry.id], slices, shared,
        estimator, hasComplements: hasComplements, rowCount: task.rowCount)
    }
  }

  private static func results(
    _ metric: any RowMetric, _ baseline: (any RowMetric)?, _ slices: [(name: String, rows: UnitRows)],
    _ shared: [(index: Int, slices: Range<Int>)], _ estimator: RowEstimator, hasComplements: Bool,
    rowCount: Int
  ) -> MetricResults {
    var results = MetricResults()
    var members: [RowEstimator.Result] = []
    let whole = estimator.result(metric, over: slices[0].rows, key: slices[0].name)
    for (index, (name, rows)) in slices.enumerated() {
      let own = index == 0 ? whole : estimator.result(metric, over: rows, key: name)
      results.estimates.append(own.estimate)
      results.covariances.append(estimator.covariance(own, whole) ?? .nan)
      if whole.cells != nil { results.cells.append(own.cells) }
      if hasComplements, index > 0 {
        let rest = SliceRows.outside(rows.rows, rowCount: rowCount)
        let outside = estimator.result(metric, rows: rest, key: "rows outside " + name)
        results.complements.append(outside.estimate)
        results.complementCorrelations.append(
          estimator.units == nil ? 0 : estimator.correlation(own, outside))
      }
      if let family = shared.first(where: { $0.slices.contains(index) }) {
        members.append(own)
        if members.count == family.slices.count {
          results.correlations.append((family.index, estimator.correlations(members)))
          members = []
        }
      }
      guard let baseline else { continue }
      let before = estimator.result(baseline, over: rows)
      results.baseline.append(before.estimate.value ?? .nan)
      results.changes.append(estimator.change(own, before))
    }
    return results
  }

  /// The estimates of a metric, by its place among the task's.
  func estimates(_ place: Int) -> [Estimate] {
    selection.computed.firstIndex(of: place).map { found[$0].estimates } ?? []
  }

  /// Covariances with the value over all rows, by metric; those of rates follow from their shares where groups share no unit.
  var covariances: [String: [Double]] {
    var result: [String: [Double]] = [:]
    for (place, metric) in metrics.enumerated() {
      let known = rows.indices.map { covariance(place, $0) ?? .nan }
      if !known.allSatisfy(\.isNaN) { result[metric.id] = known }
    }
    return result
  }

  private func covariance(_ place: Int, _ slice: Int) -> Double? {
    let covariance = found[place].covariances[slice]
    guard !covariance.isNaN, !metrics[place].isRate || isShared[slice] else { return nil }
    return covariance
  }

  /// How groups go together that share units.
  var correlations: UnitCorrelations {
    UnitCorrelations(
      zip(metrics, found).flatMap { metric, one in
        metric.kind == .count
          ? [] : one.correlations.map { .init(family: $0.family, metric: metric.id, values: $0.values) }
      }
    ) { firstSlice[$0]..<(firstSlice[$0] + plan.families[$0].shown.count) }
  }

  /// nil without a baseline.
  func paired(name: String?) -> PairedColumns? {
    guard let name, found.contains(where: { !$0.baseline.isEmpty }) else { return nil }
    var columns: [PairedColumns.Column] = []
    for (metric, one) in zip(metrics, found)
    where metric.kind != .count && one.changes.contains(where: { $0 != nil }) {
      columns.append(
        PairedColumns.Column(
          metric: metric.id, baseline: one.baseline,
          standardError: one.changes.map { $0?.standardError ?? .nan },
          lower: one.changes.map { $0?.limits.lower ?? .nan },
          upper: one.changes.map { $0?.limits.upper ?? .nan }))
    }
    return PairedColumns(name: name, columns: columns)
  }

  // MARK: Gaps

  func side(_ slice: Int) -> Side {
    let estimates = zip(metrics, found).map { ($0, $1.estimates[slice]) }
    var cells: [Metric: CellStatistic] = [:]
    for (metric, one) in zip(metrics, found) where !one.cells.isEmpty { cells[metric] = one.cells[slice] }
    return Side(
      name: names[slice], slice: slice, rows: rows[slice].count,
      estimates: Dictionary(uniqueKeysWithValues: estimates), cells: cells,
      units: units.isEmpty ? nil : units[slice])
  }

  private func complement(_ slice: Int) -> Side {
    let estimates = zip(metrics, found).map { ($0, $1.complements[slice - 1]) }
    let correlations = zip(metrics, found).map { ($0, $1.complementCorrelations[slice - 1]) }
    return Side(
      name: "rows outside \(names[slice])", slice: nil, rows: rows[0].count - rows[slice].count,
      estimates: Dictionary(uniqueKeysWithValues: estimates),
      correlations: Dictionary(uniqueKeysWithValues: correlations))
  }

  /// Covariance of a metric's value in a slice with that over all rows; nil where it is not known.
  func covariance(_ metric: Metric, _ side: Side) -> Double? {
    guard let slice = side.slice, let place = metrics.firstIndex(of: metric) else { return nil }
    return covariance(place, slice)
  }

  /// The gaps of every family but `overall`.
  func gaps(_ configuration: Configuration) -> [Gap] {
    let places = Dictionary(uniqueKeysWithValues: metrics.enumerated().map { ($1, $0) })
    let finder = GapFinder(
      level: configuration.level, definitions: selection.gaps, comparisons: selection.comparisons,
      bootstrap: bootstrap, rowTest: rowTest(places, seed: configuration.seed), correlations: correlations
    ) { metric, side in
      guard let slice = side.slice, let place = places[metric] else { return nil }
      return covariance(place, slice)
    }
    let hasComplements = selection.comparisons.contains(.toComplement)
    let overall = side(0)
    let gaps = Workers.map(plan.families.count - 1, threads: configuration.threadCount) { index in
      let family = index + 1
      let range = firstSlice[family]..<(firstSlice[family] + plan.families[family].shown.count)
      return finder.gaps(
        of: GapFinder.Family(
          index: family, groups: range.map(side), overall: overall, reference: references[family],
          complements: hasComplements ? range.map(complement) : []))
    }
    return gaps.flatMap { $0 }
  }

  /// Tests over the units of some groups.
  private func rowTest(_ places: [Metric: Int], seed: UInt64) -> RangeComparer.RowTest {
    let test = UnitPermutation(estimator, seed: seed)
    let (measured, rows) = (measured, rows)
    return { metric, sides in
      guard let place = places[metric] else { return nil }
      let slices = sides.compactMap(\.slice)
      guard slices.count == sides.count else { return nil }
      return test.p(
        measured[place], groups: slices.map { rows[$0] },
        key: sides.map(\.name).joined(separator: ", "))
    }
  }

  /// How much of the gaps between groups is noise; nil where no groups are compared.
  func spreads(_ configuration: Configuration) -> SpreadTable? {
    guard selection.comparisons.contains(.betweenGroups) else { return nil }
    let finder = SpreadFinder(
      level: configuration.level, definitions: selection.gaps, correlations: correlations)
    let overall = side(0)
    let found = Workers.map(plan.families.count - 1, threads: configuration.threadCount) { index in
      let first = firstSlice[index + 1]
      let groups = (first..<(first + plan.families[index + 1].shown.count)).map(side)
      return (
        first: first,
        spreads: finder.spreads(
          of: GapFinder.Family(index: index + 1, groups: groups, overall: overall, reference: nil))
      )
    }
    return SpreadFinder.table(found, sliceCount: names.count)
  }
}

import Fairness
import Metrics
import Results
import Statistics
import TableIngest

/// Metrics of every group within every stratum, by the engine of rows, with what groups and strata share by units.
struct StratifiedRows: Sendable {
  /// The groups of one family.
  struct Family: Sendable {
    let names: [String]
    /// By stratum, then by group.
    let cells: [[UnitRows]]
    let reference: Int?
    /// Whether groups share units, by stratum.
    let isShared: [Bool]

    init(names: [String], cells: [[UnitRows]], reference: Int?, hasUnits: Bool) {
      (self.names, self.cells, self.reference) = (names, cells, reference)
      isShared = cells.map { hasUnits && RowEstimator.isShared($0) }
    }
  }

  /// One metric, in one family.
  struct Found: Sendable {
    /// By stratum, then by group.
    var estimates: [[Estimate]] = []
    /// With the value of all rows of the stratum; NaN where it is not known.
    var covariances: [[Double]] = []
    /// With the reference group's value; 0 where they share no unit.
    var correlations: [[Double]] = []
    /// Of each pair of groups that share units, by stratum; nil where none do.
    var matrices: [[Double]?] = []
    /// By group; nil for the reference.
    var pooled: [PooledNumbers?] = []
  }

  let metrics: [Metric]
  let strata: [String]
  private let rowMetrics: [any RowMetric]
  private let estimator: RowEstimator
  private let wholes: [UnitRows]
  private let families: [Family]
  private let isWeighted: Bool
  private let level: Double
  /// Whether some unit has rows in several strata.
  private let hasSpanningUnits: Bool

  /// - Parameters:
  ///   - places: of the metrics that are wanted, among the task's
  ///   - codes: the stratum of each row
  ///   - families: the rows of each group, and which is the reference
  init(
    _ task: RowTask, _ places: [Int], strata: [String], codes: [UInt32],
    _ families: [(names: [String], rows: [[UInt32]], reference: Int?)], _ configuration: Configuration
  ) {
    rowMetrics = places.map { task.metrics[$0] }
    metrics = rowMetrics.map { Metric($0.definition) }
    self.strata = strata
    isWeighted = task.weights != nil
    level = configuration.level
    let estimator = RowEstimator(
      level: configuration.level, units: task.units,
      bootstrap: CellBootstrap(
        replicates: configuration.bootstrapReplicates, seed: configuration.seed,
        isWeighted: task.weights != nil))
    self.estimator = estimator
    let all = Array(0..<UInt32(task.rowCount))
    wholes = Self.split([all], codes, strata.count).map { estimator.unitRows($0[0]) }
    self.families = families.map { family in
      Family(
        names: family.names,
        cells: Self.split(family.rows, codes, strata.count).map { $0.map(estimator.unitRows) },
        reference: family.reference, hasUnits: task.units != nil)
    }
    hasSpanningUnits =
      task.units != nil && wholes.reduce(0) { $0 + $1.units.count } > estimator.unitRows(all).units.count
  }

  /// Rows by family, stratum and group.
  var sizes: [[[Int]]] { families.map { $0.cells.map { $0.map(\.rows.count) } } }
  /// Units likewise; nil where every row is one.
  var unitCounts: [[[Int]]]? {
    estimator.units == nil ? nil : families.map { $0.cells.map { $0.map(\.units.count) } }
  }
  /// Rows by stratum.
  var wholeSizes: [Int] { wholes.map(\.rows.count) }

  /// The rows of each group by stratum; the stratum varies slowest.
  private static func split(_ groups: [[UInt32]], _ codes: [UInt32], _ count: Int) -> [[[UInt32]]] {
    var cells = [[[UInt32]]](repeating: [[UInt32]](repeating: [], count: groups.count), count: count)
    for (group, rows) in groups.enumerated() {
      for row in rows { cells[Int(codes[Int(row)])][group].append(row) }
    }
    return cells
  }

  /// Of each metric, the values of all rows of each stratum, and what was found in each family.
  func measured(threads: Int) -> [(wholes: [Estimate], families: [Found])] {
    Workers.map(metrics.count, threads: threads) { place in
      let wholes = zip(wholes, strata).map { estimator.result(rowMetrics[place], over: $0, key: $1) }
      return (wholes.map(\.estimate), families.map { found(place, $0, wholes) })
    }
  }

  private func found(_ place: Int, _ family: Family, _ wholes: [RowEstimator.Result]) -> Found {
    var found = Found()
    var results: [[RowEstimator.Result]] = []
    for (stratum, groups) in family.cells.enumerated() {
      let own = zip(groups, family.names).map { rows, name in
        estimator.result(rowMetrics[place], over: rows, key: "\(name) within \(strata[stratum])")
      }
      found.estimates.append(own.map(\.estimate))
      found.covariances.append(own.map { estimator.covariance($0, wholes[stratum]) ?? .nan })
      found.correlations.append(correlations(own, family.reference))
      found.matrices.append(family.isShared[stratum] ? estimator.correlations(own) : nil)
      results.append(own)
    }
    guard metrics[place].kind != .count else { return found }
    found.pooled = family.names.indices.map { pooled(place, family, $0, found, results) }
    return found
  }

  private func correlations(_ groups: [RowEstimator.Result], _ reference: Int?) -> [Double] {
    guard let reference, estimator.units != nil else { return groups.map { _ in 0 } }
    return groups.map { estimator.correlation($0, groups[reference]) }
  }

  // MARK: Taken together

  private func pooled(
    _ place: Int, _ family: Family, _ group: Int, _ found: Found, _ results: [[RowEstimator.Result]]
  ) -> PooledNumbers? {
    guard let reference = family.reference, group != reference else { return nil }
    let metric = metrics[place]
    func side(_ stratum: Int, _ group: Int) -> Side {
      Side(
        name: family.names[group], slice: nil, rows: family.cells[stratum][group].rows.count,
        estimates: [metric: found.estimates[stratum][group]])
    }
    let parts = strata.indices.map { stratum in
      StratifiedEstimates.Stratum(
        strata[stratum], focal: side(stratum, group), reference: side(stratum, reference),
        correlation: found.correlations[stratum][group])
    }
    let joint = hasSpanningUnits ? JointErrors(entries(results, group, reference)) : nil
    return PooledNumbers(
      StratifiedEstimates(metric, parts, comparer: PairComparer(knownLevel: level), joint: joint),
      isOfCounts: !isWeighted && estimator.units == nil, isClustered: estimator.units != nil, level: level)
  }

  /// What each unit adds to both groups' errors, stratum by stratum.
  private func entries(
    _ results: [[RowEstimator.Result]], _ group: Int, _ reference: Int
  ) -> [JointErrors.Entry] {
    results.enumerated().flatMap { stratum, groups in
      func entries(_ result: RowEstimator.Result, _ isFocal: Bool) -> [JointErrors.Entry] {
        zip(result.units, result.influence).map { unit, value in
          JointErrors.Entry(
            unit: unit, stratum: stratum, focal: isFocal ? value : 0, reference: isFocal ? 0 : value)
        }
      }
      return entries(groups[group], true) + entries(groups[reference], false)
    }
  }
}

import Results
import Statistics

/// The studentised permutation test of equal values of any metric of rows among groups, where rows belong to units: units change places
/// among the groups as wholes. Where most units have rows in several groups, as the queries of a ranking do, the rows of a unit change
/// places among themselves.
///
/// The statistic is Cochran's Q of values and their variances by influence. To a variance that of one unit over the squared number of units
/// is added, so that a group whose units are all alike keeps one.
package struct UnitPermutation: Sendable {
  private let estimator: RowEstimator
  private let seed: UInt64

  package init(_ estimator: RowEstimator, seed: UInt64) {
    (self.estimator, self.seed) = (estimator, seed)
  }

  private static let rowDraws = 500_000
  private static let fewest = 199
  private static let most = 1999

  /// nil with more rows than `RowPermutation.rowLimit`, where rows are no part of units, where some units but not most are in several
  /// groups, and where nothing varies.
  ///
  /// - Parameters:
  ///   - groups: the rows of each, ascending; no row is in two
  ///   - key: names the draws
  /// - Complexity: that of the metric over all rows, a replicate.
  package func p(_ metric: any RowMetric, groups: [[UInt32]], key: String) -> Double? {
    let count = groups.reduce(0) { $0 + $1.count }
    guard let units = estimator.units, groups.count > 1, count <= RowPermutation.rowLimit else { return nil }
    let rows = zip(groups, Int32(0)...).flatMap { rows, group in rows.map { (row: $0, group: group) } }
      .sorted { $0.row < $1.row }
    var groupsOf: [UInt32: Set<Int32>] = [:]
    for (row, group) in rows { groupsOf[units[Int(row)], default: []].insert(group) }
    let shared = groupsOf.values.count { $0.count > 1 }
    // Within a unit groups may differ as much as they like, and the units' sums not at all: then rows say what varies.
    let scale = shared == 0 ? estimator : RowEstimator(level: estimator.level, units: nil)
    guard let whole = scale.moments(metric, rows.map(\.row)), whole.variance > 0 else { return nil }
    let single = whole.variance * Double(whole.units)
    let test = StudentizedPermutation(
      replicates: max(Self.fewest, min(Self.most, Self.rowDraws / max(1, count))),
      random: KeyedRandom(seed: seed, key: "units for \(metric.definition.entry.id) over " + key))
    func estimates(_ groupOfRow: (Int) -> Int32) -> [StudentizedPermutation.GroupEstimate]? {
      var members = [[UInt32]](repeating: [], count: groups.count)
      for place in rows.indices { members[Int(groupOfRow(place))].append(rows[place].row) }
      return self.estimates(metric, members, single: single)
    }
    if shared == 0 {
      let names = groupsOf.keys.sorted()
      let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
      let unitOfRow = rows.map { places[units[Int($0.row)]] ?? 0 }
      return test.test(groups: names.map { groupsOf[$0]?.first ?? 0 }) { codes in
        estimates { codes[unitOfRow[$0]] }
      }?.p
    }
    guard 2 * shared > groupsOf.count else { return nil }
    return test.test(groups: rows.map(\.group), strata: rows.map { Int32(units[Int($0.row)]) }) { codes in
      estimates { codes[$0] }
    }?.p
  }

  private func estimates(
    _ metric: any RowMetric, _ members: [[UInt32]], single: Double
  ) -> [StudentizedPermutation.GroupEstimate]? {
    var result: [StudentizedPermutation.GroupEstimate] = []
    for rows in members {
      guard let found = estimator.moments(metric, rows) else { return nil }
      result.append((found.value, found.variance + single / Double(found.units * found.units)))
    }
    return result
  }
}

import Statistics

/// The permutation test of equal values of a function of the outcomes among groups of rows that all count 1: the outcomes of all groups are
/// dealt out anew by multivariate hypergeometric draws, and no row is visited.
///
/// The statistic is Cochran's Q of values and delta-method variances, half a row added to each cell, so that every draw has both. The
/// test is exact where the groups' outcomes are exchangeable, and keeps its level in large samples where only the values are equal
/// (studentised; Chung & Romano 2013).
package struct CellPermutation: Sendable {
  let replicates: Int
  let random: KeyedRandom

  package init(replicates: Int, random: KeyedRandom) {
    (self.replicates, self.random) = (replicates, random)
  }

  /// The least number of rows that a group would have in a cell were all groups alike.
  package static func leastExpected(_ groups: [CellStatistic]) -> Double {
    let sizes = groups.map { Double($0.counts.rowCount) }
    let total = sizes.reduce(0, +)
    let fewest = (0..<4).map { cell in groups.reduce(0) { $0 + $1.counts.rows[cell] } }.min() ?? 0
    return total > 0 ? (sizes.min() ?? 0) * Double(fewest) / total : 0
  }

  /// nil where the statistic has no value. Complexity: O(groups) a replicate.
  package func p(_ groups: [CellStatistic]) -> Double? {
    let counts = groups.map(\.counts.rows)
    guard groups.count > 1, let observed = heterogeneity(counts, groups) else { return nil }
    let threshold = observed - 1e-9 * max(1, observed)
    let totals = (0..<4).map { cell in counts.reduce(0) { $0 + $1[cell] } }
    let sizes = counts.map { $0.reduce(0, +) }
    var dealt = [Int](repeating: 0, count: groups.count)
    var tables = counts
    var beyond = 0
    for replicate in 0..<replicates {
      var stream = random.stream(UInt64(replicate))
      var left = sizes
      for cell in 0..<3 {
        multivariateHypergeometric(draws: totals[cell], sizes: left, into: &dealt, using: &stream)
        for group in left.indices {
          tables[group][cell] = dealt[group]
          left[group] -= dealt[group]
        }
      }
      for group in left.indices { tables[group][3] = left[group] }
      if heterogeneity(tables, groups).map({ $0 >= threshold }) ?? true { beyond += 1 }
    }
    return Double(1 + beyond) / Double(replicates + 1)
  }

  private func heterogeneity(_ tables: [[Int]], _ groups: [CellStatistic]) -> Double? {
    var estimates: [StudentizedPermutation.GroupEstimate] = []
    for (cells, group) in zip(tables, groups) {
      let counts = OutcomeCounts(
        truePositives: cells[0], falsePositives: cells[1], falseNegatives: cells[2], trueNegatives: cells[3])
      guard
        let found = CellStatistic(counts: counts, value: group.value).smoothed(meanWeight: 1, meanSquare: 1)
      else { return nil }
      estimates.append(found)
    }
    return StudentizedPermutation.heterogeneity(estimates)
  }
}

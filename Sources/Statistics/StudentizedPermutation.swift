/// The permutation test of equal values of a statistic among groups, studentised: it is exact where the groups' rows are exchangeable,
/// and keeps its level in large samples where only the statistics are equal and the groups otherwise differ in size, spread or weights
/// (Chung & Romano 2013; DiCiccio, Vasudevan, Basu, Kenthapadi & Agarwal 2020, "Evaluating fairness using permutation tests").
///
/// The statistic is Cochran's Q = Σ(θ − θ̄)²/v over the groups' estimates and variances; of two groups it is (θ₁ − θ₂)²/(v₁ + v₂).
/// Replicate r shuffles the groups with substream r, within strata where there are any.
package struct StudentizedPermutation: Sendable {
  package let replicates: Int
  private let random: KeyedRandom

  package init(replicates: Int, random: KeyedRandom) {
    self.replicates = max(0, replicates)
    self.random = random
  }

  package struct Result: Sendable, Equatable {
    /// Q of the rows as they are.
    package let statistic: Double
    /// (1 + #{Q* ≥ Q})/(replicates + 1), never 0.
    package let p: Double
    /// Replicates whose Q is undefined; they count as beyond the observed one.
    package let undefined: Int
  }

  /// One group's estimate and the variance of that estimate.
  package typealias GroupEstimate = (value: Double, variance: Double)

  /// - Parameters:
  ///   - groups: the group of each row
  ///   - strata: the stratum of each row; groups change places only within one. Nil: all rows are one
  ///   - estimate: of each group, given the groups of all rows; nil where it has none
  /// - Returns: nil where Q is undefined for the rows as they are
  package func test(
    groups: [Int32], strata: [Int32]? = nil, estimate: ([Int32]) -> [GroupEstimate]?
  ) -> Result? {
    guard let observed = estimate(groups).flatMap(Self.heterogeneity) else { return nil }
    let members = Self.members(strata, count: groups.count)
    let threshold = observed - 1e-12 * max(1, abs(observed))
    var (beyond, undefined) = (0, 0)
    var shuffled = groups
    for replicate in 0..<replicates {
      var stream = random.stream(UInt64(replicate))
      for rows in members {
        let order = stream.permutation(of: rows.count)
        var place = 0
        while place < rows.count {
          shuffled[rows[place]] = groups[rows[Int(order[place])]]
          place += 1
        }
      }
      if let value = estimate(shuffled).flatMap(Self.heterogeneity) {
        if value >= threshold { beyond += 1 }
      } else {
        undefined += 1
      }
    }
    return Result(
      statistic: observed, p: Double(1 + beyond + undefined) / Double(replicates + 1), undefined: undefined)
  }

  /// The rows of each stratum, in order.
  private static func members(_ strata: [Int32]?, count: Int) -> [[Int]] {
    guard let strata else { return [Array(0..<count)] }
    var members = [[Int]](repeating: [], count: Int((strata.max() ?? -1) + 1))
    for (row, stratum) in strata.enumerated() { members[Int(stratum)].append(row) }
    return members
  }

  /// Cochran's (1954) Q; nil with fewer than two groups or a variance that is not positive.
  package static func heterogeneity(_ estimates: [GroupEstimate]) -> Double? {
    guard estimates.count > 1, estimates.allSatisfy({ $0.variance > 0 && $0.value.isFinite }) else {
      return nil
    }
    let weight = estimates.reduce(0) { $0 + 1 / $1.variance }
    let mean = estimates.reduce(0) { $0 + $1.value / $1.variance } / weight
    return estimates.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) / $1.variance }
  }
}

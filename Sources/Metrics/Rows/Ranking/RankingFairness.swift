import Glibc

/// How fairly ranked lists treat all groups of a family at once: what no slice has of its own.
///
/// Groups are codes from 0; `groups` holds the code of each row, best first; `desired` and `target` are shares
/// of each group, which add up to 1.
package enum RankingFairness {
  /// Position bias of ranks from 1: 1 / log2(1 + rank) (Singh & Joachims 2018).
  package static func exposures(ranks: [Double]) -> [Double] { ranks.map { 1 / log2(1 + $0) } }

  /// The exposure of every row in its query's whole list; rows of equal scores share that of their places, unless ties
  /// are in row order. Complexity: O(rows), a radix sort.
  package static func exposures(of observations: RankedObservations) -> [Double] {
    QueryRows(observations).exposures
  }

  /// Each group's share of a sum over rows; nil where the sum is not above 0.
  package static func shares(of values: [Double], groups: [Int], groupCount: Int) -> [Double]? {
    var sums = [Double](repeating: 0, count: groupCount)
    for (value, group) in zip(values, groups) { sums[group] += value }
    let total = sums.reduce(0, +)
    return total > 0 ? sums.map { $0 / total } : nil
  }

  /// Normalised discounted cumulative Kullback–Leibler divergence, in nats, of the groups' shares of the
  /// first i rows from the desired ones, discounted by log2(i + 1) (Geyik, Ambler & Kenthapadi 2019). 0 is
  /// proportional everywhere. nil without rows, and where a group appears that is not desired at all.
  /// Complexity: O(rows · groups).
  package static func ndkl(groups: [Int], desired: [Double]) -> Double? {
    guard !groups.isEmpty else { return nil }
    var counts = [Double](repeating: 0, count: desired.count)
    var (sum, norm) = (0.0, 0.0)
    for (place, group) in groups.enumerated() {
      guard desired[group] > 0 else { return nil }
      counts[group] += 1
      let length = Double(place + 1)
      var divergence = 0.0
      for (count, share) in zip(counts, desired) where count > 0 {
        divergence += count / length * log(count / length / share)
      }
      let discount = 1 / log2(length + 1)
      // Rounding may leave less than nothing.
      sum += max(0, divergence) * discount
      norm += discount
    }
    return sum / norm
  }

  /// ln of each group's share of the first k rows over its desired share; nil where one of them is 0.
  /// Their least and greatest are MinSkew and MaxSkew (Geyik, Ambler & Kenthapadi 2019).
  package static func skews(groups: [Int], desired: [Double], k: Int) -> [Double?] {
    let top = groups.prefix(k)
    var counts = [Int](repeating: 0, count: desired.count)
    for group in top { counts[group] += 1 }
    let length = Double(top.count)
    return zip(counts, desired).map { (count: Int, share: Double) -> Double? in
      guard count > 0, share > 0 else { return nil }
      return log(Double(count) / length / share)
    }
  }

  /// Attention-weighted rank fairness: 1 − the total variation distance of the groups' shares of exposure
  /// from the target; of two groups, 1 − |difference| (Raj & Ekstrand 2022). 1 is fair. nil without exposure.
  package static func awrf(exposures: [Double], groups: [Int], target: [Double]) -> Double? {
    guard let shares = shares(of: exposures, groups: groups, groupCount: target.count) else { return nil }
    return 1 - zip(shares, target).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  /// Mean exposure of group `a` over that of group `b` (demographic parity); with merits, each divided by the
  /// group's mean merit (disparate treatment ratio) (Singh & Joachims 2018). nil where `b` has none.
  package static func exposureRatio(
    exposures: [Double], groups: [Int], merits: [Double]? = nil, weights: [Double]? = nil, of a: Int,
    to b: Int
  ) -> Double? {
    func mean(_ group: Int) -> Double? {
      var (exposure, base) = (0.0, 0.0)
      for (row, code) in groups.enumerated() where code == group {
        let weight = weights?[row] ?? 1
        exposure += weight * exposures[row]
        base += weight * (merits?[row] ?? 1)
      }
      return base > 0 ? exposure / base : nil
    }
    guard let over = mean(a), let under = mean(b), under > 0 else { return nil }
    return over / under
  }
}

import Glibc

/// Tests that several independent groups share one proportion.
package enum HomogeneityTest {
  /// Pearson's χ² over the groups that have trials, on (their number − 1) degrees of freedom. Nil
  /// with fewer than two such groups, or where all trials end alike.
  package static func pearson(
    successes: [Double], trials: [Double]
  ) -> (statistic: Double, p: Double, minimumExpected: Double)? {
    let groups = zip(successes, trials).filter { $0.1 > 0 }
    let total = groups.reduce(0) { $0 + $1.1 }
    let rate = groups.reduce(0) { $0 + $1.0 } / total
    guard groups.count > 1, rate > 0, rate < 1 else { return nil }
    var statistic = 0.0
    var smallest = Double.infinity
    for (k, n) in groups {
      let excess = k - n * rate
      statistic += excess * excess / (n * rate * (1 - rate))
      smallest = min(smallest, n * min(rate, 1 - rate))
    }
    let p = ChiSquared.survival(statistic, degreesOfFreedom: Double(groups.count - 1))
    return (statistic, p, smallest)
  }

  /// The Monte-Carlo permutation p-value of the range (largest minus smallest rate): successes are
  /// dealt out anew by multivariate hypergeometric draws, p = (1 + #{T* ≥ T − 1e-12})/(B + 1).
  /// Groups without trials are left out; fewer than two leave p = 1. Replicate r uses substream r.
  package static func permutationRange(
    successes: [Int], trials: [Int], replicates: Int, random: KeyedRandom
  ) -> Double {
    let groups = zip(successes, trials).filter { $0.1 > 0 }
    guard groups.count > 1 else { return 1 }
    let sizes = groups.map(\.1)
    let observed = range(groups.map(\.0), sizes) - 1e-12
    let total = groups.reduce(0) { $0 + $1.0 }
    var counts = [Int](repeating: 0, count: sizes.count)
    var beyond = 0
    for replicate in 0..<max(0, replicates) {
      var stream = random.stream(UInt64(replicate))
      multivariateHypergeometric(draws: total, sizes: sizes, into: &counts, using: &stream)
      if range(counts, sizes) >= observed { beyond += 1 }
    }
    return Double(1 + beyond) / Double(max(0, replicates) + 1)
  }

  static func range(_ counts: [Int], _ sizes: [Int]) -> Double {
    var low = Double.infinity
    var high = -Double.infinity
    for (k, n) in zip(counts, sizes) {
      let rate = Double(k) / Double(n)
      low = min(low, rate)
      high = max(high, rate)
    }
    return high - low
  }
}

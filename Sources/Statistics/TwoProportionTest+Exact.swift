import Glibc

extension TwoProportionTest {
  /// The permutation test of |p₁ − p₂|, two-sided: the hypergeometric probability of all tables with the same margins whose rates are as
  /// far apart. Fisher's test orders tables by their probability instead; with groups of unlike size the two differ.
  /// Complexity: O(size of the smaller margin).
  package static func permutationGap(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) -> Double {
    let null = Hypergeometric(population: n1 + n2, successes: k1 + k2, draws: n1)
    // |x/n₁ − (K − x)/n₂| in whole numbers: no table is lost to rounding.
    let far = { (x: Int) in abs(x * n2 - (k1 + k2 - x) * n1) }
    let observed = far(k1)
    let centre = Int(Double(n1) * Double(k1 + k2) / Double(n1 + n2))
    guard observed > 0 else { return 1 }
    let support = null.support
    var below = min(centre, support.upperBound)
    while below >= support.lowerBound, far(below) < observed { below -= 1 }
    var above = max(centre + 1, support.lowerBound)
    while above <= support.upperBound, far(above) < observed { above += 1 }
    let low = below >= support.lowerBound ? null.lowerTail(below) : 0
    let high = above <= support.upperBound ? null.upperTail(above) : 0
    return min(1, low + high)
  }

  /// Barnard's (1947) unconditional exact test with the pooled score statistic (Suissa & Shuster 1985), two-sided: the largest
  /// probability, over all rates that both groups may share, of a statistic as far from 0. Nil where the groups' sizes multiply to more
  /// than `limit`. Complexity: O(n₁·n₂) for each of some two hundred rates.
  package static func barnard(
    _ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int, limit: Int = 250_000
  ) -> Double? {
    guard n1 > 0, n2 > 0, (n1 + 1) * (n2 + 1) <= limit else { return nil }
    guard k1 + k2 > 0, k1 + k2 < n1 + n2 else { return 1 }
    return BarnardRegion(k1, n1, k2, n2).largestProbability()
  }

  /// Morris & Lobsenz' (2000) Z of the ratio, ln(p₁/p₂)/√((1 − p̄)/(p̄·N·s(1 − s))), s the first group's share; two-sided. Nil where a
  /// count is 0 or nobody failed.
  package static func ratioZ(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double
  ) -> (z: Double, p: Double)? {
    guard k1 > 0, k2 > 0, n1 > 0, n2 > 0 else { return nil }
    let pooled = (k1 + k2) / (n1 + n2)
    let variance = (1 - pooled) / pooled * (1 / n1 + 1 / n2)
    guard variance > 0 else { return nil }
    let z = log(k1 / n1 / (k2 / n2)) / variance.squareRoot()
    return (z, 2 * Normal.survival(abs(z)))
  }

  /// Pearson's χ² with Yates' (1934) continuity correction, on 1 degree of freedom; nil where all trials end alike.
  package static func yates(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double
  ) -> (statistic: Double, p: Double)? {
    guard n1 > 0, n2 > 0 else { return nil }
    let (total, hits) = (n1 + n2, k1 + k2)
    guard hits > 0, hits < total else { return nil }
    let cross = abs(k1 * (n2 - k2) - k2 * (n1 - k1))
    let excess = max(0, cross - total / 2)
    let statistic = total * excess * excess / (n1 * n2 * hits * (total - hits))
    return (statistic, ChiSquared.survival(statistic, degreesOfFreedom: 1))
  }
}

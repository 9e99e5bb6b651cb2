import Glibc

/// Tests of equal proportions in two independent groups.
package enum TwoProportionTest {
  /// The score test with pooled variance, two-sided; nil where that variance is 0.
  package static func pooledZ(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double
  ) -> (z: Double, p: Double)? {
    guard n1 > 0, n2 > 0 else { return nil }
    let pooled = (k1 + k2) / (n1 + n2)
    let variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    guard variance > 0 else { return nil }
    let z = (k1 / n1 - k2 / n2) / variance.squareRoot()
    return (z, 2 * Normal.survival(abs(z)))
  }

  /// Wald's test with separate variances, two-sided; nil where both are 0.
  package static func unpooledZ(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double
  ) -> (z: Double, p: Double)? {
    guard n1 > 0, n2 > 0 else { return nil }
    let (p1, p2) = (k1 / n1, k2 / n2)
    let variance = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    guard variance > 0 else { return nil }
    let z = (p1 - p2) / variance.squareRoot()
    return (z, 2 * Normal.survival(abs(z)))
  }

  /// Fisher's exact test, two-sided: the probability of all tables with the same margins that are no
  /// likelier than the observed one (relative tolerance 1e-7). O(standard deviation of the count).
  package static func fisherExact(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) -> Double {
    margins(k1, n1, k2, n2).noLikelier(than: k1)
  }

  /// `fisherExact` with half weight for the tables as likely as the observed one (Lancaster 1961).
  /// Where no other table ties with it, that is the p-value less half its probability.
  package static func fisherMidP(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) -> Double {
    margins(k1, n1, k2, n2).noLikelierMidP(than: k1)
  }

  /// One-sided, against a greater first proportion: P(X ≥ k1).
  package static func fisherGreater(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) -> Double {
    margins(k1, n1, k2, n2).upperTail(k1)
  }

  /// One-sided, against a smaller first proportion: P(X ≤ k1).
  package static func fisherLess(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) -> Double {
    margins(k1, n1, k2, n2).lowerTail(k1)
  }

  private static func margins(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) -> Hypergeometric {
    Hypergeometric(population: n1 + n2, successes: k1 + k2, draws: n1)
  }
}

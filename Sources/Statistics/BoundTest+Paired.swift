extension BoundTest {
  /// p₁ − p₂ of two proportions seen on the same units against a bound.
  package static func pairedDifference(
    both: Double, firstOnly: Double, secondOnly: Double, neither: Double, bound: Double,
    resolution: Double
  ) -> BoundTails {
    let (b, c) = (max(0, firstOnly), max(0, secondOnly))
    let n = max(0, both) + b + c + max(0, neither)
    guard n > 0, n.isFinite, !bound.isNaN else { return .unknown }
    if bound < -1 { return BoundTails(less: 1, greater: 0) }
    if bound > 1 { return BoundTails(less: 0, greater: 1) }
    return BoundTails(
      less: pairedGreater(c, b, n, -bound, resolution),
      greater: pairedGreater(b, c, n, bound, resolution))
  }

  /// The p-value of "p₁ − p₂ ≤ d", d in [−1, 1].
  private static func pairedGreater(
    _ b: Double, _ c: Double, _ n: Double, _ d: Double, _ resolution: Double
  ) -> Double {
    if d >= 1 { return 1 }
    if d <= -1 { return c >= n ? 1 : 0 }
    let (first, second) = restricted(b, c, n, d)
    if n * min(first, second) >= leastScoreCount {
      let variance = (first + second - d * d) / n
      return Normal.survival(((b - c) / n - d) / variance.squareRoot())
    }
    // Conditional on the discordant pairs (McNemar); with a smaller bound it holds all the more.
    let equal = b + c > 0 ? proportion(successes: b, trials: b + c, bound: 0.5).greater : 1
    if d == 0 { return equal }
    if d > 0 {
      return max(equal, BergerBoos.greater(b, n, c, n, resolution) { $0 + d })
    }
    return min(equal, BergerBoos.less(b, n, c, n, resolution) { $0 - d })
  }

  /// The restricted maximum likelihood estimates of the two discordant probabilities (Tango 1998).
  private static func restricted(
    _ b: Double, _ c: Double, _ n: Double, _ d: Double
  ) -> (first: Double, second: Double) {
    let half = -b - c + (2 * n - b + c) * d
    let root = max(0, half * half + 8 * n * c * d * (1 - d)).squareRoot()
    let second = max(0, (root - half) / (4 * n))
    return (max(0, second + d), max(second, -d))
  }
}

extension BoundTest {
  /// p₁ − p₂ of two proportions seen on the same units against a bound: Tango's (1998) score test,
  /// corrected for skewness and whole counts; at 0 that is McNemar's with Edwards' (1948) correction.
  /// By enumeration its size does not exceed its level with any number of pairs. O(1).
  package static func pairedDifference(
    both: Double, firstOnly: Double, secondOnly: Double, neither: Double, bound: Double
  ) -> BoundTails {
    let (b, c) = (max(0, firstOnly), max(0, secondOnly))
    let n = max(0, both) + b + c + max(0, neither)
    let isKnown = !(both.isNaN || firstOnly.isNaN || secondOnly.isNaN || neither.isNaN)
    guard n > 0, n.isFinite, isKnown, !bound.isNaN else { return .unknown }
    if bound < -1 { return BoundTails(less: 1, greater: 0) }
    if bound > 1 { return BoundTails(less: 0, greater: 1) }
    if bound == -1 { return BoundTails(less: 1, greater: c >= n ? 0.5 : 0) }
    if bound == 1 { return BoundTails(less: b >= n ? 0.5 : 0, greater: 1) }
    let (first, second) = restricted(b, c, n, bound)
    let discordant = first + second
    // One more pair of the one kind for one of the other moves b − c by two: half a step is 1/n.
    return CorrectedScore(
      excess: (b - c) / n - bound, variance: max(0, discordant - bound * bound) / n,
      thirdMoment: bound * (1 - 3 * discordant + 2 * bound * bound) / (n * n), halfStep: 1 / n
    ).tails
  }

  /// The restricted maximum likelihood estimates of the two discordant probabilities.
  private static func restricted(
    _ b: Double, _ c: Double, _ n: Double, _ d: Double
  ) -> (first: Double, second: Double) {
    if d < 0 {
      let (second, first) = restricted(c, b, n, -d)
      return (first, second)
    }
    let half = -b - c + (2 * n - b + c) * d
    let root = (half * half + 8 * n * c * d * (1 - d)).squareRoot()
    // The root of 2n·x² + half·x − c·d(1 − d) without cancellation.
    let second = half > 0 ? 2 * c * d * (1 - d) / (half + root) : (root - half) / (4 * n)
    return (second + d, second)
  }
}

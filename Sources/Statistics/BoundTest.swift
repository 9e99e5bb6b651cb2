import Glibc

/// One-sided tests of a bound. Counts are real numbers: with weights, `trials` is the effective size
/// and `successes` the weighted proportion times it. p-values are numbers in [0, 1], never NaN; where
/// nothing is known (no trials, no standard error) both are 1.
package enum BoundTest {
  /// Exact binomial tails, whose inversion is Clopper & Pearson's (1934) interval.
  package static func proportion(
    successes: Double, trials n: Double, bound: Double
  ) -> BoundTails {
    guard n > 0, n.isFinite, !successes.isNaN, !bound.isNaN else { return .unknown }
    if bound < 0 { return BoundTails(less: 1, greater: 0) }
    if bound > 1 { return BoundTails(less: 0, greater: 1) }
    let k = min(n, max(0, successes))
    let equal = exp(SaddlePoint.logBinomial(k, n, bound, 1 - bound))
    // P(X ≤ k) + P(X ≥ k) = 1 + P(X = k), also for real k: the smaller of the two keeps its digits.
    if k <= n * bound {
      let less = k >= n ? 1 : Beta.cumulative(1 - bound, n - k, k + 1)
      return BoundTails(less: less, greater: min(1, 1 - less + equal))
    }
    let greater = Beta.cumulative(bound, k, n - k + 1)
    return BoundTails(less: min(1, 1 - greater + equal), greater: greater)
  }

  /// An estimate with its standard error: normal, or Student's t with `degreesOfFreedom`. A standard
  /// error of 0 is none.
  package static func wald(
    estimate: Double, standardError: Double, bound: Double, degreesOfFreedom: Double? = nil
  ) -> BoundTails {
    let z = (estimate - bound) / standardError
    guard standardError > 0, standardError.isFinite, estimate.isFinite, !z.isNaN else {
      return .unknown
    }
    if z.isInfinite { return z < 0 ? BoundTails(less: 0, greater: 1) : BoundTails(less: 1, greater: 0) }
    guard let freedom = degreesOfFreedom, freedom != .infinity else { return normal(z) }
    guard freedom > 0 else { return .unknown }
    let tail = StudentT.survival(abs(z), degreesOfFreedom: freedom)
    return z < 0 ? BoundTails(less: tail, greater: 1 - tail) : BoundTails(less: 1 - tail, greater: tail)
  }

  /// The one-sided lower confidence limit: the least bound that `greater` does not reject at `alpha`.
  /// `low` where none is rejected, `high` where all are. To about 1e-12 of the range.
  package static func lowerLimit(
    alpha: Double, low: Double, high: Double, _ tails: (Double) -> BoundTails
  ) -> Double {
    crossing(low, high) { tails($0).greater > alpha }
  }

  /// The one-sided upper confidence limit: the greatest bound that `less` does not reject at `alpha`.
  package static func upperLimit(
    alpha: Double, low: Double, high: Double, _ tails: (Double) -> BoundTails
  ) -> Double {
    -crossing(-high, -low) { tails(-$0).less > alpha }
  }

  /// The least x in [low, high] from which on a monotone predicate holds, by bisection.
  private static func crossing(_ low: Double, _ high: Double, _ holds: (Double) -> Bool) -> Double {
    if !(low < high) || holds(low) { return low }
    if !holds(high) { return high }
    var (below, above) = (low, high)
    for _ in 0..<64 {
      let middle = below + (above - below) / 2
      if middle <= below || middle >= above { break }
      if holds(middle) { above = middle } else { below = middle }
    }
    return above
  }

  static func normal(_ z: Double) -> BoundTails {
    BoundTails(less: Normal.cumulative(z), greater: Normal.survival(z))
  }
}

import Glibc

/// Two-sided intervals of one proportion. Counts are real numbers: with weights, `trials` is the
/// effective size and `successes` the weighted proportion times it. No trials: [0, 1].
package enum ProportionInterval {
  /// Wilson (1927) score interval.
  package static func wilson(successes k: Double, trials n: Double, level: Double) -> Interval {
    wilson(successes: k, trials: n, z: Normal.criticalValue(level: level))
  }

  /// Wilson's interval for a given critical value.
  package static func wilson(successes k: Double, trials n: Double, z: Double) -> Interval {
    guard n > 0 else { return Interval(lower: 0, upper: 1) }
    let p = min(1, max(0, k / n))
    let scale = 1 + z * z / n
    let middle = (p + z * z / (2 * n)) / scale
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / scale
    return Interval(
      lower: k <= 0 ? 0 : max(0, middle - half), upper: k >= n ? 1 : min(1, middle + half))
  }

  /// Wilson's interval with continuity correction: Newcombe (1998a), method 4.
  package static func wilsonContinuityCorrected(
    successes k: Double, trials n: Double, level: Double
  ) -> Interval {
    guard n > 0 else { return Interval(lower: 0, upper: 1) }
    let z = Normal.criticalValue(level: level)
    let p = min(1, max(0, k / n))
    let middle = 2 * n * p + z * z
    let base = z * z - 1 / n + 4 * n * p * (1 - p)
    let scale = 2 * (n + z * z)
    let low = (middle - (z * max(0, base + (4 * p - 2)).squareRoot() + 1)) / scale
    let high = (middle + (z * max(0, base - (4 * p - 2)).squareRoot() + 1)) / scale
    return Interval(lower: k <= 0 ? 0 : max(0, low), upper: k >= n ? 1 : min(1, high))
  }

  /// Clopper & Pearson (1934): coverage is never below the level.
  package static func clopperPearson(
    successes k: Double, trials n: Double, level: Double
  ) -> Interval {
    guard n > 0 else { return Interval(lower: 0, upper: 1) }
    let tail = (1 - level) / 2
    return Interval(
      lower: k <= 0 ? 0 : Beta.quantile(tail, k, n - k + 1),
      upper: k >= n ? 1 : complementQuantile(tail, k + 1, n - k))
  }

  /// Agresti & Coull (1998), clipped to [0, 1].
  package static func agrestiCoull(
    successes k: Double, trials n: Double, level: Double
  ) -> Interval {
    guard n > 0 else { return Interval(lower: 0, upper: 1) }
    let z = Normal.criticalValue(level: level)
    let size = n + z * z
    let p = (k + z * z / 2) / size
    let half = z * (p * (1 - p) / size).squareRoot()
    return Interval(lower: max(0, p - half), upper: min(1, p + half))
  }

  /// The textbook's p ± z·√(p(1 − p)/n), clipped to [0, 1]: a point at 0 and 1 and short near them. For comparison with other tools
  /// only; nothing is judged by it.
  package static func wald(successes k: Double, trials n: Double, level: Double) -> Interval {
    guard n > 0 else { return Interval(lower: 0, upper: 1) }
    let p = min(1, max(0, k / n))
    let half = Normal.criticalValue(level: level) * (p * (1 - p) / n).squareRoot()
    return Interval(lower: max(0, p - half), upper: min(1, p + half))
  }

  /// The equal-tailed interval of the posterior under Jeffreys' prior, Beta(½, ½).
  package static func jeffreys(successes k: Double, trials n: Double, level: Double) -> Interval {
    guard n > 0 else { return Interval(lower: 0, upper: 1) }
    let tail = (1 - level) / 2
    return Interval(
      lower: Beta.quantile(tail, k + 0.5, n - k + 0.5),
      upper: complementQuantile(tail, k + 0.5, n - k + 0.5))
  }

  /// The x with an upper tail of `tail`, without forming 1 − tail.
  private static func complementQuantile(_ tail: Double, _ a: Double, _ b: Double) -> Double {
    guard tail > 0 else { return 1 }
    return 1 / (1 + exp(Beta.logitQuantile(tail, b, a)))
  }
}

import Glibc

extension RatioInterval {
  /// Koopman (1984) score interval; with `correction` the variance is multiplied by N/(N−1)
  /// (Miettinen & Nurminen 1985). Always defined: 0 where the first count is 0, +∞ where the second
  /// is, [0, +∞] where nothing is known.
  package static func koopman(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double,
    level: Double, correction: Bool
  ) -> Interval {
    guard n1 > 0, n2 > 0, k1 > 0 || k2 > 0 else { return Interval(lower: 0, upper: .infinity) }
    let total = n1 + n2
    var z = Normal.criticalValue(level: level)
    if correction && total > 1 { z *= (total / (total - 1)).squareRoot() }
    let pair = RatioPair(k1: k1, n1: n1, k2: k2, n2: n2)
    return Interval(
      lower: k1 > 0 ? exp(pair.logRatio(score: z)) : 0,
      upper: k2 > 0 ? exp(pair.logRatio(score: -z)) : .infinity)
  }
}

import Glibc

extension MantelHaenszel {
  /// Breslow & Day's (1980) test that the odds ratio is the same in all strata, on (strata − 1)
  /// degrees of freedom; `adjusted` subtracts Tarone's (1985) term. Strata whose margins leave no
  /// choice are left out; nil with fewer than two, or without a common odds ratio.
  package func homogeneity(adjusted: Bool = false) -> (statistic: Double, p: Double)? {
    let common = oddsRatio
    guard common > 0, common.isFinite else { return nil }
    let usable = strata.filter { $0.successes > 0 && $0.successes < $0.total }
    guard usable.count > 1 else { return nil }
    var (statistic, excess, total) = (0.0, 0.0, 0.0)
    for s in usable {
      let a = Self.fitted(s, common)
      let (b, c) = (s.trials1 - a, s.successes - a)
      let variance = 1 / (1 / a + 1 / b + 1 / c + 1 / (s.trials2 - c))
      statistic += (s.successes1 - a) * (s.successes1 - a) / variance
      excess += s.successes1 - a
      total += variance
    }
    if adjusted { statistic -= excess * excess / total }
    return (statistic, ChiSquared.survival(statistic, degreesOfFreedom: Double(usable.count - 1)))
  }

  /// The first group's successes that the margins and an odds ratio imply: the root of
  /// (1 − ψ)a² + (n₂ − m + ψ(n₁ + m))a − ψn₁m = 0 within the margins.
  private static func fitted(_ s: Stratum, _ ratio: Double) -> Double {
    let (n1, n2, m) = (s.trials1, s.trials2, s.successes)
    let b = n2 - m + ratio * (n1 + m)
    let root = max(0, b * b + 4 * (1 - ratio) * ratio * n1 * m).squareRoot()
    return 2 * ratio * n1 * m / (b + root)
  }
}

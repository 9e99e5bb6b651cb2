import Glibc

/// McNemar's test of equal proportions in pairs, from the two discordant counts; two-sided.
package enum McNemar {
  /// The binomial test on the discordant pairs; 1 without any.
  package static func exact(_ b: Int, _ c: Int) -> Double {
    min(1, 2 * tail(b, c).cumulative)
  }

  /// Fagerland, Lydersen & Laake (2013): less half the probability of the observed split on each
  /// side.
  package static func midP(_ b: Int, _ c: Int) -> Double {
    if b + c == 0 { return 1 }
    let (cumulative, probability) = tail(b, c)
    return b == c ? 1 - probability / 2 : min(1, 2 * cumulative - probability)
  }

  /// (b − c)²/(b + c) against χ² on 1 degree of freedom; `corrected` takes 1 off |b − c| (Edwards
  /// 1948). 1 without discordant pairs.
  package static func asymptotic(_ b: Int, _ c: Int, corrected: Bool = false) -> Double {
    guard let statistic = statistic(b, c, corrected: corrected) else { return 1 }
    return ChiSquared.survival(statistic, degreesOfFreedom: 1)
  }

  /// The statistic of `asymptotic`; nil without discordant pairs.
  package static func statistic(_ b: Int, _ c: Int, corrected: Bool = false) -> Double? {
    guard b + c > 0 else { return nil }
    let gap = max(0, Double(abs(b - c)) - (corrected ? 1 : 0))
    return gap * gap / Double(b + c)
  }

  /// P(X ≤ min(b, c)) and P(X = min(b, c)) for X ~ Binomial(b + c, ½).
  private static func tail(_ b: Int, _ c: Int) -> (cumulative: Double, probability: Double) {
    let (k, n) = (Double(min(b, c)), Double(b + c))
    if n == 0 { return (1, 1) }
    let probability = exp(SaddlePoint.logBinomial(k, n, 0.5, 0.5))
    return (Beta.cumulative(0.5, n - k, k + 1), probability)
  }
}

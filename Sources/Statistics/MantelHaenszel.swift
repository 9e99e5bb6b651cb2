import Glibc

/// Two groups' proportions compared within strata (Mantel & Haenszel 1959).
package struct MantelHaenszel: Sendable {
  /// One stratum: successes and trials of the first and the second group.
  package struct Stratum: Sendable, Equatable {
    package let successes1, trials1, successes2, trials2: Double

    package init(successes1: Double, trials1: Double, successes2: Double, trials2: Double) {
      self.successes1 = successes1
      self.trials1 = trials1
      self.successes2 = successes2
      self.trials2 = trials2
    }

    var total: Double { trials1 + trials2 }
    var successes: Double { successes1 + successes2 }
    var failures1: Double { trials1 - successes1 }
    var failures2: Double { trials2 - successes2 }
  }

  /// The strata in which both groups have trials; the others say nothing.
  package let strata: [Stratum]

  package init(_ strata: [Stratum]) {
    self.strata = strata.filter { $0.trials1 > 0 && $0.trials2 > 0 }
  }

  /// The Cochran–Mantel–Haenszel test of conditional independence, on 1 degree of freedom;
  /// `corrected` takes ½ off the difference. Nil where the variance is 0.
  package func test(corrected: Bool = false) -> (statistic: Double, p: Double)? {
    var excess = 0.0
    var variance = 0.0
    for s in strata {
      let n = s.total
      excess += s.successes1 - s.trials1 * s.successes / n
      guard n > 1 else { continue }
      variance += s.trials1 * s.trials2 * s.successes * (n - s.successes) / (n * n * (n - 1))
    }
    guard variance > 0 else { return nil }
    let gap = max(0, abs(excess) - (corrected ? 0.5 : 0))
    let statistic = gap * gap / variance
    return (statistic, ChiSquared.survival(statistic, degreesOfFreedom: 1))
  }

  /// The common odds ratio; +∞ or NaN where its denominator is 0.
  package var oddsRatio: Double {
    sum { $0.successes1 * $0.failures2 / $0.total } / sum { $0.failures1 * $0.successes2 / $0.total }
  }

  /// The common risk ratio (Greenland & Robins 1985); +∞ or NaN where its denominator is 0.
  package var riskRatio: Double {
    sum { $0.successes1 * $0.trials2 / $0.total } / sum { $0.successes2 * $0.trials1 / $0.total }
  }

  /// The interval of the odds ratio with the variance of Robins, Breslow & Greenland (1986); nil
  /// where it is undefined.
  package func oddsRatioInterval(level: Double) -> Interval? {
    let r = sum { $0.successes1 * $0.failures2 / $0.total }
    let s = sum { $0.failures1 * $0.successes2 / $0.total }
    guard r > 0, s > 0 else { return nil }
    var (pr, mixed, qs) = (0.0, 0.0, 0.0)
    for t in strata {
      let p = (t.successes1 + t.failures2) / t.total
      let ri = t.successes1 * t.failures2 / t.total
      let si = t.failures1 * t.successes2 / t.total
      pr += p * ri
      mixed += p * si + (1 - p) * ri
      qs += (1 - p) * si
    }
    let variance = pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s)
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    return Interval(lower: r / s * exp(-half), upper: r / s * exp(half))
  }

  private func sum(_ term: (Stratum) -> Double) -> Double { strata.reduce(0) { $0 + term($1) } }
}

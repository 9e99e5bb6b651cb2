import Glibc

/// Two groups' proportions compared within strata where rows have weights: the estimators of Mantel & Haenszel (1959) over weights, and
/// their errors from the rows, by squared weights.
///
/// Weights, groups and strata are taken as given, and what rows came to as drawn: to first order each of them adds w·∂f/∂a·(y − p), p the
/// rate of its group in its stratum (linearisation, Binder 1983). A row pulls its group's rate towards itself; so its square is
/// divided by 1 − h, h = w/Σw (MacKinnon & White 1985, HC2), with the mean of w over the rows that came to the same. Where all weights are
/// alike that is n/(n − 1). A group of one row shows no spread of its own: its row is held against the rate of the stratum.
package struct WeightedMantelHaenszel: Sendable {
  /// The rows of one group in one stratum.
  package struct Arm: Sendable, Equatable {
    /// Σw and Σw² of the rows that succeeded and of those that did not.
    package let successes, failures, squaredSuccesses, squaredFailures: Double
    package let rows: Int

    package init(
      successes: Double, failures: Double, squaredSuccesses: Double, squaredFailures: Double, rows: Int
    ) {
      (self.successes, self.failures) = (successes, failures)
      (self.squaredSuccesses, self.squaredFailures) = (squaredSuccesses, squaredFailures)
      self.rows = rows
    }

    fileprivate var trials: Double { successes + failures }

    /// Σw²(y − p)²/(1 − w/Σw), p the rate of rows that weigh `total`.
    fileprivate func spread(about p: Double, of total: Double) -> Double {
      func part(_ squares: Double, _ weight: Double, _ residual: Double) -> Double {
        guard weight > 0, residual != 0 else { return 0 }
        return squares * residual * residual / max(1e-6, 1 - squares / weight / total)
      }
      return part(squaredSuccesses, successes, 1 - p) + part(squaredFailures, failures, p)
    }
  }

  package struct Stratum: Sendable, Equatable {
    package let first, second: Arm

    package init(_ first: Arm, _ second: Arm) { (self.first, self.second) = (first, second) }

    fileprivate var total: Double { first.trials + second.trials }
    fileprivate var rate: Double { (first.successes + second.successes) / total }

    /// The variance of a group's weighted successes.
    fileprivate func variance(_ arm: Arm) -> Double {
      arm.rows > 1
        ? arm.spread(about: arm.successes / arm.trials, of: arm.trials) : arm.spread(about: rate, of: total)
    }
  }

  /// The strata in which both groups have weight; the others say nothing.
  package let strata: [Stratum]

  package init(_ strata: [Stratum]) {
    self.strata = strata.filter { $0.first.trials > 0 && $0.second.trials > 0 }
  }

  /// The score test of equal rates within strata: Σ(n₂a − n₁c)/N over its standard error, in which rows are held against the rate of their
  /// stratum, as the hypothesis has it. With rows that all count 1 the Cochran–Mantel–Haenszel test, but for how the groups' spreads
  /// are put together. Nil where nothing varies.
  package var test: (statistic: Double, p: Double)? {
    var (excess, variance) = (0.0, 0.0)
    for s in strata {
      let (toFirst, toSecond) = (s.second.trials / s.total, s.first.trials / s.total)
      excess += toFirst * s.first.successes - toSecond * s.second.successes
      variance += toFirst * toFirst * s.first.spread(about: s.rate, of: s.total)
      variance += toSecond * toSecond * s.second.spread(about: s.rate, of: s.total)
    }
    guard variance > 0 else { return nil }
    let statistic = excess * excess / variance
    return (statistic, ChiSquared.survival(statistic, degreesOfFreedom: 1))
  }

  /// The interval of the ratio of rates; nil where a margin of the pooled table is empty or nothing varies.
  package func riskRatioInterval(level: Double) -> Interval? {
    let top = sum { $0.first.successes * $0.second.trials / $0.total }
    let bottom = sum { $0.second.successes * $0.first.trials / $0.total }
    guard top > 0, bottom > 0 else { return nil }
    let variance = sum { s in
      let (mine, theirs) = (s.second.trials / s.total / top, s.first.trials / s.total / bottom)
      return mine * mine * s.variance(s.first) + theirs * theirs * s.variance(s.second)
    }
    return Self.limits(top / bottom, variance, level)
  }

  /// The interval of the odds ratio; nil where a margin of the pooled table is empty or nothing varies.
  package func oddsRatioInterval(level: Double) -> Interval? {
    let top = sum { $0.first.successes * $0.second.failures / $0.total }
    let bottom = sum { $0.first.failures * $0.second.successes / $0.total }
    guard top > 0, bottom > 0 else { return nil }
    let variance = sum { s in
      let mine = (s.second.failures / top + s.second.successes / bottom) / s.total
      let theirs = (s.first.successes / top + s.first.failures / bottom) / s.total
      return mine * mine * s.variance(s.first) + theirs * theirs * s.variance(s.second)
    }
    return Self.limits(top / bottom, variance, level)
  }

  /// Normal on the logarithmic scale.
  private static func limits(_ value: Double, _ variance: Double, _ level: Double) -> Interval? {
    guard variance > 0 else { return nil }
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    return Interval(lower: value * exp(-half), upper: value * exp(half))
  }

  private func sum(_ term: (Stratum) -> Double) -> Double { strata.reduce(0) { $0 + term($1) } }
}

import Glibc

/// How large a difference between two independent proportions is, in the measures that practice asks for. What has a denominator of 0
/// is NaN, or infinite where only it is 0.
package struct TwoProportionEffect: Sendable, Equatable {
  package let successes1, trials1, successes2, trials2: Double

  package init(successes1: Double, trials1: Double, successes2: Double, trials2: Double) {
    self.successes1 = successes1
    self.trials1 = trials1
    self.successes2 = successes2
    self.trials2 = trials2
  }

  package var rate1: Double { successes1 / trials1 }
  package var rate2: Double { successes2 / trials2 }
  package var pooledRate: Double { (successes1 + successes2) / (trials1 + trials2) }

  package var difference: Double { rate1 - rate2 }
  package var ratio: Double { rate1 / rate2 }
  package var oddsRatio: Double {
    successes1 * (trials2 - successes2) / ((trials1 - successes1) * successes2)
  }

  /// √(1/k₁ − 1/n₁ + 1/k₂ − 1/n₂), the standard error of the ratio's logarithm (Katz et al. 1978).
  package var logRatioError: Double {
    (1 / successes1 - 1 / trials1 + 1 / successes2 - 1 / trials2).squareRoot()
  }

  /// The correlation of group and outcome without its sign, √(χ²/N).
  package var phi: Double {
    let variance = pooledRate * (1 - pooledRate)
    let share = trials1 / (trials1 + trials2)
    return abs(difference) * (share * (1 - share) / variance).squareRoot()
  }

  /// 2·asin√p₁ − 2·asin√p₂ (Cohen 1988).
  package var cohensH: Double { 2 * asin(rate1.squareRoot()) - 2 * asin(rate2.squareRoot()) }

  /// How many more successes the first group would have at the pooled rate.
  package var shortfallFromPool: Double { trials1 * pooledRate - successes1 }

  /// How many more successes the first group would have at the second group's rate.
  package var shortfallFromSecond: Double { trials1 * rate2 - successes1 }

  /// The fewest successes that would have to pass from the second group to the first for the first group's rate to be the greater: the
  /// Uniform Guidelines' question 21 asks whether one is enough. 0 where it is greater already; nil where the second has too few.
  package var successesToReverse: Int? {
    guard trials1 > 0, trials2 > 0 else { return nil }
    let gap = successes2 * trials1 - successes1 * trials2
    if gap < 0 { return 0 }
    let moved = (gap / (trials1 + trials2)).rounded(.down) + 1
    return moved <= min(successes2, trials1 - successes1) ? Int(moved) : nil
  }
}

import Glibc

/// A score statistic under its hypothesis, with what its normal approximation lacks: at small or
/// unlike counts the plain score test rejects several times too often (at a level of 0.001 up to fifty
/// times), as it knows neither the skewness of the counts nor that they are whole.
struct CorrectedScore {
  /// Estimate minus bound.
  var excess: Double
  /// Its variance and third central moment under the hypothesis.
  var variance: Double
  var thirdMoment: Double
  /// What the variance is multiplied by for the standardised excess.
  var inflation = 1.0
  /// Half the coarsest step in which the estimate can move (Hauck & Anderson 1986).
  var halfStep: Double

  var tails: BoundTails { BoundTails(less: opposite.greater, greater: greater) }

  private var opposite: CorrectedScore {
    CorrectedScore(
      excess: -excess, variance: variance, thirdMoment: -thirdMoment, inflation: inflation,
      halfStep: halfStep)
  }

  /// P(excess or more): the Cornish–Fisher expansion in the skewness solved for the normal quantile
  /// (Gart & Nam 1990). Where the estimate is on the hypothesis' side the plain score serves, which
  /// keeps the p-value monotone in the bound where the corrections would not.
  private var greater: Double {
    let deviation = (variance * inflation).squareRoot()
    if excess <= 0 { return Normal.survival(excess == 0 ? 0 : excess / deviation) }
    let x = (excess - halfStep) / deviation
    guard variance > 0 else { return x > 0 ? 0 : 0.5 }
    let sixth = thirdMoment / variance / variance.squareRoot() / 6
    let root = max(0, 1 + 4 * sixth * (sixth + x)).squareRoot()
    let z = 2 * (sixth + x) / (1 + root)
    return min(0.5, Normal.survival(z.isFinite ? z : x))
  }
}

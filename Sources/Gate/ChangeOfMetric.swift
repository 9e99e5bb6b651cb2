import Metrics
import Results
import Statistics

/// A metric of a slice, candidate against baseline.
struct ChangeOfMetric: Sendable {
  let metric: Metric
  let sides: BaselineNumbers.Sides
  let isHigherBetter: Bool

  /// Harm in the metric's own units: candidate − baseline, or the other way round where higher is better.
  ///
  /// - Parameter joint: paired counts, where the rate has them: then the test is Tango's (1998) score test.
  func absolute(
    _ joint: BaselineNumbers.Joint?, _ baseline: BaselineNumbers, _ slice: Int, level: Double
  ) -> Quantity {
    if let joint { return paired(joint, level: level) }
    let harm = isHigherBetter ? sides.baseline - sides.candidate : sides.candidate - sides.baseline
    if let (run, now, then) = baseline.runs(metric, slice) {
      return isHigherBetter
        ? run.pair(metric, then, now, .difference, level: level)
        : run.pair(metric, now, then, .difference, level: level)
    }
    let candidate = baseline.candidate
    let freedom: Double? =
      metric.isMean
      ? Double(max(1, sides.denominator - 1))
      : metric.isRate ? nil : candidate.side(slice, metric).freedom(metric)
    return Self.wald(harm, sides.changeVariance, level: level, freedom)
  }

  private func paired(_ joint: BaselineNumbers.Joint, level: Double) -> Quantity {
    let (worse, better) =
      isHigherBetter ? (joint.baselineOnly, joint.candidateOnly) : (joint.candidateOnly, joint.baselineOnly)
    let rows = joint.both + joint.candidateOnly + joint.baselineOnly + joint.neither
    var quantity = Quantity(value: Double(worse - better) / Double(max(1, rows)))
    quantity.limits = PairedDifferenceInterval(
      both: joint.both, firstOnly: worse, secondOnly: better, neither: joint.neither
    ).tango(level: level)
    quantity.tails = {
      BoundTest.pairedDifference(
        both: Double(joint.both), firstOnly: Double(worse), secondOnly: Double(better),
        neither: Double(joint.neither), bound: $0)
    }
    quantity.test = "paired score test"
    return quantity
  }

  /// Harm as a share of the baseline's value. The test is of the linear form candidate − (1 + r)·baseline,
  /// which a small baseline does not upset.
  /// Rates of another run have the score test of their ratio.
  func relative(_ baseline: BaselineNumbers, _ slice: Int, level: Double) -> Quantity {
    let (now, then) = (sides.candidate, sides.baseline)
    guard then > 0 else { return .undefined("relative change from \(NumberText.text(then)) is undefined") }
    let sign = isHigherBetter ? -1.0 : 1.0
    let sides = sides
    var linear: @Sendable (Double) -> BoundTails = { bound in
      let factor = 1 + sign * bound
      let variance =
        sides.candidateVariance + factor * factor * sides.baselineVariance - 2 * factor * sides.covariance
      return BoundTest.wald(
        estimate: sign * (now - factor * then), standardError: max(0, variance).squareRoot(), bound: 0,
        degreesOfFreedom: nil)
    }
    var test = "Wald test of candidate − (1 + r)·baseline"
    if metric.isRate, let (run, mine, theirs) = baseline.runs(metric, slice),
      let ratio = run.tails(metric, mine, theirs, .ratio)
    {
      linear = { bound in
        let tails = ratio(1 + sign * bound)
        return sign < 0 ? BoundTails(less: tails.greater, greater: tails.less) : tails
      }
      test = run.testName(metric, .ratio)
    }
    let tails = linear
    var quantity = Quantity(value: sign * (now - then) / then, tails: tails)
    let tail = (1 - level) / 2
    let reach = 50 * max(1, abs(quantity.value ?? 0))
    quantity.limits = Interval(
      lower: BoundTest.lowerLimit(alpha: tail, low: -reach, high: reach, tails),
      upper: BoundTest.upperLimit(alpha: tail, low: -reach, high: reach, tails))
    quantity.test = test
    return quantity
  }

  static func wald(_ value: Double, _ variance: Double, level: Double, _ freedom: Double? = nil) -> Quantity {
    let error = max(0, variance).squareRoot()
    guard error > 0 else {
      return Quantity(
        value: value, reason: "candidate and baseline do not differ in any row", isExact: value == 0)
    }
    let critical =
      freedom.map { StudentT.quantile((1 + level) / 2, degreesOfFreedom: $0) }
      ?? Normal.criticalValue(level: level)
    let z = critical * error
    return Quantity(
      value: value, limits: Interval(lower: value - z, upper: value + z),
      tails: { BoundTest.wald(estimate: value, standardError: error, bound: $0, degreesOfFreedom: freedom) },
      test: "Wald test of the change")
  }
}

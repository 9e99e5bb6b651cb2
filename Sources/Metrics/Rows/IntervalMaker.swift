import Glibc
import Results
import Statistics

/// The interval of a value with a variance, on the scale that suits its kind.
struct IntervalMaker {
  let level: Double
  let range: ClosedRange<Double>
  /// Independent units that the value is estimated from.
  let units: Int

  func fill(
    _ estimate: inout Estimate, _ value: Double, _ variance: Double?, kind: MetricEntry.Kind,
    isClustered: Bool
  ) {
    if kind == .rate { return rate(&estimate, value, variance ?? 0, isClustered) }
    guard let variance, variance > 0, variance.isFinite else {
      estimate.status = .notEstimable
      estimate.reason = variance == nil ? "one row only" : "no variation to judge by"
      return
    }
    let error = variance.squareRoot()
    estimate.standardError = error
    let limits: Interval?
    switch kind {
    case .index: limits = AUCInterval.logit(auc: value, variance: variance, level: level)
    case .correlation: limits = fisher(value, error)
    default: limits = student(value, error, estimate.effectiveCount)
    }
    guard let limits else {
      estimate.status = .notEstimable
      estimate.standardError = nil
      estimate.reason = "no variation to judge by"
      return
    }
    estimate.lower = max(range.lowerBound, limits.lower)
    estimate.upper = min(range.upperBound, limits.upper)
  }

  /// Wilson's score interval at the size at which independent rows without weights would vary as much, where weights or units make that
  /// less than the rows; that of few units is less again by the square of z over Student's t (Korn & Graubard 1998).
  private func rate(_ estimate: inout Estimate, _ value: Double, _ variance: Double, _ isClustered: Bool) {
    estimate.standardError = variance.squareRoot()
    if isClustered {
      var size = min(estimate.effectiveCount, Double(units))
      if variance > 0, value > 0, value < 1 {
        let certainty =
          Normal.criticalValue(level: level)
          / StudentT.quantile((1 + level) / 2, degreesOfFreedom: Double(units - 1))
        size = min(estimate.effectiveCount, value * (1 - value) / variance * certainty * certainty)
      }
      estimate.effectiveCount = size
    }
    let limits = ProportionInterval.wilson(
      successes: value * estimate.effectiveCount, trials: estimate.effectiveCount, level: level)
    estimate.lower = limits.lower
    estimate.upper = limits.upper
  }

  /// Normal on Fisher's scale, atanh.
  private func fisher(_ value: Double, _ error: Double) -> Interval? {
    guard abs(value) < 1 else { return nil }
    let width = Normal.criticalValue(level: level) * error / (1 - value * value)
    return Interval(lower: tanh(atanh(value) - width), upper: tanh(atanh(value) + width))
  }

  private func student(_ value: Double, _ error: Double, _ effectiveCount: Double) -> Interval {
    let degrees = max(1, min(effectiveCount, Double(units)) - 1)
    let width = StudentT.quantile((1 + level) / 2, degreesOfFreedom: degrees) * error
    return Interval(lower: value - width, upper: value + width)
  }
}

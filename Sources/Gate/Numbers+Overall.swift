import Fairness
import Glibc
import Metrics
import Results
import Statistics

extension Numbers {
  // MARK: A group and all rows, which contain it

  var comparer: OverallComparer {
    let stored = evaluation.slices.covarianceWithOverall
    return OverallComparer(pairs: pairs, bootstrap: estimator.bootstrap) { metric, side in
      guard let covariance = side.slice.flatMap({ stored[metric.id]?[$0] }) else { return nil }
      return covariance.isNaN ? nil : covariance
    }
  }

  func overall(_ metric: Metric, _ slice: Int, _ kind: Gap.Kind, level: Double) -> Quantity {
    let group = side(slice, metric)
    let whole = side(0, metric)
    guard !metric.isComposite || !isCounted else {
      return compositeOverall(metric, slice, kind, level: level)
    }
    let compared = comparer.compare(metric, group, whole, kind: kind, level: level)
    var quantity = Quantity(value: compared.value, limits: compared.limits, reason: compared.reason)
    fill(&quantity, group.estimate(metric), whole.estimate(metric))
    quantity.isRatio = kind == .ratio
    guard compared.value != nil else { return quantity }
    if let part = group.share(metric), let all = whole.share(metric) {
      quantity.test = testName(metric, kind) + ", against the rows outside"
      quantity.tails = overallTails(metric, group, complement(slice, metric), part.trials / all.trials, kind)
    } else if let limits = compared.limits {
      quantity.test = "Wald test with the covariance of part and whole"
      quantity.tails = Self.tails(around: compared.value ?? 0, limits, kind, level, group.freedom(metric))
    }
    if quantity.tails != nil, compared.limits == nil, slice == 0 { quantity.isExact = true }
    return quantity
  }

  /// A difference from overall is (1 − f) times that from the rows outside, with f the group's share of the
  /// denominator; a ratio R is 1/(f + (1 − f)/r), r the ratio against the rows outside.
  private func overallTails(
    _ metric: Metric, _ group: Side, _ outside: Side, _ share: Double, _ kind: Gap.Kind
  ) -> (@Sendable (Double) -> BoundTails)? {
    guard share < 1, let inner = tails(metric, group, outside, kind) else { return nil }
    if kind == .difference { return { inner($0 / (1 - share)) } }
    return { bound in
      guard bound > 0 else { return inner(0) }
      let rest = 1 / bound - share
      return inner(rest > 0 ? (1 - share) / rest : .infinity)
    }
  }

  /// From an interval that is symmetric about the value, on its own or the logarithmic scale.
  static func tails(
    around value: Double, _ limits: Interval, _ kind: Gap.Kind, _ level: Double, _ freedom: Double? = nil
  ) -> (@Sendable (Double) -> BoundTails)? {
    let z = Normal.criticalValue(level: level)
    if kind == .difference {
      let error = limits.width / (2 * z)
      return { BoundTest.wald(estimate: value, standardError: error, bound: $0, degreesOfFreedom: freedom) }
    }
    guard value > 0, limits.lower > 0, limits.upper < .infinity else { return nil }
    let error = log(limits.upper / limits.lower) / (2 * z)
    return { bound in
      guard bound > 0 else { return .certain(value: value, bound: bound) }
      return BoundTest.wald(
        estimate: log(value), standardError: error, bound: log(bound), degreesOfFreedom: freedom)
    }
  }
}

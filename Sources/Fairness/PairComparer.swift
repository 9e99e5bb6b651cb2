import Glibc
import Metrics
import Results
import Statistics

/// Compares two groups of people that share no row. They may share units (a query's rows in both): then it takes the
/// correlation of their estimates.
package struct PairComparer: Sendable {
  /// The level at which the sides' own intervals were made.
  let knownLevel: Double

  package init(knownLevel: Double) { self.knownLevel = knownLevel }

  /// a − b, or a / b, with its interval at `level` and the two-sided p-value of "no gap".
  ///
  /// - Parameter correlation: of the two estimates; 0 where they share no unit
  package func compare(
    _ metric: Metric, _ a: Side, _ b: Side, kind: Gap.Kind, level: Double, correlation: Double = 0
  ) -> Comparison {
    guard let first = value(metric, a), let second = value(metric, b) else {
      return .undefined(reason(metric, a) ?? reason(metric, b) ?? "no value")
    }
    var result: Comparison
    switch kind {
    case .difference: result = difference(metric, a, b, first, second, level, correlation)
    case .ratio:
      result =
        correlation == 0
        ? ratio(metric, a, b, first, second, level)
        : sharedRatio(metric, a, b, (first, second), level, correlation)
    }
    if result.value != nil, let test = test(metric, a, b, first, second, correlation) {
      result.pValue = test.p
      result.test = test.name
    }
    return result
  }

  func value(_ metric: Metric, _ side: Side) -> Double? { side.estimate(metric)?.value }

  func reason(_ metric: Metric, _ side: Side) -> String? {
    guard value(metric, side) == nil else { return nil }
    return "\(side.name): \(side.estimate(metric)?.reason ?? "not computed")"
  }

  private func difference(
    _ metric: Metric, _ a: Side, _ b: Side, _ first: Double, _ second: Double, _ level: Double,
    _ correlation: Double
  ) -> Comparison {
    guard let left = a.limits(metric, level: level, from: knownLevel),
      let right = b.limits(metric, level: level, from: knownLevel)
    else { return Comparison(value: first - second, reason: unjudged(metric, a, b)) }
    let name = !metric.isRate ? "MOVER" : "Newcombe hybrid score"
    return Comparison(
      value: first - second,
      limits: DifferenceInterval.mover(first, left, second, right, correlation: correlation),
      interval: correlation == 0 ? name : name + " with the groups' correlation")
  }

  /// A ratio of estimates that share units, normal on the log scale.
  private func sharedRatio(
    _ metric: Metric, _ a: Side, _ b: Side, _ values: (first: Double, second: Double), _ level: Double,
    _ correlation: Double
  ) -> Comparison {
    let (first, second) = values
    if second == 0, first == 0 { return .undefined("0 / 0") }
    let value = second == 0 ? Double.infinity : first / second
    guard let left = a.estimate(metric)?.standardError, let right = b.estimate(metric)?.standardError else {
      return Comparison(value: value, reason: unjudged(metric, a, b))
    }
    guard first > 0, second > 0 else { return Comparison(value: value, reason: "a value is not above 0") }
    let (x, y) = (left / first, right / second)
    let half =
      Normal.criticalValue(level: level) * max(0, x * x + y * y - 2 * correlation * x * y).squareRoot()
    return Comparison(
      value: value, limits: Interval(lower: value * exp(-half), upper: value * exp(half)),
      interval: "log normal (delta method)")
  }

  private func ratio(
    _ metric: Metric, _ a: Side, _ b: Side, _ first: Double, _ second: Double, _ level: Double
  ) -> Comparison {
    if second == 0, first == 0 { return .undefined("0 / 0") }
    let value = second == 0 ? Double.infinity : first / second
    if let left = a.share(metric), let right = b.share(metric) {
      let limits = RatioInterval.koopman(
        successes1: left.effectiveSuccesses, trials1: left.effectiveCount,
        successes2: right.effectiveSuccesses, trials2: right.effectiveCount, level: level,
        correction: false)
      return Comparison(value: value, limits: limits, interval: "Koopman score")
    }
    guard let left = a.limits(metric, level: level, from: knownLevel),
      let right = b.limits(metric, level: level, from: knownLevel), left.lower >= 0, right.lower >= 0
    else { return Comparison(value: value, reason: unjudged(metric, a, b)) }
    return Comparison(
      value: value, limits: RatioInterval.moverR(first, left, second, right), interval: "MOVER-R")
  }

  /// Why there is no interval: the reason of the side that has none.
  func unjudged(_ metric: Metric, _ sides: Side...) -> String {
    for side in sides {
      if let reason = side.estimate(metric)?.reason { return "\(side.name): \(reason)" }
    }
    return "the metric has no interval"
  }

  /// The least count expected under "no gap" for which the score test may be trusted.
  static let leastExpected = 5.0

  /// Score test of two rates (Fisher's exact test where an expected count is below 5), or a z test.
  package func test(
    _ metric: Metric, _ a: Side, _ b: Side, _ first: Double, _ second: Double, _ correlation: Double = 0
  ) -> (p: Double, name: String)? {
    if correlation == 0, let left = a.share(metric), let right = b.share(metric) {
      return Self.rateTest(left, right)
    }
    guard let left = a.estimate(metric)?.standardError, let right = b.estimate(metric)?.standardError else {
      return nil
    }
    let variance = left * left + right * right - 2 * correlation * left * right
    guard variance > 1e-15 * (left * left + right * right) else { return nil }
    let z = (first - second) / variance.squareRoot()
    return (min(1, 2 * Normal.survival(abs(z))), "Wald z test")
  }

  static func rateTest(
    _ a: RateDefinition.Share, _ b: RateDefinition.Share
  ) -> (p: Double, name: String)? {
    let pooled = (a.effectiveSuccesses + b.effectiveSuccesses) / (a.effectiveCount + b.effectiveCount)
    let expected = min(a.effectiveCount, b.effectiveCount) * min(pooled, 1 - pooled)
    if expected < leastExpected, a.isUnweighted, b.isUnweighted {
      return (
        TwoProportionTest.fisherExact(a.successRows, a.rows, b.successRows, b.rows), "Fisher's exact test"
      )
    }
    let test = TwoProportionTest.pooledZ(
      successes1: a.effectiveSuccesses, trials1: a.effectiveCount, successes2: b.effectiveSuccesses,
      trials2: b.effectiveCount)
    return (test?.p ?? 1, "two-proportion score test")
  }
}

extension RateDefinition.Share {
  /// Whether every row counts 1.
  package var isUnweighted: Bool { trials == Double(rows) && effectiveCount == Double(rows) }
}

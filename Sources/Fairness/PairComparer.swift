import Glibc
import Metrics
import Results
import Statistics

/// Compares two groups of people that share no row. They may share units (a query's rows in both): then their estimates go together.
package struct PairComparer: Sendable {
  /// The level at which the sides' own intervals were made.
  let knownLevel: Double
  /// Of the slices that are compared.
  let correlations: UnitCorrelations

  package init(knownLevel: Double, correlations: UnitCorrelations = .none) {
    (self.knownLevel, self.correlations) = (knownLevel, correlations)
  }

  /// Of the two sides' estimates; 0 where they share no unit, −1 where it is not known.
  package func correlation(_ metric: Metric, _ a: Side, _ b: Side) -> Double {
    if let own = a.correlation(metric) ?? b.correlation(metric) { return own }
    guard let first = a.slice, let second = b.slice else { return 0 }
    return correlations.correlation(metric.id, first, second)
  }

  /// Of every two of some groups, row by row with 1 on the diagonal; nil where none share a unit.
  func matrix(_ metric: Metric, _ groups: [Side]) -> [Double]? {
    guard !correlations.isEmpty, let slice = groups.first?.slice,
      correlations.areShared(metric.id, slice: slice)
    else { return nil }
    return groups.flatMap { a in groups.map { b in a.slice == b.slice ? 1 : correlation(metric, a, b) } }
  }

  /// a − b, or a / b, with its interval at `level` and the two-sided p-value of "no gap".
  ///
  /// - Parameter correlation: of the two estimates; looked up where nil
  package func compare(
    _ metric: Metric, _ a: Side, _ b: Side, kind: Gap.Kind, level: Double, correlation: Double? = nil
  ) -> Comparison {
    guard let first = value(metric, a), let second = value(metric, b) else {
      return .undefined(reason(metric, a) ?? reason(metric, b) ?? "no value")
    }
    let correlation = correlation ?? self.correlation(metric, a, b)
    var result: Comparison
    switch kind {
    case .difference: result = difference(metric, a, b, first, second, level, correlation)
    case .ratio: result = ratio(metric, a, b, first, second, level, correlation)
    }
    if result.value != nil, let test = test(metric, a, b, correlation: correlation) {
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
      interval: name + Self.told(correlation))
  }

  private func ratio(
    _ metric: Metric, _ a: Side, _ b: Side, _ first: Double, _ second: Double, _ level: Double,
    _ correlation: Double
  ) -> Comparison {
    if second == 0, first == 0 { return .undefined("0 / 0") }
    let value = second == 0 ? Double.infinity : first / second
    if correlation == 0, let left = a.share(metric), let right = b.share(metric) {
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
      value: value,
      limits: RatioInterval.moverR(first, left, second, right, correlation: correlation),
      interval: "MOVER-R" + Self.told(correlation))
  }

  /// What the name of an interval says of it.
  static func told(_ correlation: Double) -> String {
    correlation == 0 ? "" : correlation == -1 ? " for any correlation" : " with the groups' correlation"
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
  ///
  /// - Parameter correlation: of the two estimates; looked up where nil
  package func test(
    _ metric: Metric, _ a: Side, _ b: Side, correlation: Double? = nil
  ) -> (p: Double, name: String)? {
    let correlation = correlation ?? self.correlation(metric, a, b)
    if let left = a.share(metric), let right = b.share(metric) {
      let (left, right) = Self.apart(left, right, correlation, .difference)
      return Self.rateTest(left, right)
    }
    guard let left = a.estimate(metric)?.standardError, let right = b.estimate(metric)?.standardError,
      let first = value(metric, a), let second = value(metric, b)
    else { return nil }
    let variance = left * left + right * right - 2 * correlation * left * right
    guard variance > 1e-15 * (left * left + right * right) else { return nil }
    let z = (first - second) / variance.squareRoot()
    return (min(1, 2 * Normal.survival(abs(z))), "Wald z test")
  }

  /// The shares of two rates that are correlated as those of independent groups whose difference, or ratio, varies as much.
  package static func apart(
    _ a: RateDefinition.Share, _ b: RateDefinition.Share, _ correlation: Double, _ kind: Gap.Kind
  ) -> (RateDefinition.Share, RateDefinition.Share) {
    guard correlation != 0, a.effectiveCount > 0, b.effectiveCount > 0 else { return (a, b) }
    func spread(_ share: RateDefinition.Share) -> Double {
      let rate = (share.effectiveSuccesses + 0.5) / (share.effectiveCount + 1)
      let error = (rate * (1 - rate) / share.effectiveCount).squareRoot()
      return kind == .ratio ? error / rate : error
    }
    let factor = varianceFactor(spread(a), spread(b), correlation)
    var result = (a, b)
    result.0.effectiveCount /= factor
    result.1.effectiveCount /= factor
    return result
  }

  /// The variance of the difference of two correlated estimates over that of independent ones; above 0, so that estimates that go
  /// wholly together still vary.
  ///
  /// - Parameters:
  ///   - x: the standard error of one
  ///   - y: that of the other
  package static func varianceFactor(_ x: Double, _ y: Double, _ correlation: Double) -> Double {
    max(1e-4, 1 - 2 * correlation * x * y / (x * x + y * y))
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

extension BoundTest {
  /// Expected counts below this have the exact test.
  static let leastScoreCount = 10.0

  /// p₁ − p₂ against a bound.
  package static func difference(
    successes1: Double, trials1 n1: Double, successes2: Double, trials2 n2: Double, bound: Double,
    resolution: Double
  ) -> BoundTails {
    guard let (k1, k2) = counts(successes1, n1, successes2, n2), !bound.isNaN else { return .unknown }
    if bound < -1 { return BoundTails(less: 1, greater: 0) }
    if bound > 1 { return BoundTails(less: 0, greater: 1) }
    if bound == -1 { return BoundTails(less: 1, greater: k1 <= 0 && k2 >= n2 ? 1 : 0) }
    if bound == 1 { return BoundTails(less: k2 <= 0 && k1 >= n1 ? 1 : 0, greater: 1) }
    let rates = DifferencePair(k1, n1, k2, n2).rates(bound)
    if rates.leastCount(n1, n2) >= leastScoreCount {
      let excess = k1 / n1 - k2 / n2 - bound
      return normal(excess / (rates.differenceVariance(n1, n2) * inflation(n1 + n2)).squareRoot())
    }
    return exact(
      k1, n1, k2, n2, resolution, first: { $0 + bound }, second: { $0 - bound })
  }

  /// p₁ / p₂ against a bound.
  package static func ratio(
    successes1: Double, trials1 n1: Double, successes2: Double, trials2 n2: Double, bound: Double,
    resolution: Double
  ) -> BoundTails {
    guard let (k1, k2) = counts(successes1, n1, successes2, n2), !bound.isNaN, k1 > 0 || k2 > 0 else {
      return .unknown
    }
    if bound < 0 { return BoundTails(less: 1, greater: 0) }
    if bound == 0 { return BoundTails(less: 1, greater: k1 > 0 ? 0 : 1) }
    if bound == .infinity { return BoundTails(less: k2 > 0 ? 0 : 1, greater: 1) }
    let rates = RatioPair(k1: k1, n1: n1, k2: k2, n2: n2).rates(bound)
    if rates.leastCount(n1, n2) >= leastScoreCount {
      let excess = k1 / n1 - bound * k2 / n2
      let variance = rates.p1 * rates.q1 / n1 + bound * bound * rates.p2 * rates.q2 / n2
      return normal(excess / (variance * inflation(n1 + n2)).squareRoot())
    }
    return exact(
      k1, n1, k2, n2, resolution, first: { $0 * bound }, second: { $0 / bound })
  }

  /// Clipped to what is possible; nil where a group has no trials.
  private static func counts(
    _ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double
  ) -> (Double, Double)? {
    guard n1 > 0, n2 > 0, n1.isFinite, n2.isFinite, !k1.isNaN, !k2.isNaN else { return nil }
    return (min(n1, max(0, k1)), min(n2, max(0, k2)))
  }

  /// N/(N − 1).
  private static func inflation(_ total: Double) -> Double { total > 1 ? total / (total - 1) : 2 }

  /// The larger group's rate is the one that is confined.
  /// - Parameters:
  ///   - first: the p₁ at the bound for a p₂; rising
  ///   - second: the p₂ at the bound for a p₁; rising
  private static func exact(
    _ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double, _ resolution: Double,
    first: (Double) -> Double, second: (Double) -> Double
  ) -> BoundTails {
    if n2 >= n1 {
      return BoundTails(
        less: BergerBoos.less(k2, n2, k1, n1, resolution, worst: first),
        greater: BergerBoos.greater(k1, n1, k2, n2, resolution, worst: first))
    }
    return BoundTails(
      less: BergerBoos.greater(k2, n2, k1, n1, resolution, worst: second),
      greater: BergerBoos.less(k1, n1, k2, n2, resolution, worst: second))
  }
}

extension BoundTest {
  /// p₁ − p₂ against a bound: the score test at the restricted maximum likelihood estimates (Farrington
  /// & Manning 1990) with Miettinen & Nurminen's (1985) N/(N − 1), corrected for skewness and whole
  /// counts. By enumeration its size does not exceed its level in samples of any size. O(1).
  package static func difference(
    successes1: Double, trials1 n1: Double, successes2: Double, trials2 n2: Double, bound: Double
  ) -> BoundTails {
    guard let (k1, k2) = counts(successes1, n1, successes2, n2), !bound.isNaN else { return .unknown }
    if bound < -1 { return BoundTails(less: 1, greater: 0) }
    if bound > 1 { return BoundTails(less: 0, greater: 1) }
    // Half, as next to it: the score there is 0 where the counts are what the bound says.
    if bound == -1 { return BoundTails(less: 1, greater: k1 <= 0 && k2 >= n2 ? 0.5 : 0) }
    if bound == 1 { return BoundTails(less: k2 <= 0 && k1 >= n1 ? 0.5 : 0, greater: 1) }
    let rates = DifferencePair(k1, n1, k2, n2).rates(bound)
    return score(excess: k1 / n1 - k2 / n2 - bound, rates, n1, n2, factor: 1)
  }

  /// p₁ / p₂ against a bound: as `difference`, for p₁ − bound·p₂ (Koopman 1984; Gart & Nam 1988). Both
  /// tails are 1 where neither group has a success.
  package static func ratio(
    successes1: Double, trials1 n1: Double, successes2: Double, trials2 n2: Double, bound: Double
  ) -> BoundTails {
    guard let (k1, k2) = counts(successes1, n1, successes2, n2), !bound.isNaN, k1 > 0 || k2 > 0 else {
      return .unknown
    }
    if bound < 0 { return BoundTails(less: 1, greater: 0) }
    if bound == 0 { return BoundTails(less: 1, greater: k1 > 0 ? 0 : 0.5) }
    if bound == .infinity { return BoundTails(less: k2 > 0 ? 0 : 0.5, greater: 1) }
    if bound > 1 {
      return ratio(
        successes1: k2, trials1: n2, successes2: k1, trials2: n1, bound: 1 / bound
      ).mirrored
    }
    let rates = RatioPair(k1: k1, n1: n1, k2: k2, n2: n2).rates(bound)
    return score(excess: k1 / n1 - bound * (k2 / n2), rates, n1, n2, factor: bound)
  }

  /// The test of p₁ − factor·p₂ against what it is at `rates`.
  private static func score(
    excess: Double, _ rates: RestrictedRates, _ n1: Double, _ n2: Double, factor: Double
  ) -> BoundTails {
    let first = rates.p1 * rates.q1 / n1
    let second = factor * factor * (rates.p2 * rates.q2 / n2)
    let third = first * (rates.q1 - rates.p1) / n1 - second * factor * (rates.q2 - rates.p2) / n2
    return CorrectedScore(
      excess: excess, variance: first + second, thirdMoment: third,
      inflation: (n1 + n2) / (n1 + n2 - 1), halfStep: 0.5 * max(1 / n1, factor / n2)
    ).tails
  }

  /// Clipped to what is possible; nil where a group has no trials or both together not more than one.
  private static func counts(
    _ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double
  ) -> (Double, Double)? {
    guard n1 > 0, n2 > 0, n1 + n2 > 1, n1.isFinite, n2.isFinite, !k1.isNaN, !k2.isNaN else { return nil }
    return (min(n1, max(0, k1)), min(n2, max(0, k2)))
  }
}

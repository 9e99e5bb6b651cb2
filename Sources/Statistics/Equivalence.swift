/// Equivalence: is a difference shown to lie between two bounds?
package enum Equivalence {
  /// Schuirmann's (1987) two one-sided tests of p₁ − p₂ against `low` and `high` with separate variances: the larger p-value. Nil where
  /// the variance is 0; `BoundTest.difference` keeps its level there and in small groups.
  package static func waldDifference(
    successes1 k1: Double, trials1 n1: Double, successes2 k2: Double, trials2 n2: Double, low: Double,
    high: Double
  ) -> Double? {
    guard n1 > 0, n2 > 0 else { return nil }
    let (p1, p2) = (k1 / n1, k2 / n2)
    let error = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2).squareRoot()
    guard error > 0 else { return nil }
    return max(
      BoundTest.wald(estimate: p1 - p2, standardError: error, bound: low).greater,
      BoundTest.wald(estimate: p1 - p2, standardError: error, bound: high).less)
  }

  /// Whether an interval lies inside the bounds. At level 1 − 2α that is the two one-sided tests at α.
  package static func holds(_ interval: Interval, low: Double, high: Double) -> Bool {
    low < interval.lower && interval.upper < high
  }
}

/// The difference of two areas under ROC curves, first less second, with its variance.
package struct AreaDifference: Sendable, Equatable {
  package let value: Double
  package let variance: Double

  package init(value: Double, variance: Double) {
    self.value = value
    self.variance = variance
  }

  /// Two scores of the same rows: var₁ + var₂ − 2·cov. Nil where a variance is unknown.
  package init?(paired first: ROCArea, _ second: ROCArea, units: [Int32]? = nil) {
    guard let a = first.variance(units: units), let b = second.variance(units: units),
      let shared = first.covariance(with: second, units: units)
    else { return nil }
    self.init(value: first.value - second.value, variance: max(0, a + b - 2 * shared))
  }

  /// The normal test of "no difference", two-sided; nil where the variance is 0.
  package var test: (z: Double, p: Double)? {
    guard variance > 0 else { return nil }
    let z = value / variance.squareRoot()
    return (z, 2 * Normal.survival(abs(z)))
  }

  /// Normal, not clipped; nil where the variance is 0.
  package func interval(level: Double) -> Interval? {
    variance > 0 ? AUCInterval.normal(auc: value, variance: variance, level: level) : nil
  }
}

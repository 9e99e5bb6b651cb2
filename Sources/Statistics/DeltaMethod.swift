/// Variances of functions of counts by the delta method.
package enum DeltaMethod {
  /// gᵀ·(diag(c) − ccᵀ/N)·h: the covariance of two functions of the counts with gradients g and h; with g = h the variance.
  package static func covariance(counts: [Double], _ g: [Double], _ h: [Double]) -> Double {
    let total = counts.reduce(0, +)
    guard total > 0 else { return .nan }
    var (cross, first, second) = (0.0, 0.0, 0.0)
    for (index, count) in counts.enumerated() {
      cross += count * g[index] * h[index]
      first += count * g[index]
      second += count * h[index]
    }
    return cross - first * second / total
  }

  /// A ratio of two weighted sums of the counts and its variance: precision, F1 = 2·TP/(2·TP + FP + FN), cost per applicant. Nil where
  /// the denominator is 0.
  package static func ratio(
    counts: [Double], numerator: [Double], denominator: [Double]
  ) -> (value: Double, variance: Double)? {
    let top = zip(counts, numerator).reduce(0) { $0 + $1.0 * $1.1 }
    let bottom = zip(counts, denominator).reduce(0) { $0 + $1.0 * $1.1 }
    guard bottom != 0 else { return nil }
    let value = top / bottom
    let gradient = zip(numerator, denominator).map { ($0 - value * $1) / bottom }
    return (value, max(0, covariance(counts: counts, gradient, gradient)))
  }

  /// The variance of a function of independent counts: Σ (∂f/∂c)²·Var(c), with derivatives by central differences. Nil
  /// where the function has no value nearby. Counts are above 0.
  package static func variance(
    _ cells: [Double], _ variances: [Double], _ statistic: ([Double]) -> Double?
  ) -> Double? {
    var sum = 0.0
    for index in cells.indices {
      var up = cells
      var down = cells
      let step = 1e-5 * cells[index]
      up[index] += step
      down[index] -= step
      guard let high = statistic(up), let low = statistic(down) else { return nil }
      let slope = (high - low) / (2 * step)
      sum += slope * slope * variances[index]
    }
    return sum
  }
}

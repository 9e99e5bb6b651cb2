/// How far the predictions of two groups are apart as distributions: what no slice has of its own.
///
/// Results are nil where a group has no rows. Predictions are finite.
package enum RegressionFairness {
  /// The greatest difference, over all thresholds, between the shares of the groups at or above it: the
  /// Kolmogorov–Smirnov distance (holisticai's max_statistical_parity, which looks at 150 thresholds).
  /// Complexity: O(n log n).
  package static func maxStatisticalParity(_ a: [Double], _ b: [Double]) -> Double? {
    guard !a.isEmpty, !b.isEmpty else { return nil }
    let (first, second) = (a.sorted(), b.sorted())
    var (i, j, largest) = (0, 0, 0.0)
    while i < first.count, j < second.count {
      let value = min(first[i], second[j])
      while i < first.count, first[i] == value { i += 1 }
      while j < second.count, second[j] == value { j += 1 }
      let difference = Double(i) / Double(first.count) - Double(j) / Double(second.count)
      largest = max(largest, abs(difference))
    }
    return largest
  }

  /// Difference of the mean predictions over the pooled standard deviation, whose variances divide by n − 1
  /// (Cohen's d). holisticai's zscore_diff pools variances that divide by n: `dividesByCount`.
  package static func standardizedDifference(
    _ a: [Double], _ b: [Double], dividesByCount: Bool = false
  ) -> Double? {
    guard !a.isEmpty, !b.isEmpty, a.count + b.count > 2 else { return nil }
    let (first, second) = (moments(a), moments(b))
    func scaled(_ squares: Double, _ count: Int) -> Double {
      dividesByCount ? squares * Double(count - 1) / Double(count) : squares
    }
    let pooled =
      (scaled(first.squares, a.count) + scaled(second.squares, b.count)) / Double(a.count + b.count - 2)
    return pooled > 0 ? (first.mean - second.mean) / pooled.squareRoot() : nil
  }

  private static func moments(_ values: [Double]) -> (mean: Double, squares: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
  }
}

import Statistics

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

  /// The mean over thresholds of |difference of the shares at or above it|; the thresholds are the
  /// quantiles, evenly spaced from 1 to 0, of both groups' predictions (holisticai's statistical_parity_auc).
  package static func statisticalParityArea(
    _ a: [Double], _ b: [Double], thresholds count: Int = 150
  ) -> Double? {
    let shares = shares(a, b, thresholds: count)
    guard !shares.isEmpty else { return nil }
    return shares.reduce(0) { $0 + abs($1.a - $1.b) } / Double(shares.count)
  }

  /// The highest threshold, among evenly spaced quantiles of both groups' predictions, at which the ratio of
  /// the groups' shares at or above it is between the bounds (holisticai's no_disparate_impact_level; nil,
  /// where holisticai tells the lowest prediction, if there is none).
  package static func noDisparateImpactLevel(
    _ a: [Double], _ b: [Double], thresholds count: Int = 100, lower: Double = 0.8, upper: Double = 1.2
  ) -> Double? {
    shares(a, b, thresholds: count).first { point in
      point.b > 0 && point.a / point.b > lower && point.a / point.b < upper
    }?.threshold
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

  private static func shares(
    _ a: [Double], _ b: [Double], thresholds count: Int
  ) -> [(threshold: Double, a: Double, b: Double)] {
    guard !a.isEmpty, !b.isEmpty, count > 1 else { return [] }
    let (first, second, all) = (a.sorted(), b.sorted(), (a + b).sorted())
    return (0..<count).map { step in
      let threshold = Quantile.type7(sorted: all, 1 - Double(step) / Double(count - 1))
      return (threshold, share(of: first, atLeast: threshold), share(of: second, atLeast: threshold))
    }
  }

  private static func share(of sorted: [Double], atLeast threshold: Double) -> Double {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] >= threshold { high = middle } else { low = middle + 1 }
    }
    return Double(sorted.count - low) / Double(sorted.count)
  }
}

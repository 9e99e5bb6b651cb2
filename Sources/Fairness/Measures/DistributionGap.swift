import Metrics
import Statistics

/// How far two groups' numbers lie apart, in one walk over both.
package struct DistributionGap: Sendable, Equatable {
  /// ∫ |F_a − F_b|.
  package let wasserstein: Double
  /// sup |F_a − F_b|.
  package let largest: Double

  /// - Parameters: ascending, with weights or 1 each
  /// - Returns: nil where a group has no rows, or no weight. Complexity: O(n)
  package init?(
    _ a: [Double], weights aWeights: [Double]? = nil, _ b: [Double], weights bWeights: [Double]? = nil
  ) {
    let (m, n) = (
      aWeights?.reduce(0, +) ?? Double(a.count), bWeights?.reduce(0, +) ?? Double(b.count)
    )
    guard m > 0, n > 0 else { return nil }
    var (i, j, first, second) = (0, 0, 0.0, 0.0)
    var (area, largest) = (0.0, 0.0)
    var last = min(a[0], b[0])
    while i < a.count || j < b.count {
      let next = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
      let gap = abs(first / m - second / n)
      area += gap * (next - last)
      largest = max(largest, gap)
      while i < a.count, a[i] == next {
        first += aWeights?[i] ?? 1
        i += 1
      }
      while j < b.count, b[j] == next {
        second += bWeights?[j] ?? 1
        j += 1
      }
      last = next
    }
    (wasserstein, self.largest) = (area, largest)
  }
}

/// Means of two groups' numbers.
package struct MeanGap: Sendable {
  /// One group's weighted moments.
  package struct Group: Sendable {
    package let mean: Double
    /// Σw(x − mean)²/Σw.
    package let variance: Double
    /// Σw²(x − mean)²/(Σw)², with n/(n − 1).
    package let squaredError: Double
    package let size: Double

    /// - Returns: nil without weight
    package init?(_ values: [Double], weights: [Double]? = nil) {
      let total = weights?.reduce(0, +) ?? Double(values.count)
      guard total > 0 else { return nil }
      var sum = 0.0
      for (row, value) in values.enumerated() { sum += (weights?[row] ?? 1) * value }
      let mean = sum / total
      var (spread, error, squares) = (0.0, 0.0, 0.0)
      for (row, value) in values.enumerated() {
        let (weight, square) = (weights?[row] ?? 1, (value - mean) * (value - mean))
        spread += weight * square
        error += weight * weight * square
        squares += weight * weight
      }
      let count = Double(values.count)
      self.mean = mean
      variance = spread / total
      squaredError = count > 1 ? error / (total * total) * count / (count - 1) : .nan
      size = total * total / squares
    }
  }

  package let focal: Group
  package let reference: Group

  package init(_ focal: Group, _ reference: Group) { (self.focal, self.reference) = (focal, reference) }

  /// mean_f − mean_r, normal, with separate variances.
  package func difference(level: Double, range: ClosedRange<Double>) -> MeasureNumber {
    let value = focal.mean - reference.mean
    let error = (focal.squaredError + reference.squaredError).squareRoot()
    guard error > 0 else {
      return MeasureNumber(.value(value), reason: "a group has one row, or nothing varies")
    }
    let half = Normal.criticalValue(level: level) * error
    let p = min(1, 2 * Normal.survival(abs(value) / error))
    return MeasureNumber(
      .value(value),
      Interval(lower: max(range.lowerBound, value - half), upper: min(range.upperBound, value + half)),
      "normal, separate variances", test: (p, "Wald z test"))
  }

  /// Cohen's d with variances that divide by n − 1, and the large-sample variance of Hedges & Olkin (1985).
  package func standardized(level: Double) -> MeasureNumber {
    let (n, m) = (focal.size, reference.size)
    let pooled = (focal.variance * n + reference.variance * m) / (n + m - 2)
    guard n + m > 2, pooled > 0 else {
      return MeasureNumber(.undefined("nothing varies, or there are two rows"), reason: "")
    }
    let value = (focal.mean - reference.mean) / pooled.squareRoot()
    let variance = 1 / n + 1 / m + value * value / (2 * (n + m))
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    let p = difference(level: level, range: FairnessMeasure.anything).p
    return MeasureNumber(
      .value(value), Interval(lower: value - half, upper: value + half),
      "normal (Hedges–Olkin)", test: p.map { ($0, "Wald z test") })
  }
}

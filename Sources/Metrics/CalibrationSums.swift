import Glibc

/// Sums of one slice by calibration bin: equal width, right-closed ((b−1)/B, b/B], 0 in the first.
package struct CalibrationSums: Sendable, Equatable {
  package var rows: [Int]
  package var weight: [Double]
  /// Weighted sums of labels and of scores.
  package var positiveSum: [Double]
  package var scoreSum: [Double]
  /// Σ w²·s·(1 − s): the variance of Σ w·y were the scores the true probabilities.
  package var bernoulli: [Double]

  package init(
    rows: [Int], weight: [Double], positiveSum: [Double], scoreSum: [Double], bernoulli: [Double]
  ) {
    self.rows = rows
    self.weight = weight
    self.positiveSum = positiveSum
    self.scoreSum = scoreSum
    self.bernoulli = bernoulli
  }

  /// Σ (w_b / W)·|mean label − mean score| (Naeini, Cooper & Hauskrecht 2015); nil without weight.
  package var expectedCalibrationError: Double? {
    let total = weight.reduce(0, +)
    guard total > 0 else { return nil }
    return zip(positiveSum, scoreSum).reduce(0) { $0 + abs($1.0 - $1.1) } / total
  }

  /// What a perfectly calibrated model with these scores would show at this size: the mean, and about
  /// the 95th percentile. The sum of a bin's residuals is taken as normal with its Bernoulli variance,
  /// so its absolute value has mean σ√(2/π) and variance σ²(1 − 2/π); bins are independent.
  package var underCalibration: (mean: Double, upper: Double)? {
    let total = weight.reduce(0, +)
    guard total > 0 else { return nil }
    let mean = bernoulli.reduce(0) { $0 + (max(0, $1) * 2 / Double.pi).squareRoot() } / total
    let variance = bernoulli.reduce(0) { $0 + max(0, $1) * (1 - 2 / Double.pi) } / (total * total)
    return (mean, mean + 1.6448536269514722 * variance.squareRoot())
  }
}

extension CalibrationTally {
  /// The bins of one group: differences of the cumulative sums.
  package func sums(_ group: Int) -> CalibrationSums {
    func bins<Value: AdditiveArithmetic>(_ cumulative: [Value]) -> [Value] {
      var last = Value.zero
      return stride(from: group, to: cumulative.count, by: groupCount).map { index in
        defer { last = cumulative[index] }
        return cumulative[index] - last
      }
    }
    return CalibrationSums(
      rows: bins(rows), weight: bins(weight), positiveSum: bins(positiveSum),
      scoreSum: bins(scoreSum), bernoulli: bins(bernoulli))
  }
}

extension CurveTally {
  /// Weight of positives and negatives in each occupied bin between cuts, ascending; bin −1 lies below
  /// the first cut.
  package func bins(_ group: Int) -> [(bin: Int, positives: Double, negatives: Double)] {
    var result: [(bin: Int, positives: Double, negatives: Double)] = []
    var last = (positives: 0.0, negatives: 0.0)
    for (cut, index) in stride(from: group, to: positives.count, by: groupCount).enumerated() {
      let now = (positives: positives[index], negatives: negatives[index])
      if now != last {
        result.append((cut - 1, now.positives - last.positives, now.negatives - last.negatives))
      }
      last = now
    }
    return result
  }
}

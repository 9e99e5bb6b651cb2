/// Rows by label above each of at most 201 thresholds and that of the decisions, for every slice: ROC,
/// precision–recall and threshold sweeps follow by arithmetic, exact at these thresholds.
package struct ThresholdCurves: Sendable, Equatable, Codable {
  /// Ascending thresholds. The last bin is open above. Where a decision takes a score above the threshold t, not
  /// at it, the next number above t stands for it.
  package var thresholds: [Double]
  /// Slice `s` owns entries `offsets[s] ..< offsets[s + 1]` of the three arrays below: its occupied
  /// bins, ascending. Bin `b` holds the rows with thresholds[b] ≤ score < thresholds[b + 1]; rows
  /// below thresholds[0] are in bin −1.
  package var offsets: [Int]
  package var bin: [Int]
  /// Rows, or weight where weights are in force.
  package var positives: [Double]
  package var negatives: [Double]

  package init(
    thresholds: [Double], offsets: [Int], bin: [Int], positives: [Double], negatives: [Double]
  ) {
    self.thresholds = thresholds
    self.offsets = offsets
    self.bin = bin
    self.positives = positives
    self.negatives = negatives
  }

  /// Positives and negatives at or above each threshold. Complexity: O(thresholds).
  package func above(slice: Int) -> (positives: [Double], negatives: [Double]) {
    var positivesAbove = [Double](repeating: 0, count: thresholds.count)
    var negativesAbove = positivesAbove
    for entry in offsets[slice]..<offsets[slice + 1] where bin[entry] >= 0 {
      positivesAbove[bin[entry]] = positives[entry]
      negativesAbove[bin[entry]] = negatives[entry]
    }
    for index in stride(from: thresholds.count - 2, through: 0, by: -1) {
      positivesAbove[index] += positivesAbove[index + 1]
      negativesAbove[index] += negativesAbove[index + 1]
    }
    return (positivesAbove, negativesAbove)
  }
}

/// Calibration bins of equal width, right-closed ((b−1)/B, b/B] with 0 in the first, for every slice.
package struct CalibrationColumns: Sendable, Equatable, Codable {
  package var binCount: Int
  /// `binCount` entries a slice: rows, weight, weighted sum of scores, weighted sum of positives.
  package var rows: [Int]
  package var weight: [Double]
  package var scoreSum: [Double]
  package var positiveSum: [Double]
  /// The mean ECE that a perfectly calibrated model with these scores would show at this size, and the
  /// 95th percentile of that; NaN where the slice is empty.
  package var expectedECE: [Double]
  package var expectedECE95: [Double]

  package init(
    binCount: Int, rows: [Int], weight: [Double], scoreSum: [Double], positiveSum: [Double],
    expectedECE: [Double], expectedECE95: [Double]
  ) {
    self.binCount = binCount
    self.rows = rows
    self.weight = weight
    self.scoreSum = scoreSum
    self.positiveSum = positiveSum
    self.expectedECE = expectedECE
    self.expectedECE95 = expectedECE95
  }
}

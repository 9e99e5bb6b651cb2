/// All that was counted for one slice: what every estimate is made from.
package struct SliceTally: Sendable {
  package var counts: OutcomeCounts
  /// nil without a score.
  package var score: ScoreTally?
  /// nil unless scores are probabilities.
  package var calibration: CalibrationSums?

  package init(counts: OutcomeCounts, score: ScoreTally? = nil, calibration: CalibrationSums? = nil) {
    self.counts = counts
    self.score = score
    self.calibration = calibration
  }

  /// Kish's effective sample size of the slice.
  var effectiveCount: Double {
    let squares = counts.squaredWeight
    return squares > 0 ? counts.weight * counts.weight / squares : 0
  }

  /// The weight of positives and of negatives.
  var positives: Double { counts[.truePositive] + counts[.falseNegative] }
  var negatives: Double { counts[.falsePositive] + counts[.trueNegative] }
}

extension FamilyTally {
  /// The tally of one group.
  package func slice(_ group: Int) -> SliceTally {
    SliceTally(
      counts: outcomes[group], score: scores.isEmpty ? nil : scores[group],
      calibration: calibration.rows.isEmpty ? nil : calibration.sums(group))
  }
}

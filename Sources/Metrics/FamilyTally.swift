/// Everything that was counted for the groups of one slice family. Group `g` has entry `g` in each array.
package struct FamilyTally: Sendable {
  package var outcomes: [OutcomeCounts]
  /// 8 a group: for each outcome, rows whose baseline decision is positive, then negative; empty
  /// without a baseline.
  package var baselineCells: [Int]
  /// Empty without a score.
  package var scores: [ScoreTally]
  /// Weight of positives and of negatives below each cut; empty without a score.
  package var curve: CurveTally
  /// Empty unless scores are probabilities.
  package var calibration: CalibrationTally
}

/// Weight by label below each of a list of score cuts: cut `c` of group `g` is entry `c * groups + g`.
package struct CurveTally: Sendable {
  var groupCount = 0
  var positives: [Double] = []
  var negatives: [Double] = []
}

/// Sums below the upper edge of each calibration bin, cumulative: bin `b` of group `g` is entry
/// `b * groups + g`.
package struct CalibrationTally: Sendable {
  var groupCount = 0
  var rows: [Int] = []
  var weight: [Double] = []
  var positiveSum: [Double] = []
  var scoreSum: [Double] = []
  /// Σ w²·s·(1 − s).
  var bernoulli: [Double] = []
}

/// Where the walk stops to look.
struct WalkCuts: Sendable {
  /// First position at or above each threshold, and above each calibration edge; ascending.
  let thresholds: [Int]
  let calibration: [Int]

  init(_ ranked: RankedRows, thresholds: [Double], calibrationBins: Int, areProbabilities: Bool) {
    self.thresholds = thresholds.map(ranked.order.position(atLeast:)) + [ranked.labels.count]
    calibration =
      areProbabilities
      ? (1...calibrationBins).map { bin in
        bin == calibrationBins
          ? ranked.labels.count : ranked.order.position(above: Double(bin) / Double(calibrationBins))
      } : []
  }

  /// All stops, ascending, without repeats.
  var stops: [Int] { Set(thresholds + calibration + [thresholds.last ?? 0]).sorted() }
}

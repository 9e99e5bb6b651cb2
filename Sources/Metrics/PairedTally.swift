import Results
import Statistics

/// Candidate and baseline on the rows of one slice: what their differences are made from.
package struct PairedTally: Sendable {
  package let candidate: SliceTally
  package let baseline: SliceTally
  package let cells: JointCells
  /// nil unless both have a score.
  let score: PairedScoreTally?

  /// Metrics of a list that candidate and baseline can be compared by: those with a standard error.
  package static func comparable(_ metrics: [BinaryMetric], hasScores: Bool) -> [BinaryMetric] {
    metrics.filter { metric in
      if metric.rate != nil || Composite.contains(metric) { return true }
      return hasScores && metric.needsScore && metric != .expectedCalibrationError
    }
  }

  /// Standard error of candidate − baseline; nil where either has no value or nothing can be said.
  ///
  /// Threshold metrics go by the joint cells (`JointCells.standardError`). Differences of scores are taken
  /// row by row. Where these vary nowhere, as when no row changed, zero would claim certainty from any
  /// number of rows; the error is then that of one row among all having unrelated terms,
  /// √((V_candidate + V_baseline) / n).
  package func standardError(_ metric: BinaryMetric, _ estimator: SliceEstimator) -> Double? {
    guard estimator.value(metric, of: candidate) != nil, estimator.value(metric, of: baseline) != nil
    else { return nil }
    if metric.rate != nil || Composite.contains(metric) { return cells.standardError(metric) }
    guard let variance = score?.variance(metric, counts: candidate.counts) else { return nil }
    guard variance == 0 else { return variance.squareRoot() }
    let errors = [candidate, baseline].compactMap { estimator.standardError(metric, of: $0) }
    let sum = errors.reduce(0) { $0 + $1 * $1 }
    guard errors.count == 2, sum > 0, candidate.effectiveCount > 0 else { return nil }
    return (sum / candidate.effectiveCount).squareRoot()
  }

  /// Interval of candidate − baseline at the estimator's level; nil where there is no standard error.
  ///
  /// For an unweighted rate over the same rows Tango's score interval (1998), else the change and its error
  /// with normal quantiles, for means with Student's t, within what the metric can change by.
  package func interval(_ metric: BinaryMetric, _ estimator: SliceEstimator) -> Interval? {
    guard let mine = estimator.value(metric, of: candidate),
      let theirs = estimator.value(metric, of: baseline), let error = standardError(metric, estimator)
    else { return nil }
    if error > 0, let pairs = cells.pairs(metric) { return pairs.tango(level: estimator.level) }
    let isMean = score != nil && candidate.score?.sums(metric) != nil
    let quantile =
      isMean
      ? StudentT.quantile(
        (1 + estimator.level) / 2, degreesOfFreedom: max(1, candidate.effectiveCount - 1))
      : Normal.criticalValue(level: estimator.level)
    let (change, width) = (mine - theirs, quantile * error)
    let range: Double =
      switch metric.kind {
      case .rate, .index: 1
      case .correlation: 2
      case .count, .loss, .mean: .infinity
      }
    return Interval(lower: max(-range, change - width), upper: min(range, change + width))
  }
}

import Results

extension Evaluation {
  /// A signed mean may be near zero where its size says nothing: it is measured by what it is a deviation from.
  private static let wholes = ["mean_error": "mean_label", "calibration_intercept": "mean_label"]

  /// What differences of a metric are multiplied by to lie on a scale that all share: means and losses, whose unit is the
  /// data's, count as shares of their value over all rows; 1 for every other metric, and in a binary task.
  func measure(_ metric: String) -> Double {
    guard task != .binary, let place = metricIndex(metric),
      metrics[place].kind == .mean || metrics[place].kind == .loss,
      let whole = estimate(Self.wholes[metric] ?? metric, slice: 0)?.value, abs(whole) > 1e-9,
      whole.isFinite
    else { return 1 }
    return 1 / abs(whole)
  }
}

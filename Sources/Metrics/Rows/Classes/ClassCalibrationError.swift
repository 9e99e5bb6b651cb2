import Glibc

/// Expected calibration error of the top class: Σ (w_b / W)·|share right − mean highest score| over bins of equal
/// width of the highest score (Guo et al. 2017), right-closed ((b−1)/B, b/B], 0 in the first. A row is right if its
/// class is the one with the highest score, the first of them on ties.
///
/// It has no influence: its bias, which is upward, is of the size of its error, so that an interval around it would
/// not cover.
struct ClassCalibrationError: RowMetric {
  let definition: MetricDefinition
  let observations: ClassObservations
  let bins: Int
  /// Whether it is the error that a calibrated model with these scores is expected to show: of a bin's residuals, taken
  /// as normal with their Bernoulli variance, the mean absolute sum is σ√(2/π).
  var isCalibrated = false

  /// Complexity: O(rows × classes).
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    var totals = RowTotals()
    var surplus = [Double](repeating: 0, count: bins)
    var variance = surplus
    for row in rows {
      let (index, score) = top(Int(row))
      let w = observations.weights?[Int(row)] ?? 1
      totals.add(w)
      let isRight = index == Int(observations.labels[Int(row)])
      surplus[bin(score)] += w * ((isRight ? 1 : 0) - score)
      variance[bin(score)] += w * w * max(0, score * (1 - score))
    }
    guard totals.weight > 0 else { return totals.undefined("no rows") }
    let error =
      isCalibrated
      ? variance.reduce(0) { $0 + ($1 * 2 / Double.pi).squareRoot() } / totals.weight
      : surplus.reduce(0) { $0 + abs($1) } / totals.weight
    return totals.measured(error, hasInfluence: false)
  }

  private func top(_ row: Int) -> (index: Int, score: Double) {
    var best = (index: 0, score: observations.scores[0][row])
    for index in observations.scores.indices where observations.scores[index][row] > best.score {
      best = (index, observations.scores[index][row])
    }
    return best
  }

  /// The edges are b/B as doubles, which b = ⌈score·B⌉ may miss by one.
  private func bin(_ score: Double) -> Int {
    let scaled = (score * Double(bins)).rounded(.up)
    var bin = max(0, min(bins - 1, Int(max(-1, min(Double(bins), scaled))) - 1))
    if bin > 0, score <= Double(bin) / Double(bins) { bin -= 1 }
    if bin + 1 < bins, score > Double(bin + 1) / Double(bins) { bin += 1 }
    return bin
  }
}

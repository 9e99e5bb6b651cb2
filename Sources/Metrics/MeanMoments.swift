/// A weighted mean with its sandwich variance, Σw²(x − x̄)² / (Σw)² · n / (n − 1) (HC1).
struct MeanMoments: Sendable, Equatable {
  let mean: Double
  /// nil where there is a single row.
  let variance: Double?

  /// nil where nothing weighs anything.
  init?(_ sums: WeightedSums, counts: OutcomeCounts) {
    let weight = counts.weight
    guard weight > 0 else { return nil }
    mean = sums.first / weight
    let rows = Double(counts.rowCount)
    let squares = Self.centred(sums, mean, mean, squaredWeight: counts.squaredWeight)
    // What cancellation leaves of a sum that is zero in truth is no variation.
    let noise = 1e-13 * (abs(sums.squaredWeightSecond) + mean * mean * counts.squaredWeight)
    variance = rows > 1 ? (squares > noise ? squares : 0) / (weight * weight) * rows / (rows - 1) : nil
  }

  /// Covariance of the mean of a slice with the mean of all rows, which contain it.
  static func covariance(
    _ sums: WeightedSums, counts: OutcomeCounts, whole: WeightedSums, wholeCounts: OutcomeCounts
  ) -> Double? {
    guard counts.weight > 0, wholeCounts.weight > 0, wholeCounts.rowCount > 1 else { return nil }
    let mean = sums.first / counts.weight
    let wholeMean = whole.first / wholeCounts.weight
    let sum = centred(sums, mean, wholeMean, squaredWeight: counts.squaredWeight)
    let rows = Double(wholeCounts.rowCount)
    return sum / (counts.weight * wholeCounts.weight) * rows / (rows - 1)
  }

  /// Σw²(x − a)(x − b).
  private static func centred(
    _ sums: WeightedSums, _ a: Double, _ b: Double, squaredWeight: Double
  ) -> Double {
    sums.squaredWeightSecond - (a + b) * sums.squaredWeightFirst + a * b * squaredWeight
  }
}

extension ScoreTally {
  /// The sums behind a metric that is a mean of terms; nil for any other.
  func sums(_ metric: BinaryMetric) -> WeightedSums? {
    switch metric {
    case .meanScore: score
    case .logLoss: logLoss
    case .brierScore: brier
    case .calibrationInTheLarge: bias
    default: nil
    }
  }

  /// Covariance of a slice's value with the overall value, for metrics that are no function of the
  /// cells; nil for any other and where there is no value.
  package func covariance(
    _ metric: BinaryMetric, counts: OutcomeCounts, whole: ScoreTally, wholeCounts: OutcomeCounts
  ) -> Double? {
    if metric == .rocAUC {
      return auc.covariance(
        with: whole.auc, positives: positives, negatives: negatives, allPositives: whole.positives,
        allNegatives: whole.negatives)
    }
    guard let mine = sums(metric), let theirs = whole.sums(metric) else { return nil }
    return MeanMoments.covariance(mine, counts: counts, whole: theirs, wholeCounts: wholeCounts)
  }
}

extension RateDefinition {
  /// Σw²(y − p)² / (Σw)²: the linearised variance of a weighted share.
  package func linearisedVariance(of counts: OutcomeCounts, value: Double) -> Double {
    var sum = 0.0
    var weight = 0.0
    for outcome in Outcome.allCases where denominatorMask & outcome.bit != 0 {
      let residual = (numerator & outcome.bit != 0 ? 1 : 0) - value
      sum += counts.squaredWeights[outcome.rawValue] * residual * residual
      weight += counts.weights[outcome.rawValue]
    }
    return weight > 0 ? sum / (weight * weight) : 0
  }
}

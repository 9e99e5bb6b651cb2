import Fairness
import Metrics
import Results
import Statistics

extension RateDefinition {
  /// The share with the effective size that tests may count on: Kish's, or that at which rows without
  /// weights would vary as much as these (Korn & Graubard 1998), whichever is less. Where the weights go
  /// with the outcome, Kish's size alone can be several times too large.
  func tested(_ counts: OutcomeCounts) -> Share {
    var share = share(of: counts)
    guard counts.weights != counts.rows.map(Double.init) || counts.squaredWeights != counts.weights,
      let p = share.value, p > 0, p < 1
    else { return share }
    let variance = linearisedVariance(of: counts, value: p)
    if variance > 0 { share.effectiveCount = min(share.effectiveCount, p * (1 - p) / variance) }
    return share
  }
}

extension Side {
  /// The share of a rate with the effective size that tests may count on; nil for other metrics.
  func tested(_ metric: Metric) -> RateDefinition.Share? {
    if let rate = metric.rate, let counts = tally?.counts { return rate.tested(counts) }
    guard metric.isRate, let estimate = estimate(metric), var share = RateDefinition.Share(estimate) else {
      return nil
    }
    let p = share.value ?? 0
    if let error = estimate.standardError, error > 0, p > 0, p < 1 {
      share.effectiveCount = min(share.effectiveCount, p * (1 - p) / (error * error))
    }
    return share
  }

  /// Degrees of freedom of a Wald test: of a mean its rows less one, of what is estimated from two classes those
  /// of the smaller class.
  func freedom(_ metric: Metric) -> Double {
    guard !metric.isMean, let counts = tally?.counts else {
      return max(1, (estimate(metric)?.effectiveCount ?? 2) - 1)
    }
    return Numbers.freedom(counts)
  }
}

extension Metric {
  /// Whether it is a mean of numbers of rows, so that Student's t speaks of it.
  var isMean: Bool {
    switch binary {
    case .logLoss?, .brierScore?, .meanScore?, .calibrationInTheLarge?: true
    case nil: kind == .mean || kind == .loss
    default: false
    }
  }

  /// In (−1, 1) and best looked at on Fisher's scale.
  var isCorrelation: Bool { binary == .mcc || binary == nil && kind == .correlation }
}

extension Numbers {
  /// F1 is 2J/(1 + J) with J = TP/(TP + FP + FN), a share of rows.
  static func f1Tails(_ counts: OutcomeCounts) -> @Sendable (Double) -> BoundTails {
    let (successes, failures) = (counts.weights[0], counts.weights[1] + counts.weights[2])
    let total = successes + failures
    let share = total > 0 ? successes / total : 0
    let squares = counts.squaredWeights[0...2].reduce(0, +)
    var effective = squares > 0 ? total * total / squares : 0
    let residual =
      counts.squaredWeights[0] * (1 - share) * (1 - share)
      + (counts.squaredWeights[1] + counts.squaredWeights[2]) * share * share
    if residual > 0, share > 0, share < 1 {
      effective = min(effective, share * (1 - share) * total * total / residual)
    }
    let (k, n) = (share * effective, effective)
    return { bound in
      let f1 = min(1, max(0, bound))
      return BoundTest.proportion(successes: k, trials: n, bound: f1 / (2 - f1))
    }
  }

  /// Balanced accuracy is (1 + TPR − FPR)/2: half a difference of the rates of two sets of rows.
  static func balancedTails(_ counts: OutcomeCounts) -> (@Sendable (Double) -> BoundTails)? {
    guard let hits = BinaryMetric.truePositiveRate.rate?.tested(counts),
      let alarms = BinaryMetric.falsePositiveRate.rate?.tested(counts), hits.effectiveCount > 0,
      alarms.effectiveCount > 0
    else { return nil }
    return {
      BoundTest.difference(
        successes1: hits.effectiveSuccesses, trials1: hits.effectiveCount,
        successes2: alarms.effectiveSuccesses, trials2: alarms.effectiveCount, bound: 2 * $0 - 1)
    }
  }

  /// Degrees of freedom of a metric that is estimated from two classes: the smaller one has the say.
  static func freedom(_ counts: OutcomeCounts) -> Double {
    let (positives, negatives) = classes(counts)
    return max(1, min(positives, negatives) - 1)
  }

  /// Effective sizes of the classes.
  static func classes(_ counts: OutcomeCounts) -> (positives: Double, negatives: Double) {
    func size(_ cells: [Int]) -> Double {
      let weight = cells.reduce(0) { $0 + counts.weights[$1] }
      let squares = cells.reduce(0) { $0 + counts.squaredWeights[$1] }
      return squares > 0 ? weight * weight / squares : 0
    }
    return (size([0, 2]), size([1, 3]))
  }
}

extension BoundTails {
  /// Of two tests the one that is surer of less.
  func weaker(_ other: BoundTails) -> BoundTails {
    BoundTails(less: max(less, other.less), greater: max(greater, other.greater))
  }
}

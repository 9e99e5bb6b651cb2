import Glibc
import Metrics
import Results
import Statistics

extension NumberParity {
  /// The largest mean loss with limits that hold for all groups at once: Student's t of each group's losses, Wilson's score where a
  /// loss is 0 or 1.
  package static func boundedGroupLoss(_ groups: [Group], _ loss: Loss, level: Double) -> MeasureNumber {
    let value = boundedGroupLoss(groups, loss)
    let live = groups.filter { $0.weight > 0 }
    guard !live.isEmpty else { return MeasureNumber(value, reason: "") }
    let each = pow(level, 1 / Double(live.count))
    let limits = live.compactMap { lossLimits($0, loss, level: each) }
    guard limits.count == live.count, let first = limits.first else {
      return MeasureNumber(value, reason: "a group has one row, or its losses are all alike")
    }
    let all = limits.dropFirst().reduce(first) {
      Interval(lower: max($0.lower, $1.lower), upper: max($0.upper, $1.upper))
    }
    return MeasureNumber(value, all, "simultaneous over all groups (Šidák)")
  }

  private static func lossLimits(_ group: Group, _ loss: Loss, level: Double) -> Interval? {
    let losses = zip(group.labels, group.predictions).map { loss($0, $1) }
    guard let moments = MeanGap.Group(losses, weights: group.weights) else { return nil }
    if loss == .zeroOne {
      return ProportionInterval.wilson(
        successes: moments.mean * moments.size, trials: moments.size, level: level)
    }
    guard moments.size > 1, moments.squaredError > 0 else { return nil }
    let half =
      StudentT.criticalValue(level: level, degreesOfFreedom: moments.size - 1)
      * moments.squaredError.squareRoot()
    return Interval(lower: max(0, moments.mean - half), upper: moments.mean + half)
  }

  /// The gap of the shares at or above a quantile of all predictions, given that quantile: limits and test as those of any rate's range.
  package static func quantileRateGap(
    _ groups: [Group], atLeast threshold: Double, level: Double, seed: UInt64
  ) -> MeasureNumber {
    let rates = quantileRates(groups, atLeast: threshold)
    let value = rates.difference().value
    guard value.value != nil else { return MeasureNumber(value, reason: "") }
    let isWeighted = groups.contains { $0.weights != nil }
    let estimator = SliceEstimator(
      level: level, bootstrap: CellBootstrap(replicates: 1, seed: seed, isWeighted: isWeighted))
    let sides = zip(groups, rates.members).compactMap { group, member -> Side? in
      guard member.value.value != nil else { return nil }
      return Side(
        name: group.name, slice: nil, tally: SliceTally(counts: counts(group, atLeast: threshold)),
        metrics: [.selectionRate], estimator: estimator, key: group.name)
    }
    let metric = Metric(BinaryMetric.selectionRate)
    let ranges = RangeComparer(pairs: PairComparer(knownLevel: level), seed: seed)
    let found = ranges.compare(
      metric, sides, kind: .difference, level: level, test: ranges.homogeneity(metric, sides)
    ).comparison
    return MeasureNumber(
      value, found.limits, found.interval ?? "", test: found.pValue.map { ($0, found.test ?? "") },
      reason: found.reason ?? "no interval")
  }

  /// Rows that reach a threshold as if they were selected.
  private static func counts(_ group: Group, atLeast threshold: Double) -> OutcomeCounts {
    var (rows, weights, squares) = ([0, 0, 0, 0], [0.0, 0, 0, 0], [0.0, 0, 0, 0])
    for row in group.predictions.indices {
      let isReached = group.predictions[row] >= threshold
      let cell = (isReached ? Outcome.falsePositive : .trueNegative).rawValue
      let weight = group.weight(row)
      rows[cell] += 1
      weights[cell] += weight
      squares[cell] += weight * weight
    }
    return OutcomeCounts(rows: rows, weights: weights, squaredWeights: squares)
  }
}

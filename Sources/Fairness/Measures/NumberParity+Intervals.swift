import Glibc
import Metrics
import Results
import Statistics

extension NumberParity {
  /// The largest mean loss with limits that hold for all groups at once: Student's t of each group's losses, Wilson's score where a
  /// loss is 0 or 1.
  package static func boundedGroupLoss(_ groups: [Group], _ loss: Loss, level: Double) -> MeasureNumber {
    let value = boundedGroupLoss(groups, loss)
    let live = groups.filter { !$0.labels.isEmpty }
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
    let count = Double(losses.count)
    let mean = losses.reduce(0, +) / count
    if loss == .zeroOne {
      return ProportionInterval.wilson(successes: losses.reduce(0, +), trials: count, level: level)
    }
    let squares = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard count > 1, squares > 0 else { return nil }
    let half =
      StudentT.criticalValue(level: level, degreesOfFreedom: count - 1)
      * (squares / (count - 1) / count).squareRoot()
    return Interval(lower: max(0, mean - half), upper: mean + half)
  }

  /// The gap of the shares above the quantile of all groups, given that quantile: limits and test as those of any rate's range.
  package static func quantileRateGap(
    _ groups: [Group], quantile q: Double, level: Double, seed: UInt64
  ) -> MeasureNumber {
    let rates = quantileRates(groups, quantile: q)
    let value = rates.difference().value
    guard value.value != nil else { return MeasureNumber(value, reason: "") }
    let estimator = SliceEstimator(
      level: level, bootstrap: CellBootstrap(replicates: 1, seed: seed, isWeighted: false))
    let sides = zip(groups, rates.members).compactMap { group, member -> Side? in
      guard let rate = member.value.value else { return nil }
      let above = Int((rate * Double(group.labels.count)).rounded())
      let counts = OutcomeCounts(
        truePositives: 0, falsePositives: above, falseNegatives: 0,
        trueNegatives: group.labels.count - above)
      return Side(
        name: group.name, slice: nil, tally: SliceTally(counts: counts), metrics: [.selectionRate],
        estimator: estimator, key: group.name)
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
}

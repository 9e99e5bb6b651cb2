import Metrics
import Results
import Statistics

/// One side of a comparison: a group, all rows, or the rows outside a group.
package struct Side: Sendable {
  package let name: String
  /// Index of the slice in the evaluation; nil for a complement.
  package private(set) var slice: Int?
  package let rows: Int
  /// Units that have rows here; nil where every row is one.
  package let units: Int?
  /// Outcomes and scores; nil in a task that has none.
  package let tally: SliceTally?
  private let estimates: [Metric: Estimate]
  /// Of metrics that are known by their estimates: those that are functions of the outcomes after all.
  private let cells: [Metric: CellStatistic]
  private let correlations: [Metric: Double]

  /// A side of a binary task.
  ///
  /// - Parameter estimates: those of the metrics that were computed.
  package init(name: String, slice: Int?, tally: SliceTally, estimates: [Metric: Estimate]) {
    self.name = name
    self.slice = slice
    rows = tally.counts.rowCount
    units = nil
    self.tally = tally
    self.estimates = estimates
    (cells, correlations) = ([:], [:])
  }

  /// A side of a binary task with all estimates that its tally gives.
  ///
  /// - Parameter key: keys the random draws.
  package init(
    name: String, slice: Int?, tally: SliceTally, metrics: [BinaryMetric], estimator: SliceEstimator,
    key: String
  ) {
    let found = zip(metrics, estimator.estimates(metrics, of: tally, key: key))
    self.init(
      name: name, slice: slice, tally: tally,
      estimates: Dictionary(uniqueKeysWithValues: found.map { (Metric($0), $1) }))
  }

  /// A side that is known by its estimates, and by the outcomes of what depends on them alone.
  ///
  /// - Parameter correlations: of a complement's estimates with those of the group that it leaves out, where units have rows in both
  package init(
    name: String, slice: Int?, rows: Int, estimates: [Metric: Estimate],
    cells: [Metric: CellStatistic] = [:], units: Int? = nil, correlations: [Metric: Double] = [:]
  ) {
    self.name = name
    self.slice = slice
    self.rows = rows
    tally = nil
    self.units = units
    self.estimates = estimates
    self.cells = cells
    self.correlations = correlations
  }

  package func estimate(_ metric: Metric) -> Estimate? { estimates[metric] }
  package func estimate(_ metric: BinaryMetric) -> Estimate? { estimates[Metric(metric)] }

  /// The same, which is no slice of the run that it is compared in.
  package var ofAnotherRun: Side {
    var result = self
    result.slice = nil
    return result
  }

  /// With the estimate of the group whose complement this is; nil where that is not this side's part.
  func correlation(_ metric: Metric) -> Double? { correlations[metric] }

  /// A metric that depends on all four outcomes and on nothing else; nil for any other.
  func cells(_ metric: Metric) -> CellStatistic? {
    if let counts = tally?.counts, let binary = metric.binary { return CellStatistic(binary, counts) }
    return cells[metric]
  }

  /// Numerator and denominator of a rate; nil for other metrics and where it has no value.
  package func share(_ metric: Metric) -> RateDefinition.Share? {
    if let rate = metric.rate, let tally { return rate.share(of: tally.counts) }
    guard metric.isRate, let estimate = estimate(metric) else { return nil }
    return RateDefinition.Share(estimate)
  }

  /// The interval of an estimate at another level: a rate's score interval anew, any other limits drawn
  /// out from the value in proportion to the normal quantiles.
  package func limits(_ metric: Metric, level: Double, from known: Double) -> Interval? {
    guard let estimate = estimate(metric), let value = estimate.value, value.isFinite else { return nil }
    if let share = share(metric) {
      return ProportionInterval.wilson(
        successes: share.effectiveSuccesses, trials: share.effectiveCount, level: level)
    }
    guard let lower = estimate.lower, let upper = estimate.upper else { return nil }
    if level == known { return Interval(lower: lower, upper: upper) }
    let stretch = Normal.quantile((1 + level) / 2) / Normal.quantile((1 + known) / 2)
    let range = metric.range
    return Interval(
      lower: max(range.lowerBound, value - (value - lower) * stretch),
      upper: min(range.upperBound, value + (upper - value) * stretch))
  }
}

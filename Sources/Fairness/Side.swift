import Metrics
import Results
import Statistics

/// One side of a comparison: a group, all rows, or the rows outside a group.
package struct Side: Sendable {
  package let name: String
  /// Index of the slice in the evaluation; nil for a complement.
  package let slice: Int?
  package let tally: SliceTally
  /// By `BinaryMetric.rawValue`; nil for metrics that were not computed.
  package let estimates: [Estimate?]

  package init(name: String, slice: Int?, tally: SliceTally, estimates: [Estimate?]) {
    self.name = name
    self.slice = slice
    self.tally = tally
    self.estimates = estimates
  }

  package func estimate(_ metric: BinaryMetric) -> Estimate? { estimates[metric.rawValue] }

  package func share(_ metric: BinaryMetric) -> RateDefinition.Share? { metric.rate?.share(of: tally.counts) }

  /// The interval of an estimate at another level: a rate's score interval anew, any other limits drawn
  /// out from the value in proportion to the normal quantiles.
  package func limits(_ metric: BinaryMetric, level: Double, from known: Double) -> Interval? {
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

extension BinaryMetric {
  /// The values that the metric can take.
  package var range: ClosedRange<Double> {
    switch kind {
    case .rate, .index: 0...1
    case .correlation: -1...1
    case .loss, .count: 0...Double.infinity
    case .mean: -Double.infinity...Double.infinity
    }
  }

  /// Whether a ratio of two values means something: none of them can be negative.
  package var allowsRatios: Bool { kind != .correlation }
}

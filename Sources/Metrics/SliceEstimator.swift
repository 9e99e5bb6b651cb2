import Results
import Statistics

/// Turns the tally of one slice into estimates with intervals.
package struct SliceEstimator: Sendable {
  package let level: Double
  package let bootstrap: CellBootstrap

  package init(level: Double, bootstrap: CellBootstrap) {
    self.level = level
    self.bootstrap = bootstrap
  }

  /// One estimate a metric, in the order given.
  ///
  /// - Parameter key: the slice's predicate, which keys the random draws.
  package func estimates(_ metrics: [BinaryMetric], of tally: SliceTally, key: String) -> [Estimate] {
    var composites: [Estimate]?
    return metrics.map { metric in
      if let position = Composite.metrics.firstIndex(of: metric) {
        let all = composites ?? self.composites(tally, key: key)
        composites = all
        return all[position]
      }
      return estimate(metric, tally)
    }
  }

  /// A metric's value without its interval; nil where it is undefined.
  package func value(_ metric: BinaryMetric, of tally: SliceTally) -> Double? {
    if let rate = metric.rate { return rate.share(of: tally.counts).value }
    if Composite.contains(metric) { return Composite.value(metric, tally.counts.weights) }
    switch metric {
    case .rocAUC: return tally.score?.auc.value
    case .averagePrecision: return tally.score?.averagePrecision
    default:
      guard let sums = tally.score?.sums(metric) else { return estimate(metric, tally).value }
      return tally.counts.weight > 0 ? sums.first / tally.counts.weight : nil
    }
  }

  /// The standard error of a metric that is no composite; nil where there is none.
  func standardError(_ metric: BinaryMetric, of tally: SliceTally) -> Double? {
    estimate(metric, tally).standardError
  }

  private func estimate(_ metric: BinaryMetric, _ tally: SliceTally) -> Estimate {
    let counts = tally.counts
    if let rate = metric.rate { return self.rate(rate, counts) }
    if let counted = metric.countedOutcomes {
      return count(counted.reduce(0) { $0 + counts[$1] }, tally)
    }
    switch metric {
    case .count: return count(Double(counts.rowCount), tally)
    case .weight: return count(counts.weight, tally)
    case .rocAUC: return area(tally)
    case .averagePrecision: return averagePrecision(tally)
    case .expectedCalibrationError: return calibrationError(tally)
    default: return mean(metric, tally)
    }
  }

  // MARK: Counts and rates

  private func count(_ value: Double, _ tally: SliceTally) -> Estimate {
    var estimate = blank(tally)
    estimate.value = value
    return estimate
  }

  /// An estimate over all rows of the slice, its value still to come.
  private func blank(_ tally: SliceTally) -> Estimate {
    Estimate(
      value: nil, denominator: tally.counts.rowCount, weight: tally.counts.weight,
      effectiveCount: tally.effectiveCount, status: tally.counts.rowCount == 0 ? .empty : .ok,
      reason: tally.counts.rowCount == 0 ? "no rows" : nil)
  }

  /// A share of rows with its Wilson interval (Wilson 1927), at Kish's effective size under weights; the
  /// standard error is the linearised one, √Σw²(y − p)² / Σw.
  package func rate(_ rate: RateDefinition, _ counts: OutcomeCounts) -> Estimate {
    let share = rate.share(of: counts)
    var estimate = Estimate(
      value: share.value, denominator: share.rows, weight: share.trials,
      effectiveCount: share.effectiveCount, status: .ok)
    guard let value = share.value else {
      return undefined(estimate, counts, because: share.rows > 0 ? "zero weight" : rate.emptyReason)
    }
    let limits = ProportionInterval.wilson(
      successes: share.effectiveSuccesses, trials: share.effectiveCount, level: level)
    estimate.lower = limits.lower
    estimate.upper = limits.upper
    estimate.standardError = rate.linearisedVariance(of: counts, value: value).squareRoot()
    return estimate
  }

  func undefined(_ estimate: Estimate, _ counts: OutcomeCounts, because reason: String) -> Estimate {
    var estimate = estimate
    estimate.value = nil
    estimate.status = counts.rowCount == 0 ? .empty : .undefined
    estimate.reason = counts.rowCount == 0 ? "no rows" : reason
    return estimate
  }

  // MARK: Means and areas

  private func mean(_ metric: BinaryMetric, _ tally: SliceTally) -> Estimate {
    let estimate = blank(tally)
    guard let sums = tally.score?.sums(metric) else { return estimate }
    let moments = MeanMoments(sums, counts: tally.counts)
    guard let moments else { return undefined(estimate, tally.counts, because: "zero weight") }
    let floor = metric.kind == .loss ? 0 : -Double.infinity
    return withStudent(estimate, moments.mean, moments.variance, above: floor)
  }

  private func withStudent(
    _ blank: Estimate, _ value: Double, _ variance: Double?, above floor: Double
  ) -> Estimate {
    var estimate = blank
    estimate.value = value
    guard let variance, variance > 0 else {
      return notEstimable(estimate, variance == nil ? "one row only" : "all rows have the same value")
    }
    estimate.standardError = variance.squareRoot()
    let degrees = max(1, estimate.effectiveCount - 1)
    let width =
      StudentT.quantile((1 + level) / 2, degreesOfFreedom: degrees) * variance.squareRoot()
    estimate.lower = max(floor, value - width)
    estimate.upper = value + width
    return estimate
  }

  private func notEstimable(_ estimate: Estimate, _ reason: String) -> Estimate {
    var estimate = estimate
    estimate.status = .notEstimable
    estimate.reason = reason
    return estimate
  }

  private func area(_ tally: SliceTally) -> Estimate {
    var estimate = blank(tally)
    guard let score = tally.score, let value = score.auc.value else {
      return undefined(estimate, tally.counts, because: missingClass(tally))
    }
    estimate.value = value
    if value == 0 || value == 1, let limits = separated(tally, value) {
      estimate.lower = limits.lower
      estimate.upper = limits.upper
      return estimate
    }
    guard let variance = score.auc.variance else {
      return notEstimable(estimate, score.positiveRows < 2 ? "one positive only" : "one negative only")
    }
    estimate.standardError = variance.squareRoot()
    return withLogit(estimate, value, variance)
  }

  /// The score interval (Newcombe 2006, method 5) of classes that are apart, where DeLong's variance is 0; with weights at the classes'
  /// effective sizes.
  private func separated(_ tally: SliceTally, _ value: Double) -> Interval? {
    func size(_ outcomes: Outcome...) -> Double {
      let weight = outcomes.reduce(0) { $0 + tally.counts[$1] }
      let squares = outcomes.reduce(0) { $0 + tally.counts.squaredWeights[$1.rawValue] }
      return squares > 0 ? weight * weight / squares : 0
    }
    let (m, n) = (size(.truePositive, .falseNegative), size(.falsePositive, .trueNegative))
    guard m > 0, n > 0 else { return nil }
    return AUCInterval.score(auc: value, positives: m, negatives: n, level: level)
  }

  private func withLogit(_ blank: Estimate, _ value: Double, _ variance: Double) -> Estimate {
    var estimate = blank
    guard let limits = AUCInterval.logit(auc: value, variance: variance, level: level) else {
      estimate.standardError = nil
      return notEstimable(estimate, "no variation to judge by")
    }
    estimate.lower = limits.lower
    estimate.upper = limits.upper
    return estimate
  }

  private func averagePrecision(_ tally: SliceTally) -> Estimate {
    var estimate = blank(tally)
    estimate.denominator = tally.counts.rows[0] + tally.counts.rows[2]
    estimate.weight = tally.positives
    guard let score = tally.score, let value = score.averagePrecision else {
      return undefined(estimate, tally.counts, because: missingClass(tally))
    }
    estimate.value = value
    let variance = score.averagePrecisionVariance ?? 0
    estimate.standardError = variance.squareRoot()
    return withLogit(estimate, value, variance)
  }

  private func missingClass(_ tally: SliceTally) -> String {
    if tally.counts.weight == 0 { return "zero weight" }
    return tally.positives == 0 ? "no positives" : "no negatives"
  }

  private func calibrationError(_ tally: SliceTally) -> Estimate {
    var estimate = blank(tally)
    guard let value = tally.calibration?.expectedCalibrationError else {
      return undefined(estimate, tally.counts, because: "zero weight")
    }
    estimate.value = value
    return estimate
  }

  // MARK: Composites

  private func composites(_ tally: SliceTally, key: String) -> [Estimate] {
    let counts = tally.counts
    let values = Composite.metrics.map { Composite.value($0, counts.weights) }
    let cells = values.contains { $0 != nil } ? bootstrap.draw(counts, key: key) : []
    return zip(Composite.metrics, values).map { metric, value in
      var estimate = blank(tally)
      if metric == .f1 {
        estimate.denominator = counts.rowCount - counts.rows[3]
        estimate.weight = counts.weight - counts[.trueNegative]
      }
      guard let value else {
        return undefined(estimate, counts, because: undefinedReason(metric, tally))
      }
      estimate.value = value
      let found = bootstrap.interval(
        cells, of: counts, around: value, level: level, statistic: Composite.statistic(metric))
      guard let found else {
        return notEstimable(estimate, "more than 5 % of bootstrap replicates are undefined")
      }
      estimate.lower = found.limits.lower
      estimate.upper = found.limits.upper
      estimate.standardError = found.standardError
      return estimate
    }
  }

  private func undefinedReason(_ metric: BinaryMetric, _ tally: SliceTally) -> String {
    if tally.counts.weight == 0 { return "zero weight" }
    switch metric {
    case .f1: return "no positives and no predicted positives"
    case .balancedAccuracy: return missingClass(tally)
    default:
      if tally.positives == 0 || tally.negatives == 0 { return missingClass(tally) }
      let selected = tally.counts[.truePositive] + tally.counts[.falsePositive]
      return selected == 0 ? "no predicted positives" : "no predicted negatives"
    }
  }
}

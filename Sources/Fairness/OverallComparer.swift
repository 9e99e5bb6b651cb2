import Glibc
import Metrics
import Results
import Statistics

/// Compares a group with all rows, of which it is a part.
///
/// For a rate with f the group's share of the denominator, the difference is (1 − f)·(p − p̄) and the
/// ratio 1 / (f + (1 − f)/r), with p̄ the rate and r = p / p̄ the ratio against the rows outside. So the
/// intervals of two groups that share no row carry over. Other metrics use the covariance of the part
/// with the whole, or replicates of the cells inside and outside.
package struct OverallComparer: Sendable {
  let pairs: PairComparer
  let bootstrap: CellBootstrap
  /// Covariance of the group's value with the overall value.
  let covariance: @Sendable (Metric, Side) -> Double?

  package init(
    pairs: PairComparer, bootstrap: CellBootstrap,
    covariance: @escaping @Sendable (Metric, Side) -> Double?
  ) {
    self.pairs = pairs
    self.bootstrap = bootstrap
    self.covariance = covariance
  }

  package func compare(
    _ metric: Metric, _ group: Side, _ whole: Side, kind: Gap.Kind, level: Double
  ) -> Comparison {
    guard let value = pairs.value(metric, group), let overall = pairs.value(metric, whole) else {
      return .undefined(
        pairs.reason(metric, group) ?? pairs.reason(metric, whole) ?? "no value")
    }
    if kind == .ratio, overall == 0 { return .undefined("0 / 0") }
    let point = kind == .difference ? value - overall : value / overall
    if metric.isRate { return rate(metric, group, whole, point, kind, level) }
    if let part = group.cells(metric), let all = whole.cells(metric) {
      return cells(part, all, (group.name, whole.name), point, kind, level)
    }
    return moments(metric, group, whole, (value, overall), kind, level)
  }

  // MARK: Rates

  private func rate(
    _ metric: Metric, _ group: Side, _ whole: Side, _ point: Double, _ kind: Gap.Kind,
    _ level: Double
  ) -> Comparison {
    let outside = outside(metric, group, whole)
    guard let part = group.share(metric), let all = whole.share(metric),
      outside.estimate(metric)?.value != nil
    else { return Comparison(value: point, reason: "the group is the whole denominator") }
    let share = part.trials / all.trials
    let pair = pairs.compare(metric, group, outside, kind: kind, level: level)
    var limits = pair.limits
    if kind == .difference {
      limits = limits.map { Interval(lower: (1 - share) * $0.lower, upper: (1 - share) * $0.upper) }
    } else {
      func carried(_ ratio: Double) -> Double { ratio == 0 ? 0 : 1 / (share + (1 - share) / ratio) }
      limits = limits.map { Interval(lower: carried($0.lower), upper: carried($0.upper)) }
    }
    let test = pairs.test(metric, group, outside)
    return Comparison(
      value: point, limits: limits, interval: pair.interval.map { $0 + ", against the rows outside" },
      pValue: test?.p, test: test?.name)
  }

  /// The rows outside a group, with the one rate that is compared.
  package func outside(_ metric: Metric, _ group: Side, _ whole: Side) -> Side {
    let name = "rows outside \(group.name)"
    if let rate = metric.rate, let own = group.tally?.counts, let all = whole.tally?.counts {
      let tally = SliceTally(counts: own.complement(in: all))
      let estimator = SliceEstimator(level: pairs.knownLevel, bootstrap: bootstrap)
      return Side(
        name: name, slice: nil, tally: tally, estimates: [metric: estimator.rate(rate, tally.counts)])
    }
    guard let own = group.share(metric), let all = whole.share(metric) else {
      return Side(name: name, slice: nil, rows: 0, estimates: [:])
    }
    let rest = own.complement(in: all)
    let rows = whole.rows - group.rows
    return shared(name, metric, group, whole, rest, rows: rows)
      ?? Self.outside(name, metric, rest, rows: rows)
  }

  /// The rows outside a group that share units with it: the whole is f·(the group) + (1 − f)·(the rest), f the group's share, so
  /// that the variance of the rest follows from theirs and their covariance. nil where none do.
  private func shared(
    _ name: String, _ metric: Metric, _ group: Side, _ whole: Side, _ rest: RateDefinition.Share, rows: Int
  ) -> Side? {
    guard let covariance = covariance(metric, group), let part = group.share(metric),
      let mine = group.estimate(metric)?.standardError, let all = whole.estimate(metric)?.standardError,
      let rate = rest.value, rate > 0, rate < 1, rest.trials > 0, mine > 0
    else { return nil }
    let share = part.trials / (part.trials + rest.trials)
    let own = mine * mine
    let together = (covariance - share * own) / (1 - share)
    let variance =
      (all * all - share * share * own - 2 * share * (1 - share) * together) / ((1 - share) * (1 - share))
    guard variance > 0 else { return nil }
    let estimate = Estimate(
      value: rate, standardError: variance.squareRoot(), denominator: rest.rows, weight: rest.trials,
      effectiveCount: rate * (1 - rate) / variance, status: .ok)
    return Side(
      name: name, slice: nil, rows: rows, estimates: [metric: estimate],
      correlations: [metric: max(-1, min(1, together / (own * variance).squareRoot()))])
  }

  /// The rows outside a group, known by their share alone.
  package static func outside(
    _ name: String, _ metric: Metric, _ share: RateDefinition.Share, rows: Int
  ) -> Side {
    let estimate = Estimate(
      value: share.value, denominator: share.rows, weight: share.trials,
      effectiveCount: share.effectiveCount, status: share.value == nil ? .undefined : .ok)
    return Side(name: name, slice: nil, rows: rows, estimates: [metric: estimate])
  }

  // MARK: Means and areas

  private func moments(
    _ metric: Metric, _ group: Side, _ whole: Side, _ values: (group: Double, whole: Double),
    _ kind: Gap.Kind, _ level: Double
  ) -> Comparison {
    let point = kind == .difference ? values.group - values.whole : values.group / values.whole
    guard let mine = group.estimate(metric)?.standardError,
      let theirs = whole.estimate(metric)?.standardError
    else { return Comparison(value: point, reason: pairs.unjudged(metric, group, whole)) }
    guard let shared = covariance(metric, group) else {
      return Comparison(value: point, reason: "no covariance with the whole is known")
    }
    let variance = mine * mine + theirs * theirs - 2 * shared
    guard variance > 1e-15 * mine * mine else {
      return Comparison(value: point, reason: "the group does not differ from the whole")
    }
    let z = Normal.quantile((1 + level) / 2)
    let p = 2 * Normal.survival(abs(values.group - values.whole) / variance.squareRoot())
    let limits: Interval
    if kind == .difference {
      let width = z * variance.squareRoot()
      limits = Interval(lower: point - width, upper: point + width)
    } else {
      let (g, w) = (mine / values.group, theirs / values.whole)
      let spread = g * g + w * w - 2 * shared / (values.group * values.whole)
      guard point > 0, spread > 0 else {
        return Comparison(value: point, reason: "the ratio is not positive")
      }
      let factor = exp(z * spread.squareRoot())
      limits = Interval(lower: point / factor, upper: point * factor)
    }
    return Comparison(
      value: point, limits: limits, interval: "delta method with the covariance of part and whole",
      pValue: min(1, p), test: "Wald z test")
  }

  // MARK: Functions of the cells

  private func cells(
    _ group: CellStatistic, _ whole: CellStatistic, _ names: (group: String, whole: String),
    _ point: Double, _ kind: Gap.Kind, _ level: Double
  ) -> Comparison {
    guard whole.counts.rowCount > group.counts.rowCount else {
      return Comparison(value: point, reason: "the group is all rows")
    }
    let drawn = bootstrap.draw(group.counts, key: names.group, in: whole.counts, wholeKey: names.whole)
    let mine = CellBootstrap.replicates(drawn.part, group.value)
    let all = CellBootstrap.replicates(drawn.whole, whole.value)
    let replicates = zip(mine, all).map { part, whole in
      kind == .difference ? part - whole : whole > 0 ? part / whole : .nan
    }
    guard let found = bootstrap.interval(replicates, around: point, level: level) else {
      return Comparison(value: point, reason: "more than 5 % of bootstrap replicates are undefined")
    }
    let null = kind == .difference ? 0.0 : 1.0
    let z = found.standardError > 0 ? (point - null) / found.standardError : 0
    return Comparison(
      value: point, limits: found.limits, interval: "percentiles of the smoothed cell bootstrap",
      pValue: min(1, 2 * Normal.survival(abs(z))), test: "z test, bootstrap standard error")
  }
}

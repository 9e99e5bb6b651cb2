import Glibc
import Metrics
import Statistics

/// Measures taken together over strata, with intervals at a level.
///
/// Weights enter differences by the effective size of each group in each stratum, ratios and the test by the squared weights of
/// rows (`WeightedMantelHaenszel`).
extension StratifiedComparison {
  package func difference(_ measure: FairnessMeasure, level: Double) -> MeasureNumber {
    let isStandard = measure == .standardizedDifference
    let value = isStandard ? standardizedDifference : pooledDifference
    let terms = shares.map { own, other in
      (
        weight: isStandard
          ? own.trials + other.trials : own.trials * other.trials / (own.trials + other.trials),
        value: (own.value ?? 0) - (other.value ?? 0), limits: GroupPair.newcombe(own, other, level)
      )
    }
    let total = terms.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return MeasureNumber(value, reason: "no stratum has both groups") }
    let limits = Interval.sum(terms.map { ($0.weight / total, $0.value, $0.limits) })
    return MeasureNumber(
      value, limits, "MOVER over strata (Newcombe hybrid score)", test: isStandard ? nil : independence)
  }

  /// The ratio of rates, normal on the log scale with the variance of Greenland & Robins (1985).
  package func ratio(level: Double) -> MeasureNumber {
    let value = pooledRatio
    guard isUnweighted else {
      return MeasureNumber(
        value, weighted.riskRatioInterval(level: level), Self.linearised, test: independence,
        reason: Self.emptyMargin)
    }
    guard let ratio = value.value, ratio > 0, ratio.isFinite else {
      return MeasureNumber(value, reason: Self.emptyMargin)
    }
    var (variance, top, bottom) = (0.0, 0.0, 0.0)
    for s in pooled.strata {
      let (n1, n2) = (s.trials1, s.trials2)
      let (n, m) = (n1 + n2, s.successes1 + s.successes2)
      variance += (m * n1 * n2 - s.successes1 * s.successes2 * n) / (n * n)
      top += s.successes1 * n2 / n
      bottom += s.successes2 * n1 / n
    }
    let half = Normal.criticalValue(level: level) * (variance / (top * bottom)).squareRoot()
    return MeasureNumber(
      value, Interval(lower: ratio * exp(-half), upper: ratio * exp(half)),
      "log normal (Greenland–Robins)", test: independence, reason: Self.emptyMargin)
  }

  /// The odds ratio, with the interval of Robins, Breslow & Greenland (1986).
  package func oddsRatio(level: Double) -> MeasureNumber {
    guard isUnweighted else {
      return MeasureNumber(
        pooledOddsRatio, weighted.oddsRatioInterval(level: level), Self.linearised, test: independence,
        reason: Self.emptyMargin)
    }
    return MeasureNumber(
      pooledOddsRatio, pooled.oddsRatioInterval(level: level), "log normal (Robins–Breslow–Greenland)",
      test: independence, reason: Self.emptyMargin)
  }

  /// Breslow & Day's statistic with Tarone's term.
  package var homogeneity: MeasureNumber {
    guard isUnweighted else {
      return MeasureNumber(.undefined("tests of strata are of rows, not weights"), reason: "")
    }
    guard let test = pooled.homogeneity(adjusted: true) else {
      return MeasureNumber(
        .undefined("fewer than two strata that say something, or no common odds ratio"), reason: "")
    }
    var number = MeasureNumber(.value(test.statistic), reason: "a test statistic has no interval")
    (number.p, number.test) = (test.p, "Breslow–Day test with Tarone's adjustment")
    return number
  }

  private static let emptyMargin = "a margin of the pooled table is empty"
  private static let linearised = "log normal (linearised, squared weights)"

  /// Cochran's Q of the strata's differences.
  package var differenceHomogeneity: MeasureNumber {
    DifferenceHomogeneity(
      shares.map { own, other in
        DifferenceHomogeneity.Term(
          value: (own.value ?? 0) - (other.value ?? 0), variance: own.caffoVariance + other.caffoVariance)
      }
    ).number
  }

  private var independence: (p: Double, name: String)? {
    isUnweighted
      ? pooled.test().map { ($0.p, "Cochran–Mantel–Haenszel test") }
      : weighted.test.map { ($0.p, "weighted Cochran–Mantel–Haenszel score test, robust variance") }
  }

  private var weighted: WeightedMantelHaenszel {
    WeightedMantelHaenszel(
      strata.compactMap { stratum in
        metric.rate.map {
          WeightedMantelHaenszel.Stratum(
            $0.arm(of: stratum.focal.counts), $0.arm(of: stratum.reference.counts))
        }
      })
  }

  private var isUnweighted: Bool { shares.allSatisfy { $0.0.isUnweighted && $0.1.isUnweighted } }

  /// Both groups' shares in the strata that say something.
  private var shares: [(RateDefinition.Share, RateDefinition.Share)] {
    strata.compactMap { $0.pair.shares(metric) }
  }
}

extension RateDefinition {
  fileprivate func arm(of counts: OutcomeCounts) -> WeightedMantelHaenszel.Arm {
    func sum(_ values: [Double], _ isIn: (Outcome) -> Bool) -> Double {
      Outcome.allCases.reduce(0) { $0 + (isIn($1) ? values[$1.rawValue] : 0) }
    }
    func isFailure(_ outcome: Outcome) -> Bool { isTrial(outcome) && !isSuccess(outcome) }
    return WeightedMantelHaenszel.Arm(
      successes: sum(counts.weights, isSuccess), failures: sum(counts.weights, isFailure),
      squaredSuccesses: sum(counts.squaredWeights, isSuccess),
      squaredFailures: sum(counts.squaredWeights, isFailure), rows: share(of: counts).rows)
  }
}

extension ConditionalDisparity {
  /// Σ_s (n_s/n) DD_s of the focal group, with limits from those of each stratum's DD; strata's shares of rows are
  /// taken as they are.
  package static func number(
    _ strata: [(name: String, focal: GroupCounts, others: GroupCounts)], ofLabels: Bool,
    as compatibility: Compatibility?, level: Double
  ) -> (number: MeasureNumber, excluded: [String]) {
    let found = conditional(
      strata.map { Stratum($0.name, focal: $0.focal, others: $0.others, ofLabels: ofLabels) },
      as: compatibility)
    guard compatibility != .clarify || found.excluded.isEmpty else {
      return (MeasureNumber(found.value, reason: "an outcome does not occur in a stratum"), found.excluded)
    }
    var terms: [(weight: Double, value: Double, limits: Interval)] = []
    for stratum in strata {
      guard let term = term(stratum.focal, stratum.others, ofLabels, level) else { continue }
      terms.append(term)
    }
    let total = terms.reduce(0) { $0 + $1.weight }
    guard total > 0 else {
      return (MeasureNumber(found.value, reason: "no stratum has both outcomes"), found.excluded)
    }
    let occupied = strata.filter { $0.focal.size + $0.others.size > 0 }.count
    guard compatibility != .clarify || terms.count == occupied else {
      let reason = "Clarify gives a stratum without an outcome a value, of which no interval is known"
      return (MeasureNumber(found.value, reason: reason), found.excluded)
    }
    let limits = Interval.sum(terms.map { ($0.weight / total, $0.value, $0.limits) })
    return (
      MeasureNumber(found.value, limits, "MOVER over strata (Newcombe hybrid score)"), found.excluded
    )
  }

  /// A stratum's DD: the focal group's share of the unfavourable outcomes − that of the favourable ones.
  private static func term(
    _ focal: GroupCounts, _ others: GroupCounts, _ ofLabels: Bool, _ level: Double
  ) -> (weight: Double, value: Double, limits: Interval)? {
    let favourable: [Outcome] =
      ofLabels ? [.truePositive, .falseNegative] : [.truePositive, .falsePositive]
    func part(_ outcomes: [Outcome]) -> (share: Double, size: Double)? {
      func sum(_ values: [Double]) -> Double { outcomes.reduce(0) { $0 + values[$1.rawValue] } }
      let own = sum(focal.counts.weights)
      let all = own + sum(others.counts.weights)
      let squares = sum(focal.counts.squaredWeights) + sum(others.counts.squaredWeights)
      return all > 0 && squares > 0 ? (own / all, all * all / squares) : nil
    }
    guard let good = part(favourable), let bad = part(Outcome.allCases.filter { !favourable.contains($0) })
    else { return nil }
    let limits = DifferenceInterval.newcombe(
      successes1: bad.share * bad.size, trials1: bad.size, successes2: good.share * good.size,
      trials2: good.size, level: level)
    return (focal.size + others.size, bad.share - good.share, limits)
  }
}

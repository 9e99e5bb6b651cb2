import Metrics
import Statistics

/// A rate of a focal and a reference group compared within strata, and taken together over them.
///
/// Strata where one of the groups has no rows in the rate's denominator say nothing: they are left out and listed.
package struct StratifiedComparison: Sendable {
  /// One stratum.
  package struct Stratum: Sendable {
    package let name: String
    package let focal: GroupCounts
    package let reference: GroupCounts

    package init(_ name: String, focal: GroupCounts, reference: GroupCounts) {
      (self.name, self.focal, self.reference) = (name, focal, reference)
    }

    var pair: GroupPair { GroupPair(focal: focal, reference: reference) }
  }

  package let strata: [Stratum]
  package let metric: BinaryMetric
  private let tables: [MantelHaenszel.Stratum]

  /// - Parameter metric: a rate of counts
  package init(_ strata: [Stratum], of metric: BinaryMetric = .selectionRate) {
    self.strata = strata
    self.metric = metric
    tables = strata.compactMap { stratum in
      guard let rate = metric.rate else { return nil }
      let (focal, reference) = (
        rate.share(of: stratum.focal.counts), rate.share(of: stratum.reference.counts)
      )
      guard focal.trials > 0, reference.trials > 0 else { return nil }
      return MantelHaenszel.Stratum(
        successes1: focal.successes, trials1: focal.trials, successes2: reference.successes,
        trials2: reference.trials)
    }
  }

  /// Focal − reference in each stratum.
  package var differences: [(stratum: String, value: MeasureValue)] {
    strata.map { ($0.name, $0.pair.difference(metric)) }
  }

  /// The strata that say nothing.
  package var excluded: [String] { differences.filter { $0.value.value == nil }.map(\.stratum) }

  /// Odds and risk ratios over all strata, the Cochran–Mantel–Haenszel test and that of homogeneity, the focal
  /// group first. Its tests are of rows, not weights.
  package var pooled: MantelHaenszel { MantelHaenszel(tables) }

  /// The Mantel–Haenszel odds ratio.
  package var pooledOddsRatio: MeasureValue { ratio(pooled.oddsRatio) }
  /// The Mantel–Haenszel ratio of rates.
  package var pooledRatio: MeasureValue { ratio(pooled.riskRatio) }

  /// The Mantel–Haenszel difference of rates, Σ(n_f n_r/n) d_s / Σ(n_f n_r/n) (Greenland & Robins 1985).
  package var pooledDifference: MeasureValue {
    mean { $0.trials1 * $0.trials2 / ($0.trials1 + $0.trials2) }
  }

  /// The directly standardised difference, Σ w_s (p_{f,s} − p_{r,s}), where w_s is the stratum's share of both
  /// groups' trials.
  package var standardizedDifference: MeasureValue { mean { $0.trials1 + $0.trials2 } }

  /// The same with the focal group's strata as the standard: what the reference group's rates would bring it.
  package var differenceForFocal: MeasureValue { mean { $0.trials1 } }

  private func mean(_ weight: (MantelHaenszel.Stratum) -> Double) -> MeasureValue {
    var (sum, total) = (0.0, 0.0)
    for table in tables {
      let gap = table.successes1 / table.trials1 - table.successes2 / table.trials2
      sum += weight(table) * gap
      total += weight(table)
    }
    return .quotient(sum, total, reason: "no stratum has both groups")
  }

  private func ratio(_ value: Double) -> MeasureValue {
    if tables.isEmpty { return .undefined("no stratum has both groups") }
    return value.isNaN ? .undefined("the rate is 0, or 1, in every stratum") : .value(value)
  }
}

extension FairnessMeasure {
  private static func stratified(
    _ id: String, _ name: String, _ formula: String, source: String,
    range: ClosedRange<Double> = anything, fair: Double = 0, alias: [MetricDefinition.Alias] = []
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .conditional, formula: formula, source: source, range: range, fair: fair,
      meaning: fair == 0
        ? "0: the groups' values are alike within strata; below 0: lower for the focal group"
        : "1: the groups' values are alike within strata; below 1: lower for the focal group",
      undefined: "no stratum has both groups", aliases: alias)
  }

  package static let pooledDifference = stratified(
    "mantel_haenszel_difference", "Mantel–Haenszel difference",
    "Σ_s w_s (m_f − m_r)_s / Σ_s w_s, w_s = (n_f n_r/(n_f + n_r))_s, n the weight in a group's denominator",
    source: "Greenland & Robins 1985")
  package static let pooledRatio = stratified(
    "mantel_haenszel_ratio", "Mantel–Haenszel ratio",
    "Σ_s w_s m_{f,s} / Σ_s w_s m_{r,s}, w_s = (n_f n_r/(n_f + n_r))_s; of a rate Σ_s (k_f n_r/n)_s / Σ_s (k_r n_f/n)_s",
    source: "Greenland & Robins 1985", range: ratio, fair: 1)
  package static let pooledOddsRatio = stratified(
    "mantel_haenszel_odds_ratio", "Mantel–Haenszel odds ratio",
    "Σ_s (k_f (n_r − k_r)/n)_s / Σ_s (k_r (n_f − k_f)/n)_s", source: "Mantel & Haenszel 1959",
    range: ratio, fair: 1, alias: [.init("SolasAI", "segmented AIR"), .init("audit-AI", "CMH")])
  package static let standardizedDifference = stratified(
    "standardized_difference", "Directly standardised difference",
    "Σ_s (n_s/n)(m_{f,s} − m_{r,s}), n_s the weight in both groups' denominators", source: "Kitagawa 1955")
  package static let oddsRatioHomogeneity = FairnessMeasure(
    id: "odds_ratio_homogeneity", name: "Homogeneity of odds ratios", family: .conditional,
    formula: "Σ_s (a_s − â_s)²/Var(a_s) − Tarone's term, chi-squared on strata − 1",
    source: "Breslow & Day 1980; Tarone 1985", range: ratio, fair: 0,
    meaning: "0: one odds ratio holds in every stratum; large: strata differ, and a pooled number hides it",
    undefined: "fewer than two strata that say something, or no common odds ratio",
    aliases: [.init("audit-AI", "Breslow-Day")])
  package static let differenceHomogeneity = FairnessMeasure(
    id: "difference_homogeneity", name: "Homogeneity of differences", family: .conditional,
    formula:
      "Σ_s (d_s − d̄)²/Var(d_s), d̄ the mean of d_s = m_{f,s} − m_{r,s} by 1/Var(d_s), chi-squared on strata − 1",
    source: "Cochran 1954", range: ratio, fair: 0,
    meaning: "0: one difference holds in every stratum; large: strata differ, and a pooled number hides it",
    undefined: "fewer than two strata in which both groups have a value that varies")
  package static let valueWithinStratum = FairnessMeasure(
    id: "value_within_stratum", name: "Value within a stratum", family: .conditional,
    formula: "m_{g,s}, over the group's rows in the stratum",
    source: "Fairlearn MetricFrame (Bird et al. 2020)",
    range: anything, fair: nil, meaning: "what a group gets among rows of one level of the controls",
    undefined: "the group has no rows there, or none in the metric's denominator",
    aliases: [.init("Fairlearn", "MetricFrame.by_group")])
}

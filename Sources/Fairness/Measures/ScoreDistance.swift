import Metrics
import Statistics

/// How far two groups' scores lie apart, as an order and as distributions.
package enum ScoreDistance {
  /// Cross-group area under the ROC curve: the chance that a positive row of one group scores above a negative row of
  /// the other, ties one half (Kallus & Zhou 2019).
  package static func crossGroupArea(
    positivesOf first: AreaBetweenCurves.Group, negativesOf second: AreaBetweenCurves.Group
  ) -> MeasureValue {
    let positives = first.scores.indices.filter { first.labels[$0] == 1 }
    let negatives = second.scores.indices.filter { second.labels[$0] != 1 }
    guard !positives.isEmpty else { return .undefined("no positives in \(first.name)") }
    guard !negatives.isEmpty else { return .undefined("no negatives in \(second.name)") }
    func weights(_ group: AreaBetweenCurves.Group, _ rows: [Int]) -> [Double] {
      rows.map { group.weights?[$0] ?? 1 }
    }
    let area = ROCArea(
      positives.map { first.scores[$0] } + negatives.map { second.scores[$0] },
      labels: positives.map { _ in 1 } + negatives.map { _ in 0 },
      weights: weights(first, positives) + weights(second, negatives))
    return area.map { .value($0.value) } ?? .undefined("rows without weight")
  }

  /// xAUC(f over r) − xAUC(r over f): below 0 where the focal group's positives are ranked lower against the
  /// reference group's negatives than the other way round.
  package static func crossGroupAreaDifference(
    focal: AreaBetweenCurves.Group, reference: AreaBetweenCurves.Group
  ) -> MeasureValue {
    .difference(
      crossGroupArea(positivesOf: focal, negativesOf: reference),
      crossGroupArea(positivesOf: reference, negativesOf: focal))
  }

  /// The Wasserstein distance of order 1, ∫ |F_a − F_b|, on the values' own scale.
  ///
  /// - Returns: undefined where a group has no rows. Complexity: O(n log n).
  package static func wasserstein(_ a: [Double], _ b: [Double]) -> MeasureValue {
    guard !a.isEmpty, !b.isEmpty else { return .undefined("a group has no rows") }
    let (first, second) = (a.sorted(), b.sorted())
    var (i, j, distance) = (0, 0, 0.0)
    var last = min(first[0], second[0])
    while i < first.count || j < second.count {
      let next = min(i < first.count ? first[i] : .infinity, j < second.count ? second[j] : .infinity)
      let gap = Double(i) / Double(first.count) - Double(j) / Double(second.count)
      distance += abs(gap) * (next - last)
      while i < first.count, first[i] == next { i += 1 }
      while j < second.count, second[j] == next { j += 1 }
      last = next
    }
    return .value(distance)
  }
}

extension FairnessMeasure {
  package static let crossGroupAreaDifference = FairnessMeasure(
    id: "xauc_difference", name: "Cross-group AUC difference", family: .score,
    formula: "P(s_f⁺ > s_r⁻) − P(s_r⁺ > s_f⁻), ties one half", source: "Kallus & Zhou 2019", range: signed,
    fair: 0,
    meaning: "0: neither group's positives rank lower against the other's negatives; below 0: the focal's do",
    undefined: "a group has no positives or no negatives", aliases: [.init("", "ΔxAUC"), .init("", "xAUC")])
  package static let wassersteinDistance = FairnessMeasure(
    id: "wasserstein_distance", name: "Wasserstein distance of scores", family: .score,
    formula: "∫ |F_f(t) − F_r(t)| dt", source: "Kantorovich 1942; Jiang et al. 2020", range: ratio, fair: 0,
    meaning: "0: both groups' scores are distributed alike; on the scores' scale",
    undefined: "a group has no rows")
  package static let largestDistributionGap = FairnessMeasure(
    id: "distribution_gap", name: "Largest gap between distributions", family: .score,
    formula: "sup_t |F_f(t) − F_r(t)|", source: "Kolmogorov 1933; Smirnov 1939", range: share, fair: 0,
    meaning: "0: both groups' scores, or predictions, are distributed alike",
    undefined: "a group has no rows", aliases: [.init("holisticai", "max_statistical_parity")])
  package static let standardizedMeanDifference = FairnessMeasure(
    id: "standardized_mean_difference", name: "Standardised mean difference", family: .score,
    formula: "(s̄_f − s̄_r) / pooled standard deviation", source: "Cohen 1988", range: anything, fair: 0,
    meaning: "0: equal mean scores, or predictions; negative: lower for the focal group",
    undefined: "a group has no rows, or nothing varies",
    aliases: [.init("SolasAI", "SMD"), .init("holisticai", "zscore_diff")])
}

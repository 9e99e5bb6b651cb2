import Metrics

/// Equalized odds over all groups as Fairlearn takes it: the gaps of the true and the false positive rate
/// together (Hardt, Price & Srebro 2016).
package struct EqualizedOdds: Sendable {
  /// How the two gaps become one.
  package enum Aggregation: Sendable, CaseIterable {
    case worstCase, mean
  }

  private let truePositives: GroupAggregate
  private let falsePositives: GroupAggregate

  package init(_ groups: [GroupCounts], as compatibility: Compatibility? = nil) {
    truePositives = GroupAggregate(of: .truePositiveRate, in: groups, as: compatibility)
    falsePositives = GroupAggregate(of: .falsePositiveRate, in: groups, as: compatibility)
  }

  /// The larger of both rates' differences, or their mean; undefined where one is.
  package func difference(
    _ comparison: GroupAggregate.Comparison = .betweenGroups, _ aggregation: Aggregation = .worstCase
  ) -> MeasureValue {
    .combine(truePositives.difference(comparison).value, falsePositives.difference(comparison).value) {
      aggregation == .mean ? ($0 + $1) / 2 : max($0, $1)
    }
  }

  /// The smaller of both rates' ratios, or their mean; undefined where one is.
  package func ratio(
    _ comparison: GroupAggregate.Comparison = .betweenGroups, _ aggregation: Aggregation = .worstCase
  ) -> MeasureValue {
    .combine(truePositives.ratio(comparison).value, falsePositives.ratio(comparison).value) {
      aggregation == .mean ? ($0 + $1) / 2 : min($0, $1)
    }
  }
}

extension FairnessMeasure {
  package static let equalizedOddsDifference = FairnessMeasure(
    id: "equalized_odds_difference", name: "Equalized odds difference", family: .aggregation,
    formula: "max or mean of {max_g TPR_g − min_g TPR_g, max_g FPR_g − min_g FPR_g}",
    source: "Hardt, Price & Srebro 2016; Fairlearn", range: share, fair: 0,
    meaning: "0: true and false positive rates are the same in every group",
    undefined: "fewer than two groups have positives, or negatives",
    aliases: [
      .init("Fairlearn", "equalized_odds_difference"), .init("AIF360", "equalized_odds_difference"),
    ])

  package static let equalizedOddsRatio = FairnessMeasure(
    id: "equalized_odds_ratio", name: "Equalized odds ratio", family: .aggregation,
    formula: "min or mean of {min_g TPR_g / max_g TPR_g, min_g FPR_g / max_g FPR_g}",
    source: "Hardt, Price & Srebro 2016; Fairlearn", range: share, fair: 1,
    meaning: "1: true and false positive rates are the same in every group",
    undefined: "fewer than two groups have positives, or negatives; a rate is 0 in every group",
    aliases: [.init("Fairlearn", "equalized_odds_ratio")])
}

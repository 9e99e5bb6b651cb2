import Metrics

/// Confusion counts of scores instead of decisions: each row counts for both by its score (AIF360's generalised
/// rates; Pleiss et al. 2017). Scores are probabilities of the positive class.
package struct GeneralizedCounts: Sendable, Equatable {
  package let name: String
  package private(set) var truePositives = 0.0
  package private(set) var falsePositives = 0.0
  package private(set) var falseNegatives = 0.0
  package private(set) var trueNegatives = 0.0

  /// - Parameters:
  ///   - labels: 1 for positive
  ///   - weights: 1 each where nil
  package init(_ name: String, scores: [Double], labels: [UInt8], weights: [Double]? = nil) {
    self.name = name
    for (row, score) in scores.enumerated() {
      let weight = weights?[row] ?? 1
      if labels[row] == 1 {
        truePositives += weight * score
        falseNegatives += weight * (1 - score)
      } else {
        falsePositives += weight * score
        trueNegatives += weight * (1 - score)
      }
    }
  }

  /// E[s | y=1], the balance for the positive class (Kleinberg, Mullainathan & Raghavan 2017).
  package var truePositiveRate: MeasureValue {
    .quotient(truePositives, truePositives + falseNegatives, reason: "no positives in \(name)")
  }
  /// E[1 − s | y=1].
  package var falseNegativeRate: MeasureValue { truePositiveRate.map { 1 - $0 } }
  /// E[s | y=0], the balance for the negative class.
  package var falsePositiveRate: MeasureValue {
    .quotient(falsePositives, falsePositives + trueNegatives, reason: "no negatives in \(name)")
  }
  /// E[1 − s | y=0].
  package var trueNegativeRate: MeasureValue { falsePositiveRate.map { 1 - $0 } }

  /// GTPR of this − GTPR of the reference group.
  package func truePositiveRateDifference(from reference: GeneralizedCounts) -> MeasureValue {
    .difference(truePositiveRate, reference.truePositiveRate)
  }
  /// GFPR of this − GFPR of the reference group.
  package func falsePositiveRateDifference(from reference: GeneralizedCounts) -> MeasureValue {
    .difference(falsePositiveRate, reference.falsePositiveRate)
  }
  /// GFNR of this − GFNR of the reference group.
  package func falseNegativeRateDifference(from reference: GeneralizedCounts) -> MeasureValue {
    .difference(falseNegativeRate, reference.falseNegativeRate)
  }
  /// max(|ΔGFPR|, |ΔGTPR|).
  package func equalizedOddsDifference(from reference: GeneralizedCounts) -> MeasureValue {
    .combine(falsePositiveRateDifference(from: reference), truePositiveRateDifference(from: reference)) {
      max(abs($0), abs($1))
    }
  }
}

extension FairnessMeasure {
  private static func generalized(
    _ id: String, _ name: String, _ formula: String, range: ClosedRange<Double> = signed,
    undefined: String, alias: String
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .score, formula: formula,
      source: "Pleiss et al. 2017; Kleinberg, Mullainathan & Raghavan 2017", range: range, fair: 0,
      meaning: "0: rows of one class get the same mean score in both groups", undefined: undefined,
      aliases: [.init("AIF360", alias)])
  }

  package static let generalizedTruePositiveRateDifference = generalized(
    "generalized_true_positive_rate_difference", "Generalised true positive rate difference",
    "E[s|y=1,f] − E[s|y=1,r]", undefined: "a group has no positives",
    alias: "generalized_true_positive_rate")
  package static let generalizedFalsePositiveRateDifference = generalized(
    "generalized_false_positive_rate_difference", "Generalised false positive rate difference",
    "E[s|y=0,f] − E[s|y=0,r]", undefined: "a group has no negatives",
    alias: "generalized_false_positive_rate")
  package static let generalizedEqualizedOddsDifference = generalized(
    "generalized_equalized_odds_difference", "Generalised equalized odds difference",
    "max(|ΔE[s|y=1]|, |ΔE[s|y=0]|)", range: share, undefined: "a group has no positives or no negatives",
    alias: "generalized_equalized_odds_difference")
}

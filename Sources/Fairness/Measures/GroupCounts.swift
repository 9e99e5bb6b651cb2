import Metrics
import Statistics

/// One group's rows by outcome: a name and its confusion counts, which may be sums of weights.
///
/// The positive class is the favourable one; where the other is (no recidivism), use `withClassesExchanged`.
package struct GroupCounts: Sendable, Equatable {
  package let name: String
  package let counts: OutcomeCounts

  package init(_ name: String, _ counts: OutcomeCounts) {
    self.name = name
    self.counts = counts
  }

  package init(
    _ name: String, truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int
  ) {
    self.name = name
    counts = OutcomeCounts(
      truePositives: truePositives, falsePositives: falsePositives, falseNegatives: falseNegatives,
      trueNegatives: trueNegatives)
  }

  package var truePositives: Double { counts[.truePositive] }
  package var falsePositives: Double { counts[.falsePositive] }
  package var falseNegatives: Double { counts[.falseNegative] }
  package var trueNegatives: Double { counts[.trueNegative] }
  package var positives: Double { truePositives + falseNegatives }
  package var negatives: Double { falsePositives + trueNegatives }
  package var selected: Double { truePositives + falsePositives }
  package var unselected: Double { falseNegatives + trueNegatives }
  package var size: Double { positives + negatives }
  /// Kish's effective number of rows.
  package var effectiveSize: Double {
    Kish.effectiveSize(sum: counts.weight, sumOfSquares: counts.squaredWeight)
  }

  /// The same rows with the other class as the positive one.
  package var withClassesExchanged: GroupCounts {
    func exchanged<T>(_ values: [T]) -> [T] { values.reversed() }
    return GroupCounts(
      name,
      OutcomeCounts(
        rows: exchanged(counts.rows), weights: exchanged(counts.weights),
        squaredWeights: exchanged(counts.squaredWeights)))
  }

  /// The rows of all groups together; groups are disjoint.
  package static func total(_ groups: [GroupCounts], name: String = "all groups") -> GroupCounts {
    func sum<T: AdditiveArithmetic>(_ values: (OutcomeCounts) -> [T]) -> [T] {
      (0..<4).map { cell in groups.reduce(.zero) { $0 + values($1.counts)[cell] } }
    }
    return GroupCounts(
      name,
      OutcomeCounts(
        rows: sum { $0.rows }, weights: sum { $0.weights }, squaredWeights: sum { $0.squaredWeights }))
  }

  /// A rate of this group (`accuracy`, `selectionRate`, `truePositiveRate`, …).
  package func rate(_ metric: BinaryMetric, as compatibility: Compatibility? = nil) -> MeasureValue {
    guard let definition = metric.rate else { return .undefined("\(metric.id) is no rate of counts") }
    if let value = definition.share(of: counts).value { return .value(value) }
    if Self.isZeroWhenEmpty(metric, compatibility) { return .value(0) }
    return .undefined("\(metric.definition.undefined ?? "no rows") in \(name)")
  }

  /// What scikit-learn, and Fairlearn with it, gives where a score made of two rates lacks one of them: F1 of no
  /// positives and none selected is 0, balanced accuracy the rate of the class that there is. Nil of other metrics.
  package func filled(_ metric: BinaryMetric) -> Double? {
    switch metric {
    case .f1: truePositives + falsePositives + falseNegatives == 0 && size > 0 ? 0 : nil
    case .balancedAccuracy where size > 0:
      positives == 0 ? trueNegatives / negatives : negatives == 0 ? truePositives / positives : nil
    default: nil
    }
  }

  private static func isZeroWhenEmpty(_ metric: BinaryMetric, _ compatibility: Compatibility?) -> Bool {
    let ofLabels: Set<BinaryMetric> = [
      .truePositiveRate, .falseNegativeRate, .trueNegativeRate, .falsePositiveRate,
    ]
    let ofDecisions: Set<BinaryMetric> = [
      .precision, .negativePredictiveValue, .falseDiscoveryRate, .falseOmissionRate, .accuracy,
    ]
    return switch compatibility {
    case .fairlearn: ofLabels.contains(metric) || metric == .precision
    case .aif360: ofDecisions.contains(metric)
    case .clarify: ofLabels.contains(metric) || ofDecisions.contains(metric)
    case .aequitas, .tfma, nil: false
    }
  }
}

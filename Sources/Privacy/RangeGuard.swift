import Metrics
import Results

/// Whether it may be told which groups have the largest and the smallest value of a metric: that bounds the values of
/// the withheld groups. It may where the bounds leave room for a row more or less in every count of theirs.
struct RangeGuard {
  private let evaluation: Evaluation
  private let hidden: [Int]
  private let metric: String

  init(_ evaluation: Evaluation, _ suppression: Suppression, family: Int, metric: String) {
    self.evaluation = evaluation
    self.metric = metric
    let layer = Suppression.layer(of: metric)
    hidden = evaluation.families[family].slices.filter { suppression.hides(layer, $0) }
  }

  var hasHidden: Bool { !hidden.isEmpty }

  func admits(_ gap: Gap) -> Bool {
    guard hasHidden else { return true }
    guard let group = value(gap.group), let reference = value(gap.reference) else { return false }
    if gap.comparison == .betweenGroups {
      return admits(from: min(group, reference), to: max(group, reference))
    }
    let direction = evaluation.metricIndex(metric).map { evaluation.metrics[$0].direction }
    return direction == .lowerIsBetter
      ? admits(from: reference, to: .infinity) : admits(from: -.infinity, to: reference)
  }

  private func value(_ slice: Int?) -> Double? {
    slice.flatMap { evaluation.estimate(metric, slice: $0)?.value }
  }

  func admits(from low: Double, to high: Double) -> Bool {
    guard hasHidden else { return true }
    guard evaluation.slices.cellWeights.isEmpty, let rate = BinaryMetric(id: metric)?.rate else {
      return false
    }
    return hidden.allSatisfy { slice in
      let slices = evaluation.slices
      let cells = [
        slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
        slices.trueNegatives[slice],
      ]
      let counted = Outcome.allCases.filter { rate.isSuccess($0) && rate.isTrial($0) }
        .reduce(0) { $0 + cells[$1.rawValue] }
      let others = Outcome.allCases.filter { !rate.isSuccess($0) && rate.isTrial($0) }
        .reduce(0) { $0 + cells[$1.rawValue] }
      return Self.neighbours(counted).allSatisfy { successes in
        Self.neighbours(others).allSatisfy { failures in
          guard successes + failures > 0 else { return false }
          let value = Double(successes) / Double(successes + failures)
          return value >= low && value <= high
        }
      }
    }
  }

  private static func neighbours(_ count: Int) -> ClosedRange<Int> { max(0, count - 1)...count + 1 }
}

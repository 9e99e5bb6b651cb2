import Metrics
import Statistics

/// How much stands in the denominators of a metric, by group.
struct Denominators {
  /// Rows; of a metric of both classes, those of the rarer.
  let rows: [Int]
  /// Kish's effective number of units, each with the weight of its rows (Kish 1965); of both classes the lesser.
  let units: [Double]

  /// Complexity: O(rows).
  init(
    _ input: ExplanationInput, _ base: ImportanceReading.Prediction, _ readout: ImportanceReadout,
    _ metric: BinaryMetric
  ) {
    let parts = Self.parts(metric).map { Part(input, base, readout, $0) }
    rows = (0..<readout.groupCount).map { group in parts.map { $0.rows[group] }.min() ?? 0 }
    units = (0..<readout.groupCount).map { group in parts.map { $0.units[group] }.min() ?? 0 }
  }

  /// Outcomes that each denominator counts.
  private static func parts(_ metric: BinaryMetric) -> [[Outcome]] {
    if let rate = metric.rate { return [Outcome.allCases.filter(rate.isTrial)] }
    switch metric {
    case .rocAUC, .balancedAccuracy, .mcc:
      return [[.truePositive, .falseNegative], [.falsePositive, .trueNegative]]
    case .f1: return [[.truePositive, .falsePositive, .falseNegative]]
    default: return [Outcome.allCases]
    }
  }

  private struct Part {
    var rows: [Int]
    var units: [Double]

    init(
      _ input: ExplanationInput, _ base: ImportanceReading.Prediction, _ readout: ImportanceReadout,
      _ outcomes: [Outcome]
    ) {
      rows = [Int](repeating: 0, count: readout.groupCount + 1)
      var weights: [[Int32: Double]] = Array(repeating: [:], count: readout.groupCount + 1)
      var sums = [Double](repeating: 0, count: readout.groupCount + 1)
      var squares = sums
      let counted = Set(outcomes.map(\.rawValue))
      for (row, group) in readout.groups.enumerated() {
        let outcome = Int(readout.cells[row] - 4 * group) - 2 * Int(base.decisions[row])
        guard counted.contains(outcome) else { continue }
        rows[Int(group)] += 1
        let weight = input.observations.weights?[row] ?? 1
        sums[Int(group)] += weight
        guard let unit = input.units?[row] else {
          squares[Int(group)] += weight * weight
          continue
        }
        // (s + w)² − s² is added as the unit's weight grows from s.
        let before = weights[Int(group)][unit] ?? 0
        squares[Int(group)] += weight * (2 * before + weight)
        weights[Int(group)][unit] = before + weight
      }
      units = zip(sums, squares).map { Kish.effectiveSize(sum: $0, sumOfSquares: $1) }
    }
  }
}

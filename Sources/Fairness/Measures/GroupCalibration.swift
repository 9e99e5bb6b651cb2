import Metrics
import Statistics

/// Whether scores mean the same in every group: |ȳ − s̄| in each cell of group × score bin (Kleinberg, Mullainathan &
/// Raghavan 2017; Pleiss et al. 2017). The largest is the worst cell of multicalibration over these groups
/// (Hébert-Johnson et al. 2018).
package struct GroupCalibration: Sendable {
  /// A group's rows in one bin.
  package struct Cell: Sendable, Equatable {
    package let group: Int
    package let bin: Int
    package let rows: Int
    package let weight: Double
    package let meanScore: Double
    package let positiveShare: Double
    /// Kish's effective number of rows.
    package let effectiveRows: Double

    /// |ȳ − s̄|.
    package var gap: Double { abs(positiveShare - meanScore) }
  }

  /// The cells that have rows (and weight), by group, then bin.
  package let cells: [Cell]

  /// - Parameters:
  ///   - scores: without NaN
  ///   - groups: each row's group, from 0; below 0 in none
  ///   - labels: 1 for positive
  ///   - bins: at least 1, of equal width over 0…1; scores outside it belong to the first or the last one
  package init(
    scores: [Double], labels: [UInt8], groups: [Int], groupCount: Int, weights: [Double]? = nil,
    bins: Int = 10
  ) {
    let codes = scores.map { max(0, min(bins - 1, Int((max(0, min(1, $0)) * Double(bins)).rounded(.down)))) }
    self.init(
      scores: scores, labels: labels, groups: groups, groupCount: groupCount, weights: weights, binOf: codes,
      bins: bins)
  }

  /// - Parameter binOf: each row's bin, from 0
  package init(
    scores: [Double], labels: [UInt8], groups: [Int], groupCount: Int, weights: [Double]? = nil,
    binOf: [Int], bins: Int
  ) {
    var sums = [(rows: Int, weight: Double, squares: Double, score: Double, positive: Double)](
      repeating: (0, 0, 0, 0, 0), count: groupCount * bins)
    for row in scores.indices where groups[row] >= 0 {
      let (cell, weight) = (groups[row] * bins + binOf[row], weights?[row] ?? 1)
      sums[cell].rows += 1
      sums[cell].weight += weight
      sums[cell].squares += weight * weight
      sums[cell].score += weight * scores[row]
      sums[cell].positive += labels[row] == 1 ? weight : 0
    }
    cells = sums.enumerated().filter { $0.1.weight > 0 }.map { index, sum in
      Cell(
        group: index / bins, bin: index % bins, rows: sum.rows, weight: sum.weight,
        meanScore: sum.score / sum.weight, positiveShare: sum.positive / sum.weight,
        effectiveRows: Kish.effectiveSize(sum: sum.weight, sumOfSquares: sum.squares))
    }
  }

  /// The cell with the largest gap that has at least so many rows; of equals the first.
  package func worst(atLeast rows: Int = 1) -> Cell? {
    cells.filter { $0.rows >= rows }.reduce(nil) { best, next in
      best.map { next.gap > $0.gap ? next : $0 } ?? next
    }
  }

  /// The largest gap of the cells that have at least so many rows.
  package func maximum(atLeast rows: Int = 1) -> MeasureValue {
    worst(atLeast: rows).map { .value($0.gap) } ?? .undefined("no group and bin has \(rows) rows")
  }

  /// The mean gap over rows: with all groups' rows the mean of the groups' expected calibration errors.
  package var mean: MeasureValue {
    let weight = cells.reduce(0) { $0 + $1.weight }
    return .quotient(cells.reduce(0) { $0 + $1.weight * $1.gap }, weight, reason: "no rows")
  }

  /// One group's expected calibration error.
  package func mean(ofGroup group: Int) -> MeasureValue {
    let own = cells.filter { $0.group == group }
    return .quotient(
      own.reduce(0) { $0 + $1.weight * $1.gap }, own.reduce(0) { $0 + $1.weight }, reason: "no rows")
  }
}

extension FairnessMeasure {
  package static let worstGroupCalibration = FairnessMeasure(
    id: "calibration_within_groups_max", name: "Calibration within groups, worst cell", family: .score,
    formula: "max_{g,b} |ȳ_gb − s̄_gb| over cells of 30 rows or more",
    source: "Kleinberg, Mullainathan & Raghavan 2017; Hébert-Johnson et al. 2018", range: share, fair: 0,
    meaning: "0: a score means the same share of positives in every group and bin",
    undefined: "no group and bin has enough rows", aliases: [.init("veritastool", "calibration_by_group")])
  package static let meanGroupCalibration = FairnessMeasure(
    id: "calibration_within_groups_mean", name: "Calibration within groups, mean over rows", family: .score,
    formula: "Σ_{g,b} (n_gb/n) |ȳ_gb − s̄_gb|", source: "Pleiss et al. 2017", range: share, fair: 0,
    meaning: "0: a score means the same share of positives in every group and bin", undefined: "no rows")
}

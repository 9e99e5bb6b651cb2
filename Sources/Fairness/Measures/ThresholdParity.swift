import Metrics
import Statistics

/// Two groups' shares of numbers at or above a threshold, as it runs through the quantiles of both groups' numbers together.
package struct ThresholdParity: Sendable {
  /// One group's numbers, ascending.
  package typealias Group = AreaBetweenCurves.Group

  private let focal: Exceedance
  private let reference: Exceedance

  /// - Returns: nil where a group has no rows, or no weight
  package init?(_ focal: Group, _ reference: Group) {
    guard let a = Exceedance(focal), let b = Exceedance(reference) else { return nil }
    (self.focal, self.reference) = (a, b)
  }

  /// ∫₀¹ |P(x ≥ t_q | f) − P(x ≥ t_q | r)| dq, t_q the smallest number that a share q of both groups' weight does not exceed.
  /// Complexity: O(n).
  package var area: Double {
    let whole = focal.total + reference.total
    var (i, j, area) = (0, 0, 0.0)
    while i < focal.values.count || j < reference.values.count {
      let value = min(focal.value(i), reference.value(j))
      let gap = abs(focal.share(from: i) - reference.share(from: j))
      let (first, second) = (focal.end(of: value, from: i), reference.end(of: value, from: j))
      area += gap * (focal.weight(i..<first) + reference.weight(j..<second)) / whole
      (i, j) = (first, second)
    }
    return area
  }

  /// How many quantiles, evenly spaced from 1 to 0, `level` looks at: holisticai's 100.
  private static let grid = 100
  /// What the ratio of shares must lie between.
  private static let bounds = (lower: 0.8, upper: 1.2)

  /// The highest quantile of both groups' numbers, of 100, at which the focal share at or above it is between 0.8 and 1.2 times the
  /// reference's. Quantiles are those of `PredictionQuantiles`. Complexity: O(n log n).
  package var level: Double? {
    let quantiles = PredictionQuantiles(
      focal.values + reference.values,
      weights: focal.weights.flatMap { own in reference.weights.map { own + $0 } })
    return (0..<Self.grid).lazy.map { step in
      quantiles.value(at: 1 - Double(step) / Double(Self.grid - 1))
    }.first { threshold in
      let (a, b) = (focal.share(atLeast: threshold), reference.share(atLeast: threshold))
      return b > 0 && a / b > Self.bounds.lower && a / b < Self.bounds.upper
    }
  }
}

/// A group's shares at or above its numbers.
private struct Exceedance: Sendable {
  let values: [Double]
  let weights: [Double]?
  /// The weight from each row on; 0 after the last.
  private let above: [Double]

  init?(_ group: ThresholdParity.Group) {
    (values, weights) = (group.scores, group.weights)
    var sums = [Double](repeating: 0, count: group.scores.count + 1)
    for row in group.scores.indices.reversed() { sums[row] = sums[row + 1] + (group.weights?[row] ?? 1) }
    above = sums
    guard sums[0] > 0 else { return nil }
  }

  var total: Double { above[0] }

  func value(_ row: Int) -> Double { row < values.count ? values[row] : .infinity }

  func share(from row: Int) -> Double { above[row] / above[0] }

  func weight(_ rows: Range<Int>) -> Double { above[rows.lowerBound] - above[rows.upperBound] }

  func end(of value: Double, from row: Int) -> Int {
    var row = row
    while row < values.count, values[row] == value { row += 1 }
    return row
  }

  func share(atLeast threshold: Double) -> Double {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] >= threshold { high = middle } else { low = middle + 1 }
    }
    return share(from: low)
  }
}

extension FairnessMeasure {
  package static let thresholdParityArea = FairnessMeasure(
    id: "statistical_parity_area", name: "Statistical parity area", family: .prediction,
    formula: "∫₀¹ |P(ŷ ≥ t_q|f) − P(ŷ ≥ t_q|r)| dq, t_q the q-quantile of both groups' ŷ",
    source: "holisticai",
    range: share, fair: 0,
    meaning:
      "0: equal shares are predicted above every threshold; every threshold counts as many rows as it parts",
    undefined: "a group has no rows",
    aliases: [.init("holisticai", "statistical_parity_auc"), .init("", "sp_auc")])
  package static let noDisparateImpactLevel = FairnessMeasure(
    id: "no_disparate_impact_level", name: "Level of no disparate impact", family: .prediction,
    formula:
      "largest of 100 evenly spaced quantiles t of both groups' ŷ with 0.8 < P(ŷ ≥ t|f) / P(ŷ ≥ t|r) < 1.2",
    source: "holisticai", range: anything, fair: nil,
    meaning:
      "the highest threshold that selects the focal group 0.8 to 1.2 times as often; on the predictions' scale",
    undefined: "a group has no rows", aliases: [.init("holisticai", "no_disparate_impact_level")])
}

import Glibc
import Metrics
import Statistics

/// Differences of two groups' quotients of counts that are no shares: positives per selected row, misses per false
/// alarm.
extension GroupPair {
  /// Limits of a − b from the log limits of each quotient, whose variances are of cells with half a row more
  /// (delta method; MOVER: Zou & Donner 2008).
  ///
  /// - Parameters:
  ///   - value: the measure's own
  ///   - first: the group that is subtracted from, then the other
  package func quotientDifference(
    _ value: MeasureValue, _ first: GroupCounts, _ second: GroupCounts, over: [Outcome], under: [Outcome],
    level: Double
  ) -> MeasureNumber {
    guard let a = Self.quotient(first, over, under, level), let b = Self.quotient(second, over, under, level)
    else { return MeasureNumber(value, reason: "a quotient has an empty side") }
    return MeasureNumber(
      value, DifferenceInterval.mover(a.value, a.limits, b.value, b.limits),
      "MOVER over log limits (delta method, half a row added to each cell)")
  }

  private static func quotient(
    _ group: GroupCounts, _ over: [Outcome], _ under: [Outcome], _ level: Double
  ) -> (value: Double, limits: Interval)? {
    func sum(_ cells: [Double], _ outcomes: [Outcome]) -> Double {
      outcomes.reduce(0) { $0 + cells[$1.rawValue] }
    }
    let counts = group.counts
    let rows = Double(counts.rowCount)
    let (top, bottom) = (sum(counts.weights, over), sum(counts.weights, under))
    guard rows > 0, top > 0, bottom > 0 else { return nil }
    let cells = counts.weights.map { $0 + counts.weight / rows / 2 }
    let squares = counts.squaredWeights.map { $0 + counts.squaredWeight / rows / 2 }
    let (high, low) = (sum(cells, over), sum(cells, under))
    let variance = Outcome.allCases.reduce(0.0) { total, outcome in
      let slope = (over.contains(outcome) ? 1 / high : 0) - (under.contains(outcome) ? 1 / low : 0)
      return total + squares[outcome.rawValue] * slope * slope
    }
    let factor = exp(Normal.criticalValue(level: level) * variance.squareRoot())
    let value = top / bottom
    return (value, Interval(lower: value / factor, upper: value * factor))
  }
}

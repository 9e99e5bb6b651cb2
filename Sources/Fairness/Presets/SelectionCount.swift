import Metrics
import Results
import Statistics

/// How many of a group are selected (or score above a cut).
struct SelectionCount: Sendable {
  /// Rows, unweighted; selected rows where they are known by number.
  let rows: Int
  let selectedRows: Int?
  /// The share that is selected, weighted where weights are in force.
  let rate: Double
  /// Kish's effective size; the rows without weights.
  let size: Double
  let isWeighted: Bool

  /// Selected on the scale of the effective size.
  var selected: Double { isWeighted ? rate * size : Double(selectedRows ?? 0) }

  /// nil where the group has no rows or no weight.
  init?(_ counts: OutcomeCounts) {
    guard let share = BinaryMetric.selectionRate.rate?.share(of: counts), let rate = share.value else {
      return nil
    }
    rows = share.rows
    selectedRows = share.successRows
    self.rate = rate
    size = share.effectiveCount
    isWeighted = !share.isUnweighted
  }

  /// A part of a group by weight: `weight` of all of its own.
  init?(above weight: Double, of counts: OutcomeCounts) {
    guard let all = SelectionCount(counts) else { return nil }
    rows = all.rows
    size = all.size
    isWeighted = all.isWeighted
    selectedRows = all.isWeighted ? nil : Int(weight.rounded())
    rate = weight / counts.weight
  }

  func interval(level: Double) -> Interval {
    ProportionInterval.wilson(successes: selected, trials: size, level: level)
  }
}

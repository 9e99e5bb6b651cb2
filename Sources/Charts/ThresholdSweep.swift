/// What every threshold would do: a rate of each group over the threshold, and below it the gap between the groups.
/// Up to four groups are told apart; of more, the first few, and the range of all as a band.
package struct ThresholdSweep: Chart, Equatable {
  /// A rate with the gap that follows from it; they share their horizontal scale.
  package struct Column: Equatable, Sendable {
    package var name: String
    /// One list a group, one entry a threshold; NaN where there is no value.
    package var rates: [[Double]]
    package var gapName: String
    package var gap: [Double]
    /// The largest gap that a policy allows.
    package var limit: Double?

    package init(_ name: String, rates: [[Double]], gapName: String, gap: [Double], limit: Double? = nil) {
      self.name = name
      self.rates = rates
      self.gapName = gapName
      self.gap = gap
      self.limit = limit
    }
  }

  package var title: String
  package var summary: String
  /// Ascending.
  package var thresholds: [Double]
  package var groups: [String]
  package var columns: [Column]
  /// The threshold in force.
  package var current: Double?
  package var xLabel: String
  package var limitLegend: String

  package init(
    title: String, summary: String = "", thresholds: [Double], groups: [String], columns: [Column],
    current: Double? = nil, xLabel: String = "Threshold", limitLegend: String = "within the policy's limit"
  ) {
    self.title = title
    self.summary = summary
    self.thresholds = thresholds
    self.groups = groups
    self.columns = columns
    self.current = current
    self.xLabel = xLabel
    self.limitLegend = limitLegend
  }

  /// Groups drawn by themselves where there are more than colours.
  static let drawnInPart = 3

  /// The groups with a line of their own.
  var lines: Range<Int> {
    0..<(groups.count <= Ink.seriesCount ? groups.count : ThresholdSweep.drawnInPart)
  }
}

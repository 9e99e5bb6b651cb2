/// Shares that each group has of several wholes, on one line a group: where they lie apart, it has more of one than of
/// another.
package struct ShareStrip: Chart, Equatable {
  package struct Row: Equatable, Sendable {
    package var label: String
    package var note: String
    /// One for each series; NaN for none.
    package var shares: [Double]
    package var isUnstable: Bool

    package init(_ label: String, note: String = "", shares: [Double], isUnstable: Bool = false) {
      self.label = label
      self.note = note
      self.shares = shares
      self.isUnstable = isUnstable
    }
  }

  package var title: String
  package var summary: String
  /// At most four.
  package var series: [String]
  package var rows: [Row]
  package var noteHeading: String
  package var axisName: String

  package init(
    title: String, summary: String = "", series: [String], rows: [Row], noteHeading: String = "n",
    axisName: String = "Share of all"
  ) {
    self.title = title
    self.summary = summary
    self.series = series
    self.rows = rows
    self.noteHeading = noteHeading
    self.axisName = axisName
  }
}

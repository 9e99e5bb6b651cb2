/// A matrix of values: every cell says its number and what it rests on; the fill only repeats it.
package struct HeatGrid: Chart, Equatable {
  package struct Cell: Equatable, Sendable {
    package var reading: Reading
    /// What the value rests on, such as `420`.
    package var note: String

    package init(_ reading: Reading, note: String = "") {
      self.reading = reading
      self.note = note
    }
  }

  /// How values become fills.
  package enum Ramp: Equatable, Sendable {
    /// One hue, from the least (or given) value to the greatest.
    case sequential(ClosedRange<Double>? = nil)
    /// Two hues either side of a reference value, symmetric: full at `reach` away, or at the farthest value.
    case diverging(around: Double, reach: Double? = nil)
  }

  package var title: String
  package var summary: String
  package var rowLabels: [String]
  package var columnLabels: [String]
  /// What rows and columns are, such as `race`.
  package var rowHeading: String
  package var columnHeading: String
  /// By row, then column; nil for a cell that does not exist.
  package var cells: [[Cell?]]
  package var ramp: Ramp
  package var format: NumberText.Format
  package var decimals: Int
  /// What a striped cell means.
  package var unstableLegend: String

  package init(
    title: String, summary: String = "", rowLabels: [String], columnLabels: [String], rowHeading: String = "",
    columnHeading: String = "", cells: [[Cell?]], ramp: Ramp = .sequential(),
    format: NumberText.Format = .number,
    decimals: Int = 3, unstableLegend: String = "striped: few observations"
  ) {
    self.title = title
    self.summary = summary
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.rowHeading = rowHeading
    self.columnHeading = columnHeading
    self.cells = cells
    self.ramp = ramp
    self.format = format
    self.decimals = decimals
    self.unstableLegend = unstableLegend
  }
}

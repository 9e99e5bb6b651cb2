/// How a number is spread in each group: a strip of its quantiles, the middle half as a box.
package struct QuantileStrip: Chart, Equatable {
  package struct Row: Equatable, Sendable {
    package var label: String
    /// What the quantiles rest on, such as `420`.
    package var note: String
    /// In rising order: outer, inner, median, inner, outer; others and fewer are drawn as far as they go.
    package var quantiles: [Double]
    /// Rests on few observations: drawn hollow.
    package var isUnstable: Bool
    /// The whole, or the group that the others are compared with.
    package var isReference: Bool

    package init(
      _ label: String, note: String = "", quantiles: [Double], isUnstable: Bool = false,
      isReference: Bool = false
    ) {
      self.label = label
      self.note = note
      self.quantiles = quantiles
      self.isUnstable = isUnstable
      self.isReference = isReference
    }
  }

  package var title: String
  package var summary: String
  package var rows: [Row]
  /// What the axis shows, and the ends of its directions.
  package var axisName: String
  package var lessLabel: String
  package var moreLabel: String
  package var noteHeading: String
  /// What box and line are.
  package var boxLegend: String
  package var lineLegend: String
  package var unstableLegend: String

  package init(
    title: String, summary: String = "", rows: [Row], axisName: String, lessLabel: String = "",
    moreLabel: String = "", noteHeading: String = "n", boxLegend: String = "middle half",
    lineLegend: String = "middle 90 %", unstableLegend: String = "hollow: few observations"
  ) {
    self.title = title
    self.summary = summary
    self.rows = rows
    self.axisName = axisName
    self.lessLabel = lessLabel
    self.moreLabel = moreLabel
    self.noteHeading = noteHeading
    self.boxLegend = boxLegend
    self.lineLegend = lineLegend
    self.unstableLegend = unstableLegend
  }
}

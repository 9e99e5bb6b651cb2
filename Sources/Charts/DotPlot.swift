/// Estimates with intervals: groups as rows, measures as panels that share the rows.
package struct DotPlot: Chart, Equatable {
  /// One measure.
  package struct Panel: Equatable, Sendable {
    package var name: String
    package var axis: AxisSpec
    /// A value to compare with, such as the overall one.
    package var reference: ReferenceLine?

    package init(_ name: String, axis: AxisSpec = .rate, reference: ReferenceLine? = nil) {
      self.name = name
      self.axis = axis
      self.reference = reference
    }
  }

  /// One group.
  package struct Row: Equatable, Sendable {
    package var label: String
    /// What the estimates rest on, such as `420`.
    package var note: String
    /// One for each panel; missing ones are absent.
    package var readings: [Reading]
    /// The group or the whole that the others are compared with.
    package var isReference: Bool

    package init(_ label: String, note: String = "", readings: [Reading], isReference: Bool = false) {
      self.label = label
      self.note = note
      self.readings = readings
      self.isReference = isReference
    }
  }

  package var title: String
  package var summary: String
  package var panels: [Panel]
  package var rows: [Row]
  /// Heading of the notes, such as `n`.
  package var noteHeading: String
  /// Whether value and interval stand beside the panel in words; only for a single panel.
  package var showsValues: Bool
  /// What a hollow mark means.
  package var unstableLegend: String

  package init(
    title: String, summary: String = "", panels: [Panel], rows: [Row], noteHeading: String = "n",
    showsValues: Bool = true, unstableLegend: String = "hollow: few observations"
  ) {
    self.title = title
    self.summary = summary
    self.panels = panels
    self.rows = rows
    self.noteHeading = noteHeading
    self.showsValues = showsValues
    self.unstableLegend = unstableLegend
  }
}

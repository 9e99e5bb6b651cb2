/// Comparisons of groups with a reference: differences around 0 and, on a log axis, ratios around 1.
package struct Forest: Chart, Equatable {
  package enum Kind: Sendable {
    /// Linear axis, neutral at 0.
    case difference
    /// Log axis, neutral at 1.
    case ratio

    var neutral: Double { self == .difference ? 0 : 1 }
  }

  /// One kind of comparison.
  package struct Panel: Equatable, Sendable {
    package var name: String
    package var kind: Kind
    package var axis: AxisSpec
    /// The region that is tolerated; drawn as a band. An infinite end is open.
    package var tolerated: ClosedRange<Double>?
    /// What the band is, such as `limit ±0.05`.
    package var toleratedLabel: String
    /// What lies left and right of the neutral line, in a word or two.
    package var lessLabel: String
    package var moreLabel: String

    package init(
      _ name: String, _ kind: Kind, axis: AxisSpec = AxisSpec(), tolerated: ClosedRange<Double>? = nil,
      toleratedLabel: String = "", lessLabel: String = "", moreLabel: String = ""
    ) {
      self.name = name
      self.kind = kind
      self.axis = axis
      self.tolerated = tolerated
      self.toleratedLabel = toleratedLabel
      self.lessLabel = lessLabel
      self.moreLabel = moreLabel
    }
  }

  /// One group.
  package struct Row: Equatable, Sendable {
    package var label: String
    /// What the comparison rests on, such as `420`.
    package var note: String
    /// The square's area is in proportion to this, within bounds; usually rows or effective n.
    package var weight: Double
    /// One for each panel.
    package var readings: [Reading]
    /// The group that the others are compared with.
    package var isReference: Bool

    package init(
      _ label: String, note: String = "", weight: Double, readings: [Reading], isReference: Bool = false
    ) {
      self.label = label
      self.note = note
      self.weight = weight
      self.readings = readings
      self.isReference = isReference
    }
  }

  package var title: String
  package var summary: String
  package var panels: [Panel]
  package var rows: [Row]
  package var noteHeading: String
  /// What a hollow mark means.
  package var unstableLegend: String

  package init(
    title: String, summary: String = "", panels: [Panel], rows: [Row], noteHeading: String = "n",
    unstableLegend: String = "hollow: few observations"
  ) {
    self.title = title
    self.summary = summary
    self.panels = panels
    self.rows = rows
    self.noteHeading = noteHeading
    self.unstableLegend = unstableLegend
  }
}

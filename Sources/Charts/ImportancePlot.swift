/// What is lost without a feature: features as rows, measures or groups as panels that share the rows, around zero.
/// A thin line is the interval for other rows; a thick one within it what another shuffle alone could change.
package struct ImportancePlot: Chart, Equatable {
  /// One measure, or one group.
  package struct Panel: Equatable, Sendable {
    package var name: String
    /// A second line below the name, such as the gap as it is.
    package var note: String
    package var axis: AxisSpec
    /// What lies left and right of zero, in a word or two.
    package var lessLabel: String
    package var moreLabel: String

    package init(
      _ name: String, note: String = "", axis: AxisSpec = AxisSpec(), lessLabel: String = "",
      moreLabel: String = ""
    ) {
      self.name = name
      self.note = note
      self.axis = axis
      self.lessLabel = lessLabel
      self.moreLabel = moreLabel
    }
  }

  /// One feature in one panel. An unstable reading is drawn hollow.
  package struct Cell: Equatable, Sendable {
    package var reading: Reading
    /// Half the length of the thick line; nil for none.
    package var shuffle: Double?
    /// Single repeats, drawn as ticks below the line.
    package var repeats: [Double]
    /// What to compare with, such as the same feature over all rows.
    package var reference: Double?

    package init(
      _ reading: Reading, shuffle: Double? = nil, repeats: [Double] = [], reference: Double? = nil
    ) {
      self.reading = reading
      self.shuffle = shuffle
      self.repeats = repeats
      self.reference = reference
    }
  }

  package struct Row: Equatable, Sendable {
    package var label: String
    /// What to know about the feature in a word, such as a share.
    package var note: String
    /// One for each panel; missing ones are absent.
    package var cells: [Cell]

    package init(_ label: String, note: String = "", cells: [Cell]) {
      self.label = label
      self.note = note
      self.cells = cells
    }
  }

  package var title: String
  package var summary: String
  package var panels: [Panel]
  package var rows: [Row]
  package var noteHeading: String
  /// Whether all panels have one scale, so that they can be compared.
  package var sharesScale: Bool
  /// Whether zero is part of every scale, with a line.
  package var hasZero: Bool
  /// What a hollow mark and the tick of the reference mean.
  package var unstableLegend: String
  package var referenceLegend: String
  /// What lines and ticks are.
  package var intervalLegend: String
  package var shuffleLegend: String
  package var repeatsLegend: String

  package init(
    title: String, summary: String = "", panels: [Panel], rows: [Row], noteHeading: String = "",
    sharesScale: Bool = false, hasZero: Bool = true, unstableLegend: String = "hollow: not told from zero",
    referenceLegend: String = "all rows", intervalLegend: String = "interval",
    shuffleLegend: String = "shuffle noise", repeatsLegend: String = "each repeat"
  ) {
    self.title = title
    self.summary = summary
    self.panels = panels
    self.rows = rows
    self.noteHeading = noteHeading
    self.sharesScale = sharesScale
    self.hasZero = hasZero
    self.unstableLegend = unstableLegend
    self.referenceLegend = referenceLegend
    self.intervalLegend = intervalLegend
    self.shuffleLegend = shuffleLegend
    self.repeatsLegend = repeatsLegend
  }
}

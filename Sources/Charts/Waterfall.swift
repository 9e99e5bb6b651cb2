/// A difference as a sum: bars that begin where the one above ends, and the whole at the bottom.
package struct Waterfall: Chart, Equatable {
  package struct Part: Equatable, Sendable {
    package var label: String
    /// The part, with the interval of the part itself.
    package var reading: Reading

    package init(_ label: String, _ reading: Reading) {
      self.label = label
      self.reading = reading
    }
  }

  package var title: String
  package var summary: String
  package var parts: [Part]
  package var total: Part
  package var axis: AxisSpec
  /// What lies left and right of zero.
  package var lessLabel: String
  package var moreLabel: String
  package var intervalLegend: String

  package init(
    title: String, summary: String = "", parts: [Part], total: Part, axis: AxisSpec = AxisSpec(),
    lessLabel: String = "", moreLabel: String = "", intervalLegend: String = "interval of the part"
  ) {
    self.title = title
    self.summary = summary
    self.parts = parts
    self.total = total
    self.axis = axis
    self.lessLabel = lessLabel
    self.moreLabel = moreLabel
    self.intervalLegend = intervalLegend
  }
}

/// A chart laid out: marks in paint order, with places but without colours. Both pens draw from it.
package struct Scene: Equatable, Sendable {
  /// Size in CSS pixels.
  package var width: Double
  package var height: Double
  /// The accessible name: what the chart shows.
  package var title: String
  /// The finding in words, for those who cannot see the chart.
  package var summary: String
  package var marks: [Mark]

  package init(width: Double, height: Double, title: String, summary: String = "", marks: [Mark]) {
    self.width = width
    self.height = height
    self.title = title
    self.summary = summary
    self.marks = marks
  }

  /// All marks, groups unfolded.
  package var leaves: [Mark] { marks.flatMap(\.leaves) }
}

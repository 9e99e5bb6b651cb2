/// One thing to draw.
package struct Mark: Equatable, Sendable {
  package enum Symbol: Sendable, CaseIterable {
    case circle, diamond, square, triangle, triangleLeft, triangleRight, star
  }

  package enum Shape: Equatable, Sendable {
    case polyline([Point])
    /// Many lines as one mark: ticks, faint curves.
    case polylines([[Point]])
    case polygon([Point])
    case rect(Box, corner: Double)
    case symbol(Symbol, at: Point, radius: Double)
    case text(TextRun)
    case group(Group)
  }

  /// Marks that belong together.
  package struct Group: Equatable, Sendable {
    /// What the group says, in words, where it stands for one thing (a row, a panel).
    package var label: String?
    package var clip: Box?
    package var marks: [Mark]

    package init(label: String? = nil, clip: Box? = nil, marks: [Mark]) {
      self.label = label
      self.clip = clip
      self.marks = marks
    }
  }

  package var shape: Shape
  package var fill: Ink?
  package var fillOpacity: Double
  package var stroke: Ink?
  package var strokeWidth: Double
  /// Lengths of dashes and gaps; empty for a full line.
  package var dash: [Double]
  /// Text shown while the pointer rests on the mark. It only repeats what the chart's table says.
  package var title: String?

  package init(
    _ shape: Shape, fill: Ink? = nil, fillOpacity: Double = 1, stroke: Ink? = nil,
    strokeWidth: Double = 1, dash: [Double] = [], title: String? = nil
  ) {
    self.shape = shape
    self.fill = fill
    self.fillOpacity = fillOpacity
    self.stroke = stroke
    self.strokeWidth = strokeWidth
    self.dash = dash
    self.title = title
  }
}

/// A tiny interval for a table's cell, which says the same in words: 120 × 14 pixels, hidden from assistive
/// technology. All glyphs of a column share one range.
package struct CellGlyph: Chart, Equatable {
  package static let height = 14.0

  package var reading: Reading
  package var range: ClosedRange<Double>
  /// A value to compare with, drawn as a thin line.
  package var reference: Double?
  package let title = ""
  package let summary = ""

  package init(_ reading: Reading, range: ClosedRange<Double> = 0...1, reference: Double? = nil) {
    self.reading = reading
    self.range = range
    self.reference = reference
  }

  package func layout(width: Double = 120) -> Scene {
    let height = CellGlyph.height
    let scale = Scale(from: range.lowerBound, to: range.upperBound, start: 5, end: max(6, width - 5))
    var sketch = Sketch()
    sketch.add(.line(Point(scale.start, height - 1), Point(scale.end, height - 1), .grid))
    if let reference, scale.contains(reference) {
      let x = scale.position(reference)
      sketch.add(.line(Point(x, 1), Point(x, height - 1), .reference, dash: [2, 2]))
    }
    sketch.reading(reading, scale, y: height / 2 - 0.5, pen: Sketch.Pen(radius: 3, width: 1.5))
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// The glyph as inline SVG, without ids.
  package var svg: String { layout().svg(idPrefix: "", presence: .decorative, className: "glyph") }
}

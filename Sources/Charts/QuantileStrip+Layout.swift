extension QuantileStrip {
  package func layout(width asked: Double) -> Scene {
    let lines = rows.map { RowTable.Line(label: $0.label, note: $0.note, isReference: $0.isReference) }
    let width = RowTable.width(Style.width(asked), lines, noteHeading, panels: 1)
    guard !rows.isEmpty else {
      return Sketch.empty("No groups to show.", width: width, title: title, summary: summary)
    }
    let top = Style.margin + Style.lineHeight + 4
    let table = RowTable(lines, noteHeading: noteHeading, width: width, top: top)
    let plot = Box(
      x: table.plotStart, y: top, width: max(24, width - Style.margin - 14 - table.plotStart),
      height: table.bottom - top)
    let tickCount = max(3, min(7, Int(plot.width / 70)))
    let scale = AxisSpec().scale(
      covering: rows.flatMap { sound($0.quantiles) } + [0], start: plot.x, end: plot.maxX,
      tickCount: tickCount)
    var sketch = Sketch()
    table.ground(to: width - Style.margin, in: &sketch)
    sketch.horizontalAxis(scale.ticks(count: tickCount), scale, in: plot)
    sketch.add(
      .line(
        Point(scale.position(0), plot.y), Point(scale.position(0), plot.maxY), .reference, width: 1.25))
    if lines.contains(where: { !$0.note.isEmpty }) {
      sketch.label(
        noteHeading, at: Point(table.noteEnd, top - 10), width: table.noteWidth, anchor: .end,
        size: Style.small, ink: .mutedText)
    }
    for row in rows.indices { sketch.add(.group(marks(row, table, scale, plot), label: words(rows[row]))) }
    let bottom = drawSides(plot, in: &sketch)
    let height = sketch.legend(legend, below: bottom, width: width)
    return Scene(width: width, height: height + 2, title: title, summary: summary, marks: sketch.marks)
  }

  private func sound(_ quantiles: [Double]) -> [Double] {
    quantiles.filter { $0.isFinite && abs($0) < 1e300 }.sorted()
  }

  private var legend: [(mark: Mark, words: String)] {
    var entries: [(mark: Mark, words: String)] = [
      (.line(Point(-8, 0), Point(8, 0), .data(0), width: 1.5), lineLegend),
      (.box(Box(x: -8, y: -5, width: 16, height: 10), .data(0), opacity: 0.35, corner: 1), boxLegend),
      (.line(Point(0, -6), Point(0, 6), .data(0), width: 2.5), "median"),
    ]
    if rows.contains(where: { $0.isUnstable && !sound($0.quantiles).isEmpty }) {
      entries.append(
        (
          Mark(.rect(Box(x: -8, y: -5, width: 16, height: 10), corner: 1), fill: .paper, stroke: .data(0)),
          unstableLegend
        ))
    }
    return entries
  }

  private func drawSides(_ plot: Box, in sketch: inout Sketch) -> Double {
    let y = plot.maxY + Style.tickHeight + 8
    let third = plot.width / 3 - 6
    let places: [(String, Double, TextRun.Anchor)] = [
      (lessLabel.isEmpty ? "" : "← " + lessLabel, plot.x, .start), (axisName, plot.midX, .middle),
      (moreLabel.isEmpty ? "" : moreLabel + " →", plot.maxX, .end),
    ]
    for (text, x, anchor) in places where !text.isEmpty {
      sketch.label(text, at: Point(x, y), width: third, anchor: anchor, size: Style.small, ink: .mutedText)
    }
    return y + 8
  }

  private func marks(_ index: Int, _ table: RowTable, _ scale: Scale, _ plot: Box) -> [Mark] {
    var sketch = Sketch()
    table.write(row: index, in: &sketch)
    let row = rows[index]
    let y = table.middle(of: index)
    let known = sound(row.quantiles)
    guard let low = known.first, let high = known.last else {
      sketch.plate(
        "— no value", at: Point(plot.x + 4, y), width: plot.width - 8,
        ground: row.isReference ? .band : .paper)
      return sketch.marks
    }
    let ink: Ink = row.isReference ? .reference : .data(0)
    let title = words(row)
    sketch.add(
      .line(
        Point(scale.position(low), y), Point(scale.position(high), y), ink, width: 1.5, title: title))
    if known.count >= 3 {
      let inner = known.count >= 5 ? (known[1], known[known.count - 2]) : (low, high)
      let (left, right) = (scale.position(inner.0), scale.position(inner.1))
      let box = Box(x: left, y: y - 5, width: max(1, right - left), height: 10)
      sketch.add(Mark(.rect(box, corner: 1), fill: .paper, title: title))
      sketch.add(
        row.isUnstable
          ? Mark(.rect(box, corner: 1), fill: .paper, stroke: ink, title: title)
          : .box(box, ink, opacity: 0.35, corner: 1, title: title))
    }
    let middle = scale.position(known[known.count / 2])
    sketch.add(.line(Point(middle, y - 6), Point(middle, y + 6), ink, width: 2.5, title: title))
    return sketch.marks
  }

  private func words(_ row: Row) -> String {
    let known = sound(row.quantiles).map { NumberText.value($0, isSigned: true) }
    let note = row.note.isEmpty ? "" : ", \(noteHeading) \(row.note)"
    return "\(row.label)\(note): \(known.isEmpty ? "no value" : known.joined(separator: ", "))"
  }
}

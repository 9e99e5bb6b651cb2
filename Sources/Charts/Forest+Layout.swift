extension Forest {
  package func layout(width asked: Double) -> Scene {
    let lines = rows.map { RowTable.Line(label: $0.label, note: $0.note, isReference: $0.isReference) }
    let width = RowTable.width(Style.width(asked), lines, noteHeading, panels: panels.count)
    guard !rows.isEmpty, !panels.isEmpty else {
      return Sketch.empty("No comparisons to show.", width: width, title: title, summary: summary)
    }
    let frame = Frame(self, lines, width: width)
    var sketch = Sketch()
    frame.table.ground(to: width - Style.margin, in: &sketch)
    for index in panels.indices { drawGround(of: index, frame, in: &sketch) }
    if rows.contains(where: { !$0.note.isEmpty }) {
      sketch.label(
        noteHeading, at: Point(frame.table.noteEnd, frame.table.top - 10), width: frame.table.noteWidth,
        anchor: .end, size: Style.small, ink: .mutedText)
    }
    for row in rows.indices { sketch.add(.group(marks(row: row, frame), label: words(row: row))) }
    let bottom = drawSides(frame, in: &sketch)
    let height = sketch.unstableLegend(
      rows.contains { $0.readings.contains { $0.isUnstable && $0.drawn != nil } } ? unstableLegend : nil,
      symbol: .square, below: bottom, width: width)
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  private func drawGround(of index: Int, _ frame: Frame, in sketch: inout Sketch) {
    let (plot, scale, panel) = (frame.plots[index], frame.scales[index], panels[index])
    if let tolerated = panel.tolerated {
      let (left, right) = (scale.position(tolerated.lowerBound), scale.position(tolerated.upperBound))
      sketch.add(.box(Box(x: left, y: plot.y, width: right - left, height: plot.height), .band))
      sketch.horizontalAxis(frame.ticks[index], scale, in: plot)
      for (bound, x) in [(tolerated.lowerBound, left), (tolerated.upperBound, right)]
      where scale.contains(bound) {
        sketch.add(.line(Point(x, plot.y), Point(x, plot.maxY), .limit, dash: [2, 2]))
      }
      let label = TextMetrics.fit(VisibleText.of(panel.toleratedLabel), width: plot.width, size: Style.small)
      let half = TextMetrics.width(of: label, size: Style.small) / 2
      let middle = max(plot.x + half, min(plot.maxX - half, (left + right) / 2))
      sketch.add(
        .text(TextRun(label, at: Point(middle, plot.y - 10), anchor: .middle, size: Style.small), .limit))
    } else {
      sketch.horizontalAxis(frame.ticks[index], scale, in: plot)
    }
    sketch.lines(
      frame.names[index], whole: panel.name, at: Point(plot.x, frame.nameTop(index)), baseline: .top,
      weight: .semibold)
    if scale.contains(panel.kind.neutral) {
      let x = scale.position(panel.kind.neutral)
      sketch.add(.line(Point(x, plot.y), Point(x, plot.maxY), .reference, width: 1.25))
    }
  }

  private func marks(row: Int, _ frame: Frame) -> [Mark] {
    var sketch = Sketch()
    frame.table.write(row: row, in: &sketch)
    let y = frame.table.middle(of: row)
    for index in panels.indices {
      let plot = frame.plots[index]
      let text = words(row, index)
      let valueWidth = frame.valueWidths[index]
      let isDrawn = reading(row, index).drawn != nil
      if isDrawn {
        let pen = Sketch.Pen(
          symbol: .square, radius: radius(row: row),
          title: valueWidth > 0 ? nil : text)
        sketch.reading(reading(row, index), frame.scales[index], y: y, pen: pen)
      }
      if valueWidth > 0 {
        sketch.label(
          text, at: Point(plot.maxX + 10, y), width: valueWidth - 10, size: Style.small,
          ink: isDrawn ? .text : .mutedText)
      } else if !isDrawn {
        sketch.plate(
          text, at: Point(plot.x + 4, y), width: plot.width - 8,
          ground: rows[row].isReference ? .band : .paper)
      }
    }
    return sketch.marks
  }

  /// Area in proportion to weight, between what can be seen and what fits a row.
  private func radius(row: Int) -> Double {
    let heaviest = rows.filter { !$0.isReference }.map(\.weight).filter(\.isFinite).max() ?? 0
    let weight = rows[row].weight
    guard heaviest > 0, weight.isFinite, weight > 0 else { return 3 }
    return max(3, 7 * (weight / heaviest).squareRoot())
  }

  private func reading(_ row: Int, _ panel: Int) -> Reading {
    rows[row].readings.indices.contains(panel) ? rows[row].readings[panel] : Reading(nil)
  }

  func words(_ row: Int, _ index: Int) -> String {
    let panel = panels[index]
    let reading = reading(row, index)
    if rows[row].isReference, reading.drawn == nil, reading.reason == nil { return "reference" }
    return reading.text(
      panel.axis.format, decimals: panel.axis.decimals, isSigned: panel.kind == .difference)
  }

  private func words(row: Int) -> String {
    let note = rows[row].note.isEmpty ? "" : ", \(noteHeading) \(rows[row].note)"
    let values = panels.indices.map { "\(panels[$0].name) \(words(row, $0))" }
    return "\(rows[row].label)\(note): \(values.joined(separator: "; "))"
  }

  /// What each side of the neutral line means, below the ticks. Returns the new bottom.
  private func drawSides(_ frame: Frame, in sketch: inout Sketch) -> Double {
    let y = frame.table.bottom + Style.tickHeight
    guard panels.contains(where: { !$0.lessLabel.isEmpty || !$0.moreLabel.isEmpty }) else { return y + 2 }
    for (panel, (plot, scale)) in zip(panels, zip(frame.plots, frame.scales)) {
      let neutral = scale.position(panel.kind.neutral)
      let half = plot.width / 2 + 8
      // Two words that would meet reach into the gaps beside their panel.
      let words = [panel.lessLabel, panel.moreLabel].map {
        TextMetrics.width(of: "← " + $0, size: Style.small)
      }
      let overhang = max(0, min(10, (words.reduce(8, +) - plot.width) / 2))
      if !panel.lessLabel.isEmpty, neutral > plot.x + 8 {
        sketch.label(
          "← " + panel.lessLabel, at: Point(plot.x - overhang, y + 8), width: half, size: Style.small,
          ink: .mutedText)
      }
      if !panel.moreLabel.isEmpty, neutral < plot.maxX - 8 {
        sketch.label(
          panel.moreLabel + " →", at: Point(plot.maxX + overhang, y + 8), width: half, anchor: .end,
          size: Style.small,
          ink: .mutedText)
      }
    }
    return y + 18
  }
}

extension ImportancePlot {
  package func layout(width asked: Double) -> Scene {
    let lines = rows.map { RowTable.Line(label: $0.label, note: $0.note, isReference: false) }
    let width = RowTable.width(Style.width(asked), lines, noteHeading, panels: panels.count)
    guard !rows.isEmpty, !panels.isEmpty else {
      return Sketch.empty("No features to show.", width: width, title: title, summary: summary)
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
    let height = drawLegend(below: bottom, width: width, in: &sketch)
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// Where everything is.
  struct Frame {
    let table: RowTable
    let plots: [Box]
    let scales: [Scale]
    let ticks: [Ticks]
    let names: [[String]]
    let nameBottom: Double
    /// Width of a single panel's values in words; 0 where there is no room for them.
    let valueWidth: Double

    init(_ spec: ImportancePlot, _ lines: [RowTable.Line], width: Double) {
      let probe = RowTable(lines, noteHeading: spec.noteHeading, width: width, top: 0)
      let count = Double(spec.panels.count)
      let gaps = Style.panelGap * (count - 1)
      let all = width - Style.margin - probe.plotStart - gaps
      let texts = spec.rows.indices.map { TextMetrics.width(of: spec.words($0, 0), size: Style.small) }
      let wanted = min(texts.max() ?? 0, 220) + 14
      valueWidth = spec.panels.count == 1 && all - wanted >= 160 ? wanted : 0
      let side = max(24, (all - valueWidth - (valueWidth > 0 ? 0 : 12)) / count)
      names = spec.panels.map {
        TextMetrics.wrap(VisibleText.of($0.name), width: side, size: Style.text, weight: .semibold, lines: 2)
      }
      nameBottom = Style.margin + Double(names.map(\.count).max() ?? 1) * Style.lineHeight
      let hasNotes = spec.panels.contains { !$0.note.isEmpty } || lines.contains { !$0.note.isEmpty }
      let top = nameBottom + (hasNotes ? Style.lineHeight : 0) + 4
      let table = RowTable(lines, noteHeading: spec.noteHeading, width: width, top: top)
      self.table = table
      plots = spec.panels.indices.map { index in
        Box(
          x: table.plotStart + (side + Style.panelGap) * Double(index), y: top, width: side,
          height: table.bottom - top)
      }
      let tickCount = max(2, min(6, Int(side / 52)))
      let values = spec.panels.indices.map { index in spec.extent(of: index) }
      scales = zip(spec.panels.indices, plots).map { index, plot in
        spec.panels[index].axis.scale(
          covering: spec.sharesScale ? values.flatMap { $0 } : values[index], start: plot.x, end: plot.maxX,
          tickCount: tickCount)
      }
      ticks = zip(scales, spec.panels).map { $0.ticks(count: tickCount, format: $1.axis.format) }
    }

    /// Names stand on one line above their plots, however many lines they take.
    func nameTop(_ index: Int) -> Double { nameBottom - Double(names[index].count) * Style.lineHeight }
  }

  /// Values, zero, references, and intervals as far as the values reach and as far again.
  private func extent(of panel: Int) -> [Double] {
    let cells = rows.compactMap { $0.cells.indices.contains(panel) ? $0.cells[panel] : nil }
    func usable(_ value: Double?) -> Double? { value.flatMap { $0.isFinite && abs($0) < 1e150 ? $0 : nil } }
    let core: [Double] =
      cells.compactMap { usable($0.reading.drawn) } + cells.compactMap { usable($0.reference) } + [0]
    let (low, high) = (core.min() ?? 0, core.max() ?? 0)
    let intervals = cells.compactMap(\.reading.interval)
    let ends: [Double] =
      (intervals.map(\.lower) + intervals.map(\.upper) + cells.flatMap(\.repeats)).compactMap { usable($0) }
    let room = high > low ? high - low : (ends.map { abs($0) }.max() ?? 1)
    return [
      low, high, max(low - room, min(low, ends.min() ?? low)),
      min(high + room, max(high, ends.max() ?? high)),
    ]
  }

  private func drawGround(of index: Int, _ frame: Frame, in sketch: inout Sketch) {
    let (plot, scale, panel) = (frame.plots[index], frame.scales[index], panels[index])
    sketch.horizontalAxis(frame.ticks[index], scale, in: plot)
    sketch.lines(
      frame.names[index], whole: panel.name, at: Point(plot.x, frame.nameTop(index)), baseline: .top,
      weight: .semibold)
    if !panel.note.isEmpty {
      sketch.label(
        panel.note, at: Point(plot.x, plot.y - 10), width: plot.width, size: Style.small, ink: .mutedText)
    }
    guard scale.contains(0) else { return }
    let x = scale.position(0)
    sketch.add(.line(Point(x, plot.y), Point(x, plot.maxY), .reference, width: 1.25))
  }

  private func marks(row: Int, _ frame: Frame) -> [Mark] {
    var sketch = Sketch()
    frame.table.write(row: row, in: &sketch)
    let y = frame.table.middle(of: row)
    for index in panels.indices {
      let (plot, cell) = (frame.plots[index], cell(row, index))
      if let reference = cell.reference, !reference.isNaN, frame.scales[index].contains(reference) {
        let x = frame.scales[index].position(reference)
        sketch.add(.line(Point(x, y - 7), Point(x, y + 7), .axis, width: 2))
      }
      guard cell.reading.drawn != nil else {
        sketch.plate(words(row, index), at: Point(plot.x + 4, y), width: plot.width - 8, ground: .paper)
        continue
      }
      draw(cell, frame.scales[index], y: y, title: "\(rows[row].label), \(words(row, index))", in: &sketch)
      if frame.valueWidth > 0 {
        sketch.label(
          words(row, index), at: Point(plot.maxX + 14, y), width: frame.valueWidth - 14, size: Style.small)
      }
    }
    return sketch.marks
  }

  private func draw(_ cell: Cell, _ scale: Scale, y: Double, title: String, in sketch: inout Sketch) {
    let ticks = cell.repeats.filter { $0.isFinite && scale.contains($0) }.map { value in
      let x = (scale.position(value) * 2).rounded() / 2
      return [Point(x, y + 5), Point(x, y + 8.5)]
    }
    if !ticks.isEmpty { sketch.add(Mark(.polylines(ticks), stroke: .axis, strokeWidth: 0.75)) }
    if let value = cell.reading.drawn, let shuffle = cell.shuffle, shuffle.isFinite, shuffle > 0 {
      let (left, right) = (scale.position(value - shuffle), scale.position(value + shuffle))
      if right - left >= 1 {
        sketch.add(.line(Point(left, y), Point(right, y), .data(0), width: 5))
      }
    }
    sketch.reading(cell.reading, scale, y: y, pen: Sketch.Pen(radius: 3.75, width: 1.25, title: title))
  }

  private func cell(_ row: Int, _ panel: Int) -> Cell {
    rows[row].cells.indices.contains(panel) ? rows[row].cells[panel] : Cell(Reading(nil))
  }

  func words(_ row: Int, _ index: Int) -> String {
    let axis = panels[index].axis
    return cell(row, index).reading.text(axis.format, decimals: axis.decimals, isSigned: true)
  }

  private func words(row: Int) -> String {
    let note = rows[row].note.isEmpty ? "" : ", \(noteHeading) \(rows[row].note)"
    let values = panels.indices.map { "\(panels[$0].name) \(words(row, $0))" }
    return "\(rows[row].label)\(note): \(values.joined(separator: "; "))"
  }
}

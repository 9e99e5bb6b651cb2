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
      let room = width - Style.margin - probe.plotStart - gaps
      let texts = spec.rows.indices.map { TextMetrics.width(of: spec.words($0, 0), size: Style.small) }
      let wanted = min(texts.max() ?? 0, 220) + 14
      valueWidth = spec.panels.count == 1 && room - wanted >= 160 ? wanted : 0
      let side = max(24, (room - valueWidth - (valueWidth > 0 ? 0 : 12)) / count)
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
      let tickCount = max(2, min(6, Int(side / 56)))
      let all = Array(spec.panels.indices)
      let extents = spec.sharesScale ? [spec.extent(of: all)] : all.map { spec.extent(of: [$0]) }
      scales = zip(spec.panels.indices, plots).map { index, plot in
        spec.panels[index].axis.scale(
          covering: extents[spec.sharesScale ? 0 : index], start: plot.x, end: plot.maxX,
          tickCount: tickCount)
      }
      ticks = zip(scales, spec.panels).map { $0.ticks(count: tickCount, format: $1.axis.format) }
    }

    /// Names stand on one line above their plots, however many lines they take.
    func nameTop(_ index: Int) -> Double { nameBottom - Double(names[index].count) * Style.lineHeight }
  }

  /// Zero, references and what is told from zero, with intervals as far again; anything else at most half as far:
  /// a group of few rows must not make the others unreadable.
  private func extent(of panels: [Int]) -> [Double] {
    let cells = rows.flatMap { row in
      panels.compactMap { row.cells.indices.contains($0) ? row.cells[$0] : nil }
    }
    func usable(_ value: Double?) -> Double? { value.flatMap { $0.isFinite && abs($0) < 1e150 ? $0 : nil } }
    let clear = cells.filter { !$0.reading.isUnstable && $0.reading.drawn != nil }
    let sure = clear.isEmpty ? cells : clear
    let core: [Double] =
      sure.compactMap { usable($0.reading.drawn) } + cells.compactMap { usable($0.reference) }
      + (hasZero ? [0] : [])
    let (low, high) = (core.min() ?? 0, core.max() ?? 0)
    func ends(_ cells: [Cell]) -> [Double] {
      let intervals = cells.compactMap(\.reading.interval)
      return
        (intervals.map(\.lower) + intervals.map(\.upper) + cells.map { $0.reading.drawn ?? .nan }
        + cells.flatMap(\.repeats)).compactMap { usable($0) }
    }
    let (near, all) = (ends(sure), ends(cells))
    let room = high > low ? high - low : (all.map { abs($0) }.max() ?? 1)
    func stretched(_ near: [Double], _ share: Double) -> [Double] {
      near.map { min(high + room * share, max(low - room * share, $0)) }
    }
    return [low, high] + stretched(near, 1) + stretched(all, 0.5)
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
    guard hasZero, scale.contains(0) else { return }
    let x = scale.position(0)
    sketch.add(.line(Point(x, plot.y), Point(x, plot.maxY), .reference, width: 1.25))
  }

  private func marks(row: Int, _ frame: Frame) -> [Mark] {
    var sketch = Sketch()
    frame.table.write(row: row, in: &sketch)
    let y = frame.table.middle(of: row)
    var strokes = Strokes(y: y)
    for index in panels.indices { strokes.add(cell(row, index), frame.scales[index]) }
    strokes.draw(in: &sketch)
    for index in panels.indices {
      let (plot, scale, reading) = (frame.plots[index], frame.scales[index], cell(row, index).reading)
      guard let value = reading.drawn else {
        sketch.plate(words(row, index), at: Point(plot.x + 4, y), width: plot.width - 8, ground: .paper)
        continue
      }
      let isOver = value > scale.upper
      let isOutside = isOver || value < scale.lower
      let x = scale.position(value) + (isOutside ? (isOver ? -3.75 : 3.75) : 0)
      sketch.add(
        .symbol(
          isOutside ? (isOver ? .triangleRight : .triangleLeft) : .circle, at: Point(x, y), radius: 3.75,
          .data(0), isHollow: reading.isUnstable, title: words(row, index)))
      if frame.valueWidth > 0 {
        sketch.label(
          words(row, index), at: Point(plot.maxX + 14, y), width: frame.valueWidth - 14, size: Style.small)
      }
    }
    return sketch.marks
  }

  private func cell(_ row: Int, _ panel: Int) -> Cell {
    rows[row].cells.indices.contains(panel) ? rows[row].cells[panel] : Cell(Reading(nil))
  }

  func words(_ row: Int, _ index: Int) -> String {
    let axis = panels[index].axis
    return cell(row, index).reading.text(axis.format, decimals: axis.decimals, isSigned: hasZero)
  }

  private func words(row: Int) -> String {
    let note = rows[row].note.isEmpty ? "" : ", \(noteHeading) \(rows[row].note)"
    let values = panels.indices.map { "\(panels[$0].name) \(words(row, $0))" }
    return "\(rows[row].label)\(note): \(values.joined(separator: "; "))"
  }
}

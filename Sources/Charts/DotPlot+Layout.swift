extension DotPlot {
  package func layout(width asked: Double) -> Scene {
    let lines = rows.map { RowTable.Line(label: $0.label, note: $0.note, isReference: $0.isReference) }
    let width = RowTable.width(Style.width(asked), lines, noteHeading, panels: panels.count)
    guard !rows.isEmpty, !panels.isEmpty else {
      return Sketch.empty("No groups to show.", width: width, title: title, summary: summary)
    }
    let frame = Frame(self, lines, width: width)
    var sketch = Sketch()
    frame.table.ground(to: width - Style.margin, in: &sketch)
    for index in panels.indices { drawGround(of: index, frame, in: &sketch) }
    if frame.table.lines.contains(where: { !$0.note.isEmpty }) {
      sketch.label(
        noteHeading, at: Point(frame.table.noteEnd, frame.table.top - 10), width: frame.table.noteWidth,
        anchor: .end,
        size: Style.small, ink: .mutedText)
    }
    for row in rows.indices { sketch.add(.group(marks(row: row, frame), label: words(row: row))) }
    let height = sketch.unstableLegend(
      rows.contains { $0.readings.contains { $0.isUnstable && $0.drawn != nil } } ? unstableLegend : nil,
      symbol: .circle, below: frame.table.bottom + Style.tickHeight, width: width)
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// Where everything is.
  struct Frame {
    let table: RowTable
    let plots: [Box]
    let scales: [Scale]
    let ticks: [Ticks]
    /// Lines of each panel's name.
    let names: [[String]]
    let nameBottom: Double
    /// Where values stand in words, and their room; nil where they do not.
    let valueX: Double?
    let valueWidth: Double

    init(_ spec: DotPlot, _ lines: [RowTable.Line], width: Double) {
      let probe = RowTable(lines, noteHeading: spec.noteHeading, width: width, top: 0)
      let words = spec.wordsWidth(room: width - probe.plotStart)
      let count = Double(spec.panels.count)
      let right = width - Style.margin - (words > 0 ? words + 14 : 12)
      let side = max(24, (right - probe.plotStart - Style.panelGap * (count - 1)) / count)
      names = spec.panels.map {
        TextMetrics.wrap(
          VisibleText.of($0.name), width: side + 14, size: Style.text, weight: .semibold, lines: 2)
      }
      nameBottom = Style.margin + Double(names.map(\.count).max() ?? 1) * Style.lineHeight
      let hasReference = spec.panels.contains { $0.reference != nil }
      let hasNotes = lines.contains { !$0.note.isEmpty }
      let top = nameBottom + (hasReference || hasNotes ? Style.lineHeight : 0) + 4
      let table = RowTable(lines, noteHeading: spec.noteHeading, width: width, top: top)
      self.table = table
      plots = spec.panels.indices.map { index in
        Box(
          x: table.plotStart + (side + Style.panelGap) * Double(index), y: top, width: side,
          height: table.bottom - top)
      }
      valueX = words > 0 ? right + 14 : nil
      valueWidth = words
      let tickCount = max(3, min(6, Int(side / 48)))
      scales = zip(spec.panels.indices, plots).map { spec.scale(of: $0, in: $1, tickCount: tickCount) }
      ticks = zip(scales, spec.panels).map { $0.ticks(count: tickCount, format: $1.axis.format) }
    }

    /// Names stand on one line above their plots, however many lines they take.
    func nameTop(_ index: Int) -> Double { nameBottom - Double(names[index].count) * Style.lineHeight }
  }

  /// Width of a single panel's values in words; 0 where they would leave the dots too little room. The tooltips
  /// say them anyway.
  private func wordsWidth(room: Double) -> Double {
    guard panels.count == 1, showsValues, let axis = panels.first?.axis else { return 0 }
    let texts = rows.compactMap { $0.readings.first?.text(axis.format, decimals: axis.decimals) }
    let widest = texts.map { TextMetrics.width(of: $0, size: Style.small) }.max() ?? 0
    return room - widest - 14 >= 150 ? widest : 0
  }

  private func scale(of index: Int, in plot: Box, tickCount: Int) -> Scale {
    let readings = rows.compactMap { $0.readings.indices.contains(index) ? $0.readings[index] : nil }
    let panel = panels[index]
    return panel.axis.scale(
      covering: readings.flatMap(\.extent) + [panel.reference?.value].compactMap { $0 }, start: plot.x,
      end: plot.maxX, tickCount: tickCount)
  }

  private func drawGround(of index: Int, _ frame: Frame, in sketch: inout Sketch) {
    let (plot, scale, panel) = (frame.plots[index], frame.scales[index], panels[index])
    sketch.horizontalAxis(frame.ticks[index], scale, in: plot)
    sketch.lines(
      frame.names[index], whole: panel.name, at: Point(plot.x, frame.nameTop(index)), baseline: .top,
      weight: .semibold)
    guard let reference = panel.reference, !reference.value.isNaN else { return }
    sketch.verticalReference(reference, panel.axis, scale, in: plot, within: plot)
  }

  private func marks(row: Int, _ frame: Frame) -> [Mark] {
    var sketch = Sketch()
    frame.table.write(row: row, in: &sketch)
    let y = frame.table.middle(of: row)
    let isReference = rows[row].isReference
    for index in panels.indices {
      let (panel, plot) = (panels[index], frame.plots[index])
      let reading = reading(row, index)
      let text = reading.text(panel.axis.format, decimals: panel.axis.decimals)
      if reading.drawn == nil {
        sketch.plate(
          text, at: Point(plot.x + 4, y), width: plot.width - 8, ground: isReference ? .band : .paper)
      } else {
        let pen = Sketch.Pen(
          ink: isReference ? .reference : .data(0), symbol: isReference ? .diamond : .circle,
          title: text)
        sketch.reading(reading, frame.scales[index], y: y, pen: pen)
      }
      if let x = frame.valueX, reading.drawn != nil {
        sketch.label(text, at: Point(x, y), width: frame.valueWidth, size: Style.small)
      }
    }
    return sketch.marks
  }

  private func reading(_ row: Int, _ panel: Int) -> Reading {
    rows[row].readings.indices.contains(panel) ? rows[row].readings[panel] : Reading(nil)
  }

  private func words(row: Int) -> String {
    let values = panels.indices.map { index in
      let axis = panels[index].axis
      return "\(panels[index].name) \(reading(row, index).text(axis.format, decimals: axis.decimals))"
    }
    let note = rows[row].note.isEmpty ? "" : ", \(noteHeading) \(rows[row].note)"
    return "\(rows[row].label)\(note): \(values.joined(separator: "; "))"
  }
}

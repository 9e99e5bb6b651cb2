extension HeatGrid {
  package func layout(width: Double) -> Scene {
    guard !rowLabels.isEmpty, !columnLabels.isEmpty else {
      return Sketch.empty("No cells to show.", width: width, title: title, summary: summary)
    }
    let frame = Frame(self, width: width)
    let shading = Shading(self)
    var sketch = Sketch()
    drawColumnLabels(frame, in: &sketch)
    for row in rowLabels.indices {
      var line = Sketch()
      let box = frame.cell(row, 0)
      line.lines(
        frame.rowLines[row], whole: rowLabels[row], at: Point(box.x - 8, box.midY), anchor: .end)
      for column in columnLabels.indices { draw(row, column, frame, shading, in: &line) }
      sketch.add(.group(line.marks, label: words(row: row)))
    }
    let height = drawLegend(frame, shading, width: width, in: &sketch)
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// Where everything is.
  struct Frame {
    let left: Double
    let top: Double
    let cellWidth: Double
    let cellHeight: Double
    let rowLines: [[String]]
    let columnLines: [[String]]
    let isVertical: Bool
    let bottom: Double
    let headTop: Double

    init(_ spec: HeatGrid, width: Double) {
      let rows = spec.rowLabels.map(VisibleText.of)
      let columns = spec.columnLabels.map(VisibleText.of)
      let widest = rows.map { TextMetrics.width(of: $0, size: Style.text) }.max() ?? 0
      let heading = TextMetrics.width(of: spec.rowHeading, size: Style.small)
      let labelWidth = min(max(widest, heading, 30), max(60, min(220, width * 0.28)))
      left = Style.margin + labelWidth + 8
      cellWidth = max(8, min(104, (width - left - Style.margin) / Double(columns.count)))
      let hasNotes = spec.cells.contains { $0.contains { $0.map { !$0.note.isEmpty } ?? false } }
      cellHeight = hasNotes ? 38 : 28
      rowLines = rows.map { TextMetrics.wrap($0, width: labelWidth, size: Style.text, lines: 2) }
      let room = cellWidth - 6
      let wrapped = columns.map { TextMetrics.wrap($0, width: room, size: Style.small, lines: 3) }
      let longest = columns.map { TextMetrics.width(of: $0, size: Style.small) }.max() ?? 0
      isVertical = cellWidth < 56 && longest > room
      columnLines =
        isVertical ? columns.map { [TextMetrics.fit($0, width: 110, size: Style.small)] } : wrapped
      headTop = Style.margin + (spec.columnHeading.isEmpty ? 0 : Style.lineHeight)
      let lineCount = Double(columnLines.map(\.count).max() ?? 1)
      top = headTop + (isVertical ? min(110, longest) + 10 : lineCount * (Style.small + 3) + 8)
      bottom = top + cellHeight * Double(rows.count)
    }

    func cell(_ row: Int, _ column: Int) -> Box {
      Box(
        x: left + cellWidth * Double(column), y: top + cellHeight * Double(row), width: cellWidth - 1.5,
        height: cellHeight - 1.5)
    }
  }

  private func drawColumnLabels(_ frame: Frame, in sketch: inout Sketch) {
    let span = frame.cellWidth * Double(columnLabels.count)
    if !columnHeading.isEmpty {
      sketch.label(
        columnHeading, at: Point(frame.left, Style.margin), width: max(span, 60), baseline: .top,
        size: Style.small,
        ink: .mutedText)
    }
    if !rowHeading.isEmpty {
      sketch.label(
        rowHeading, at: Point(frame.left - 8, frame.top - 8), width: frame.left - 8 - Style.margin,
        anchor: .end,
        size: Style.small, ink: .mutedText)
    }
    for (column, lines) in frame.columnLines.enumerated() {
      let box = frame.cell(0, column)
      if frame.isVertical {
        let run = TextRun(
          lines[0], at: Point(box.midX, frame.top - 6), size: Style.small, isVertical: true)
        let visible = VisibleText.of(columnLabels[column])
        sketch.add(.text(run, .text, title: visible == lines[0] ? nil : visible))
      } else {
        let first = frame.top - 6 - Double(lines.count) * (Style.small + 3)
        sketch.lines(
          lines, whole: columnLabels[column], at: Point(box.midX, first), anchor: .middle, baseline: .top,
          size: Style.small)
      }
    }
  }

  func cell(_ row: Int, _ column: Int) -> Cell? {
    cells.indices.contains(row) && cells[row].indices.contains(column) ? cells[row][column] : nil
  }

  private func draw(_ row: Int, _ column: Int, _ frame: Frame, _ shading: Shading, in sketch: inout Sketch) {
    let box = frame.cell(row, column)
    guard let cell = cell(row, column) else { return }
    let title = "\(rowLabels[row]), \(columnLabels[column]): \(words(of: cell))"
    guard let value = cell.reading.drawn else {
      sketch.add(
        Mark(.rect(box.grown(by: -0.5), corner: 2), fill: .paper, stroke: .grid, title: title))
      writeCell("—", cell.note, in: box, ink: .mutedText, sketch: &sketch)
      return
    }
    sketch.add(.box(box, shading.ink(value), corner: 2, title: title))
    if cell.reading.isUnstable { sketch.stripes(in: box) }
    writeCell(
      NumberText.value(value, format, decimals: decimals), cell.note, in: box, ink: .text, sketch: &sketch)
  }

  private func writeCell(_ value: String, _ note: String, in box: Box, ink: Ink, sketch: inout Sketch) {
    func fits(_ text: String, _ size: Double) -> Bool {
      TextMetrics.width(of: text, size: size) <= box.width - 2
    }
    // A number cut short would be another number: it is left to the tooltip where it does not fit.
    let size = fits(value, Style.text) ? Style.text : 10
    guard fits(value, size) else { return }
    let hasNote = !note.isEmpty && fits(note, 10) && box.height >= 34
    sketch.add(
      .text(
        TextRun(value, at: Point(box.midX, box.midY - (hasNote ? 7 : 0)), anchor: .middle, size: size), ink))
    if hasNote {
      sketch.add(
        .text(
          TextRun(VisibleText.of(note), at: Point(box.midX, box.midY + 9), anchor: .middle, size: 10), ink))
    }
  }

  private func words(of cell: Cell) -> String {
    let note = cell.note.isEmpty ? "" : ", \(cell.note)"
    return cell.reading.text(format, decimals: decimals) + note
  }

  private func words(row: Int) -> String {
    let values = columnLabels.indices.compactMap { column in
      cell(row, column).map { "\(columnLabels[column]) \(words(of: $0))" }
    }
    return "\(rowLabels[row]): \(values.joined(separator: "; "))"
  }

  private func drawLegend(_ frame: Frame, _ shading: Shading, width: Double, in sketch: inout Sketch)
    -> Double
  {
    let y = frame.bottom + 12
    let step = shading.isDiverging ? 12.0 : 20
    var x = frame.left
    guard width - x > 240 else { return frame.bottom + 6 }
    let least = NumberText.value(shading.least, format, decimals: decimals)
    let most = NumberText.value(shading.most, format, decimals: decimals)
    func write(_ text: String) {
      sketch.add(.text(TextRun(text, at: Point(x, y + 5), size: Style.small), .mutedText))
      x += TextMetrics.width(of: text, size: Style.small) + 6
    }
    write(least)
    for ink in shading.steps {
      sketch.add(.box(Box(x: x, y: y, width: step, height: 10), ink))
      x += step
    }
    x += 6
    write(most)
    let hasUnstable = cells.contains {
      $0.contains { $0?.reading.isUnstable == true && $0?.reading.drawn != nil }
    }
    if hasUnstable {
      x += 16
      let sample = Box(x: x, y: y, width: 20, height: 10)
      sketch.add(.box(sample, shading.steps[shading.steps.count - 2]))
      sketch.stripes(in: sample)
      sketch.label(
        unstableLegend, at: Point(x + 26, y + 5), width: max(20, width - x - 32), size: Style.small,
        ink: .mutedText)
    }
    return y + 18
  }
}

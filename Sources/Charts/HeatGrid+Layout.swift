extension HeatGrid {
  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    guard !rowLabels.isEmpty, !columnLabels.isEmpty else {
      return Sketch.empty("No cells to show.", width: width, title: title, summary: summary)
    }
    let frame = Frame(self, width: width)
    let pageWidth = max(width, frame.left + frame.cellWidth * Double(columnLabels.count) + Style.margin)
    let shading = Shading(self)
    var sketch = Sketch()
    drawColumnLabels(frame, in: &sketch)
    for row in rowLabels.indices {
      var line = Sketch()
      let box = frame.cell(row, 0)
      line.lines(
        frame.rowLines[row], whole: rowLabels[row], at: Point(box.x - 8, box.midY), anchor: .end)
      var layers = Layers()
      for column in columnLabels.indices { draw(row, column, frame, shading, in: &layers) }
      sketch.add(.group(line.marks + layers.marks, label: words(row: row)))
    }
    let height = drawLegend(frame, shading, width: pageWidth, in: &sketch)
    return Scene(width: pageWidth, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// What a row's cells have, bottom to top: marks of one look lie together, and cells do not overlap.
  struct Layers {
    var grounds = Sketch()
    var stripes = Sketch()
    var outlines = Sketch()
    var plates = Sketch()
    var texts = Sketch()

    var marks: [Mark] { grounds.marks + stripes.marks + outlines.marks + plates.marks + texts.marks }
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
      cellWidth = max(20, min(104, (width - left - Style.margin) / Double(columns.count)))
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
        rowHeading, at: Point(frame.left - 8, frame.top - 12.5), width: frame.left - 8 - Style.margin,
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

  private func draw(_ row: Int, _ column: Int, _ frame: Frame, _ shading: Shading, in layers: inout Layers) {
    let box = frame.cell(row, column)
    guard let cell = cell(row, column) else { return }
    let title = "\(rowLabels[row]), \(columnLabels[column]): \(words(of: cell))"
    guard let value = cell.reading.drawn else {
      layers.grounds.add(
        Mark(.rect(box.grown(by: -0.5), corner: 2), fill: .paper, stroke: .grid, title: title))
      writeCell("—", cell.note, in: box, ink: .mutedText, layers: &layers)
      return
    }
    layers.grounds.add(.box(box, shading.ink(value), corner: 2, title: title))
    if cell.reading.isUnstable {
      layers.stripes.stripes(in: box)
      layers.outlines.add(
        Mark(.rect(box.grown(by: -0.5), corner: 2), stroke: .axis, strokeWidth: 0.75, dash: [3, 2]))
    }
    writeCell(
      NumberText.value(value, format, decimals: decimals), cell.note, in: box, ink: .text,
      hasPlate: cell.reading.isUnstable, layers: &layers)
  }

  private func writeCell(
    _ value: String, _ note: String, in box: Box, ink: Ink, hasPlate: Bool = false, layers: inout Layers
  ) {
    func room(_ text: String, _ size: Double) -> Double { TextMetrics.width(of: text, size: size) }
    // A number cut short would be another number: it is left to the tooltip where it does not fit.
    let size = room(value, Style.text) <= box.width - 2 ? Style.text : 10
    guard room(value, size) <= box.width - 2 else { return }
    let shownNote = VisibleText.of(note)
    let hasNote = !note.isEmpty && room(shownNote, 10) <= box.width - 2 && box.height >= 34
    if hasPlate {
      let width = min(box.width - 2, max(room(value, size), hasNote ? room(shownNote, 10) : 0) + 6)
      let height = hasNote ? 31.0 : 16
      layers.plates.add(
        .box(
          Box(x: box.midX - width / 2, y: box.midY - height / 2, width: width, height: height), .paper,
          corner: 2))
    }
    layers.texts.add(
      .text(
        TextRun(value, at: Point(box.midX, box.midY - (hasNote ? 7 : 0)), anchor: .middle, size: size), ink))
    if hasNote {
      layers.texts.add(
        .text(TextRun(shownNote, at: Point(box.midX, box.midY + 9), anchor: .middle, size: 10), ink))
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
}

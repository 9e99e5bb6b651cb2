/// The rows that a chart shares with its panels: wrapped labels at the left, notes, and each row's place.
struct RowTable {
  struct Line {
    var label: String
    var note: String
    var isReference: Bool
  }

  let lines: [Line]
  let labels: [[String]]
  let labelX = Style.margin
  let noteEnd: Double
  /// Where panels may begin.
  let plotStart: Double
  /// Top of each row, and the bottom of the last.
  let tops: [Double]

  init(_ lines: [Line], noteHeading: String, width: Double, top: Double) {
    self.lines = lines
    let visible = lines.map { VisibleText.of($0.label) }
    let weights = lines.map { $0.isReference ? TextRun.Weight.semibold : .regular }
    let widest =
      zip(visible, weights).map { TextMetrics.width(of: $0, size: Style.text, weight: $1) }.max() ?? 0
    let labelWidth = min(max(widest, 40), max(60, min(230, width * 0.28)))
    labels = zip(visible, weights).map {
      TextMetrics.wrap($0, width: labelWidth, size: Style.text, weight: $1, lines: 2)
    }
    let notes = lines.map { VisibleText.of($0.note) }
    let hasNotes = notes.contains { !$0.isEmpty }
    let noteWidth = (notes + [noteHeading]).map { TextMetrics.width(of: $0, size: Style.small) }.max() ?? 0
    let shownNoteWidth = hasNotes ? min(noteWidth, max(40, width * 0.16)) : 0
    noteEnd = labelX + labelWidth + (hasNotes ? 12 + shownNoteWidth : 0)
    plotStart = noteEnd + Style.gap
    var tops = [top]
    for label in labels {
      let extra = Style.lineHeight * Double(label.count - 1)
      tops.append((tops.last ?? top) + Style.rowHeight + (extra > 0 ? extra - 2 : 0))
    }
    self.tops = tops
  }

  /// The width asked for, or what leaves every panel room for an axis.
  static func width(_ asked: Double, _ lines: [Line], _ noteHeading: String, panels: Int) -> Double {
    let table = RowTable(lines, noteHeading: noteHeading, width: asked, top: 0)
    let count = Double(panels)
    return max(
      asked, table.plotStart + 64 * count + Style.panelGap * max(0, count - 1) + Style.margin + 12)
  }

  var top: Double { tops.first ?? 0 }
  var bottom: Double { tops.last ?? 0 }

  func middle(of row: Int) -> Double { (tops[row] + tops[row + 1]) / 2 }

  var noteWidth: Double { noteEnd - labelX }

  /// Tints of the reference rows and hairlines between rows, to be drawn below everything else.
  func ground(to right: Double, in sketch: inout Sketch) {
    for (row, line) in lines.enumerated() where line.isReference {
      sketch.add(
        .box(
          Box(x: 0, y: tops[row], width: right + Style.margin, height: tops[row + 1] - tops[row]), .band,
          corner: 2))
    }
    for top in tops {
      sketch.add(.line(Point(labelX, top), Point(right, top), .grid, width: 0.5))
    }
  }

  /// Label and note of one row.
  func write(row: Int, in sketch: inout Sketch) {
    let line = lines[row]
    let y = middle(of: row)
    sketch.lines(
      labels[row], whole: line.label, at: Point(labelX, y), weight: line.isReference ? .semibold : .regular)
    if !line.note.isEmpty {
      sketch.label(
        line.note, at: Point(noteEnd, y), width: noteWidth, anchor: .end, size: Style.small, ink: .mutedText)
    }
  }
}

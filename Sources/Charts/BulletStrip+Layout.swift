extension BulletStrip {
  static let rowHeight = 32.0
  /// Share of a plot that lies left of the bounds.
  static let passing = 0.62

  package func layout(width asked: Double) -> Scene {
    let frame = Frame(self, asked: Style.width(asked))
    guard !rows.isEmpty else {
      return Sketch.empty("No checks to show.", width: frame.width, title: title, summary: summary)
    }
    var sketch = Sketch()
    drawGround(frame, in: &sketch)
    for row in rows.indices { sketch.add(.group(marks(row, frame), label: words(row))) }
    let height = drawLegend(frame, in: &sketch)
    return Scene(width: frame.width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// Where everything is.
  struct Frame {
    let width: Double
    let top: Double
    let count: Int
    let statusWidth: Double
    let labelX: Double
    let labelWidth: Double
    let plot: Box
    /// 0 where there is no room for them.
    let valueWidth: Double
    let boundX: Double
    let boundWidth: Double

    init(_ spec: BulletStrip, asked: Double) {
      func widest(_ texts: [String], _ size: Double, _ weight: TextRun.Weight = .regular) -> Double {
        texts.map { TextMetrics.width(of: VisibleText.of($0), size: size, weight: weight) }.max() ?? 0
      }
      let rows = spec.rows
      statusWidth = 18 + min(150, widest(rows.map(\.statusText), Style.small, .semibold))
      labelX = Style.margin + statusWidth + 14
      let names = max(
        widest(rows.map(\.label), Style.text, .semibold), widest(rows.map(\.detail), Style.small))
      labelWidth = min(max(names, 40), max(90, min(300, asked * 0.26)))
      let bounds =
        ["limit"] + rows.map(\.boundText) + (rows.contains(where: \.isReversed) ? [Self.reversed] : [])
      boundWidth = min(widest(bounds, Style.small), max(70, asked * 0.12)) + 2
      let start = labelX + labelWidth + 20
      let values = min(widest(rows.map(\.valueText), Style.small), 220) + 2
      let rest = asked - start - boundWidth - 16 - Style.margin
      valueWidth = rest - values - 16 >= 170 ? values : 0
      let side = max(110, rest - (valueWidth > 0 ? valueWidth + 16 : 0))
      top = Style.margin + 18
      count = rows.count
      plot = Box(x: start, y: top, width: side, height: BulletStrip.rowHeight * Double(rows.count))
      boundX = plot.maxX + 16 + (valueWidth > 0 ? valueWidth + 16 : 0)
      width = max(asked, boundX + boundWidth + Style.margin)
    }

    static let reversed = "high to low"

    var limitX: Double { (plot.x + plot.width * BulletStrip.passing).rounded() }

    func middle(_ row: Int) -> Double { top + BulletStrip.rowHeight * (Double(row) + 0.5) }
  }

  private func drawGround(_ frame: Frame, in sketch: inout Sketch) {
    for row in 0...frame.count {
      let y = frame.top + BulletStrip.rowHeight * Double(row)
      sketch.add(
        .line(Point(Style.margin, y), Point(frame.width - Style.margin, y), .grid, width: 0.5))
    }
    let y = frame.top - 10
    let left = frame.limitX - frame.plot.x - 8
    sketch.label(
      "← within", at: Point(frame.limitX - 8, y), width: left, anchor: .end, size: Style.small,
      ink: .mutedText)
    sketch.label(
      "beyond →", at: Point(frame.limitX + 8, y), width: frame.plot.maxX - frame.limitX - 8,
      size: Style.small, ink: .mutedText)
    sketch.label(
      "limit", at: Point(frame.boundX, y), width: frame.boundWidth, size: Style.small, ink: .mutedText)
  }

  private func marks(_ index: Int, _ frame: Frame) -> [Mark] {
    let row = rows[index]
    let y = frame.middle(index)
    var sketch = Sketch()
    drawStatus(row, at: Point(Style.margin + 6, y), width: frame.statusWidth - 18, in: &sketch)
    let isTwoLined = !row.detail.isEmpty
    sketch.label(
      row.label, at: Point(frame.labelX, isTwoLined ? y - 6.5 : y), width: frame.labelWidth, weight: .semibold
    )
    if isTwoLined {
      sketch.label(
        row.detail, at: Point(frame.labelX, y + 7.5), width: frame.labelWidth, size: Style.small,
        ink: .mutedText)
    }
    if let track = Track(row), row.reading.drawn != nil {
      let pen = Sketch.Pen(ink: row.status.ink, title: "\(row.label), \(row.detail): \(row.valueText)")
      sketch.bullet(
        track, y: y, half: BulletStrip.rowHeight / 2 - 5, in: frame.plot, limitAt: frame.limitX, pen: pen)
    } else {
      // Words take the place of the drawing: nothing lies below them.
      sketch.label(
        row.valueText, at: Point(frame.plot.x + 4, y), width: frame.boundX - frame.plot.x - 20,
        size: Style.small, ink: .mutedText)
    }
    if Track(row) != nil, row.reading.drawn != nil, frame.valueWidth > 0 {
      sketch.label(
        row.valueText, at: Point(frame.plot.maxX + 16, y), width: frame.valueWidth, size: Style.small)
    }
    let isReversed = row.isReversed
    sketch.label(
      row.boundText, at: Point(frame.boundX, isReversed ? y - 6.5 : y), width: frame.boundWidth,
      size: Style.small)
    if isReversed {
      sketch.label(
        Frame.reversed, at: Point(frame.boundX, y + 7.5), width: frame.boundWidth, size: Style.small,
        ink: .mutedText)
    }
    return sketch.marks
  }

  private func words(_ index: Int) -> String {
    let row = rows[index]
    let subject = row.detail.isEmpty ? row.label : "\(row.label), \(row.detail)"
    return "\(row.statusText). \(subject): \(row.valueText), limit \(row.boundText)"
  }
}

extension BulletStrip.Row {
  /// The row's drawing by itself, for a table that says the rest: the bound stands at the same place in all of them.
  /// Nil where there is nothing to draw.
  package func track(width: Double = 160, height: Double = 20) -> Scene? {
    guard let track = BulletStrip.Track(self), reading.drawn != nil else { return nil }
    let plot = Box(x: 1, y: 0, width: width - 2, height: height)
    var sketch = Sketch()
    sketch.bullet(
      track, y: height / 2, half: height / 2 - 4, in: plot,
      limitAt: (width * BulletStrip.passing).rounded(), pen: Sketch.Pen(ink: status.ink, radius: 3.5))
    return Scene(width: width, height: height, title: "", marks: sketch.marks)
  }
}

extension Sketch {
  /// What passes tinted, the bounds, what the number is compared with, and the number with its interval.
  fileprivate mutating func bullet(
    _ track: BulletStrip.Track, y: Double, half: Double, in plot: Box, limitAt x: Double, pen: Pen
  ) {
    let scale = track.scale(in: plot, limitAt: x)
    let left = scale.position(track.least)
    add(.box(Box(x: left, y: y - half, width: x - left, height: 2 * half), .band))
    if let other = track.otherLimit, scale.contains(other) { limit(scale.position(other), y, half) }
    limit(x, y, half)
    if let reference = track.reference, scale.contains(reference) {
      add(
        .symbol(
          .diamond, at: Point(scale.position(reference), y), radius: pen.radius, .reference, isHollow: true))
    }
    reading(track.reading, scale, y: y, pen: pen)
  }

  fileprivate mutating func limit(_ x: Double, _ y: Double, _ half: Double) {
    add(.line(Point(x, y - half - 2), Point(x, y + half + 2), .limit, width: 2))
  }
}

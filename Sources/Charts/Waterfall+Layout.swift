extension Waterfall {
  package func layout(width asked: Double) -> Scene {
    let lines =
      parts.map { RowTable.Line(label: $0.label, note: "", isReference: false) }
      + [RowTable.Line(label: total.label, note: "", isReference: true)]
    let width = RowTable.width(Style.width(asked), lines, "", panels: 1)
    guard !parts.isEmpty else {
      return Sketch.empty("No parts to show.", width: width, title: title, summary: summary)
    }
    let frame = Frame(self, lines, width: width)
    var sketch = Sketch()
    frame.table.ground(to: width - Style.margin, in: &sketch)
    let count = max(3, min(8, Int(frame.plot.width / 64)))
    sketch.horizontalAxis(frame.scale.ticks(count: count, format: axis.format), frame.scale, in: frame.plot)
    if frame.scale.contains(0) {
      let zero = frame.scale.position(0)
      sketch.add(.line(Point(zero, frame.plot.y), Point(zero, frame.plot.maxY), .reference, width: 1.25))
    }
    let steps = parts.indices.filter { parts[$0].reading.drawn != nil }.map { row in
      let x = frame.scale.position(frame.spans[row].to)
      return [Point(x, frame.table.middle(of: row) + 6), Point(x, frame.table.middle(of: row + 1) - 6)]
    }
    if !steps.isEmpty { sketch.add(Mark(.polylines(steps), stroke: .axis, strokeWidth: 0.75)) }
    for row in parts.indices {
      sketch.add(.group(marks(row, frame), label: "\(parts[row].label): \(words(parts[row]))"))
    }
    sketch.add(.group(totalMarks(frame), label: "\(total.label): \(words(total))"))
    let bottom = drawSides(frame, in: &sketch)
    var entries: [(mark: Mark, words: String)] = []
    if parts.contains(where: { $0.reading.interval != nil }) {
      entries.append((.line(Point(-9, 0), Point(9, 0), .text, width: 1.25), intervalLegend))
    }
    let height = sketch.legend(entries, below: bottom, width: width)
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// Where everything is.
  struct Frame {
    let table: RowTable
    let plot: Box
    let scale: Scale
    let valueWidth: Double
    /// Where each bar begins and ends; the whole last.
    let spans: [(from: Double, to: Double)]

    init(_ spec: Waterfall, _ lines: [RowTable.Line], width: Double) {
      table = RowTable(lines, noteHeading: "", width: width, top: Style.margin)
      let texts = (spec.parts + [spec.total]).map {
        TextMetrics.width(of: spec.words($0), size: Style.small)
      }
      let all = width - Style.margin - table.plotStart
      let wanted = min(texts.max() ?? 0, 220) + 14
      valueWidth = all - wanted >= 140 ? wanted : 0
      plot = Box(
        x: table.plotStart, y: table.top, width: max(24, all - valueWidth - (valueWidth > 0 ? 0 : 12)),
        height: table.bottom - table.top)
      var spans: [(from: Double, to: Double)] = []
      var sum = 0.0
      for part in spec.parts {
        let value = part.reading.drawn.flatMap { $0.isFinite && abs($0) < 1e150 ? $0 : nil } ?? 0
        spans.append((sum, sum + value))
        sum += value
      }
      let whole = spec.total.reading.drawn.flatMap { $0.isFinite && abs($0) < 1e150 ? $0 : nil } ?? 0
      spans.append((0, whole))
      self.spans = spans
      let ends: [Double] = spans.map(\.from) + spans.map(\.to) + [0]
      let (low, high) = (ends.min() ?? 0, ends.max() ?? 0)
      let limits = zip(spec.parts, spans).flatMap { part, span -> [Double] in
        part.reading.interval.map { [span.from + $0.lower, span.from + $0.upper] } ?? []
      }.filter { $0.isFinite && abs($0) < 1e150 }
      let room = max(high - low, 1e-9)
      scale = spec.axis.scale(
        covering: [
          max(low - room / 2, min(low, limits.min() ?? low)),
          min(high + room / 2, max(high, limits.max() ?? high)),
        ], start: plot.x, end: plot.maxX, tickCount: max(3, min(8, Int(plot.width / 64))))
    }
  }

  private func marks(_ row: Int, _ frame: Frame) -> [Mark] {
    var sketch = Sketch()
    frame.table.write(row: row, in: &sketch)
    let (part, span, y) = (parts[row], frame.spans[row], frame.table.middle(of: row))
    if part.reading.drawn == nil {
      sketch.plate(words(part), at: Point(frame.plot.x + 4, y), width: frame.plot.width - 8, ground: .paper)
      return sketch.marks
    }
    bar(span, y: y, frame, ink: span.to < span.from ? .data(1) : .data(0), part, in: &sketch)
    if let interval = part.reading.interval {
      let shifted = Reading(span.to, span.from + interval.lower, span.from + interval.upper)
      let pen = Sketch.Pen(ink: .text, radius: 1.5, width: 1.25)
      sketch.reading(shifted, frame.scale, y: y, pen: pen)
    }
    writeValue(part, y: y, frame, in: &sketch)
    return sketch.marks
  }

  private func totalMarks(_ frame: Frame) -> [Mark] {
    var sketch = Sketch()
    frame.table.write(row: parts.count, in: &sketch)
    let y = frame.table.middle(of: parts.count)
    bar(frame.spans[parts.count], y: y, frame, ink: .reference, total, in: &sketch)
    writeValue(total, y: y, frame, in: &sketch)
    return sketch.marks
  }

  private func bar(
    _ span: (from: Double, to: Double), y: Double, _ frame: Frame, ink: Ink, _ part: Part,
    in sketch: inout Sketch
  ) {
    let (from, to) = (frame.scale.position(span.from), frame.scale.position(span.to))
    let left = min(from, to)
    let width = max(1, abs(to - from))
    let box = Box(x: min(left, frame.plot.maxX - 1), y: y - 6, width: width, height: 12)
    sketch.add(.box(box, ink, title: "\(part.label): \(words(part))"))
  }

  private func writeValue(_ part: Part, y: Double, _ frame: Frame, in sketch: inout Sketch) {
    guard frame.valueWidth > 0 else { return }
    sketch.label(
      words(part), at: Point(frame.plot.maxX + 14, y), width: frame.valueWidth - 14, size: Style.small)
  }

  func words(_ part: Part) -> String {
    part.reading.text(axis.format, decimals: axis.decimals, isSigned: true)
  }

  private func drawSides(_ frame: Frame, in sketch: inout Sketch) -> Double {
    let y = frame.plot.maxY + Style.tickHeight
    guard !lessLabel.isEmpty || !moreLabel.isEmpty else { return y + 2 }
    let half = frame.plot.width / 2
    if !lessLabel.isEmpty {
      sketch.label(
        "← " + lessLabel, at: Point(frame.plot.x, y + 8), width: half - 6, size: Style.small, ink: .mutedText)
    }
    if !moreLabel.isEmpty {
      sketch.label(
        moreLabel + " →", at: Point(frame.plot.maxX, y + 8), width: half - 6, anchor: .end,
        size: Style.small, ink: .mutedText)
    }
    return y + 18
  }
}

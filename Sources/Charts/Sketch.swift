/// Collects marks while a chart is laid out, with the parts that charts share.
struct Sketch {
  var marks: [Mark] = []

  mutating func add(_ mark: Mark) { marks.append(mark) }

  /// Text cut to a width; the whole text is its tooltip where something was cut.
  mutating func label(
    _ text: String, at point: Point, width: Double, anchor: TextRun.Anchor = .start,
    baseline: TextRun.Baseline = .middle, size: Double = Style.text, weight: TextRun.Weight = .regular,
    ink: Ink = .text
  ) {
    let lines = [TextMetrics.fit(VisibleText.of(text), width: width, size: size, weight: weight)]
    self.lines(
      lines, whole: text, at: point, anchor: anchor, baseline: baseline, size: size, weight: weight, ink: ink)
  }

  /// Small text on a ground that hides the lines below it.
  mutating func plate(_ text: String, at point: Point, width: Double, ground: Ink) {
    let shown = TextMetrics.fit(VisibleText.of(text), width: width, size: Style.small)
    let length = TextMetrics.width(of: shown, size: Style.small)
    add(.box(Box(x: point.x - 2, y: point.y - 8, width: length + 2, height: 16), ground))
    label(text, at: point, width: width, size: Style.small, ink: .mutedText)
  }

  /// Lines already wrapped, around (`middle`) or below (`top`) a point.
  mutating func lines(
    _ lines: [String], whole: String, at point: Point, anchor: TextRun.Anchor = .start,
    baseline: TextRun.Baseline = .middle, size: Double = Style.text, weight: TextRun.Weight = .regular,
    ink: Ink = .text
  ) {
    let visible = VisibleText.of(whole)
    let isCut =
      lines.last?.hasSuffix(TextMetrics.ellipsis) == true && !visible.hasSuffix(TextMetrics.ellipsis)
    let step = size + 3
    let first = baseline == .middle ? point.y - step * Double(lines.count - 1) / 2 : point.y
    for (index, line) in lines.enumerated() where !line.isEmpty {
      let run = TextRun(
        line, at: Point(point.x, first + step * Double(index)), anchor: anchor, baseline: baseline,
        size: size,
        weight: weight)
      add(.text(run, ink, title: isCut ? visible : nil))
    }
  }

  /// Vertical grid lines with labels below. Labels that would touch are left out, the lines stay.
  mutating func horizontalAxis(_ ticks: Ticks, _ scale: Scale, in plot: Box, isLabelled: Bool = true) {
    var free = -Double.infinity
    let shown = zip(ticks.values, ticks.labels).filter { scale.contains($0.0) || ticks.values.count == 1 }
    for (value, _) in shown {
      let x = scale.position(value)
      add(.line(Point(x, plot.y), Point(x, plot.maxY), .grid))
    }
    for (value, label) in shown {
      let x = scale.position(value)
      let half = TextMetrics.width(of: label, size: Style.small) / 2
      // Long labels stay near their plot: the room beside it is counted on.
      let middle = min(plot.maxX + 13 - half, max(plot.x - 14 + half, x))
      guard isLabelled, middle - half > free else { continue }
      free = middle + half + 4
      add(
        .text(
          TextRun(
            label, at: Point(middle, plot.maxY + 5), anchor: .middle, baseline: .top, size: Style.small),
          .mutedText))
    }
  }

  /// Horizontal grid lines with labels at the left.
  mutating func verticalAxis(_ ticks: Ticks, _ scale: Scale, in plot: Box, isLabelled: Bool = true) {
    let shown = zip(ticks.values, ticks.labels).filter { scale.contains($0.0) }
    for (value, _) in shown {
      let y = scale.position(value)
      add(.line(Point(plot.x, y), Point(plot.maxX, y), .grid))
    }
    for (value, label) in shown where isLabelled {
      let y = scale.position(value)
      add(.text(TextRun(label, at: Point(plot.x - 5, y), anchor: .end, size: Style.small), .mutedText))
    }
  }

  /// What a chart says when it has nothing to draw.
  static func empty(_ words: String, width: Double, title: String, summary: String) -> Scene {
    var sketch = Sketch()
    sketch.label(
      words, at: Point(Style.margin, 20), width: width - 2 * Style.margin, ink: .mutedText)
    return Scene(width: width, height: 40, title: title, summary: summary, marks: sketch.marks)
  }
}

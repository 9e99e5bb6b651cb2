extension Sketch {
  /// A panel's name, in at most two lines above its plot, and a note below the name.
  mutating func panelHead(_ name: String, note: String = "", over plot: Box) {
    let noteHeight = note.isEmpty ? 0 : Style.lineHeight
    let lines = TextMetrics.wrap(
      VisibleText.of(name), width: plot.width, size: Style.text, weight: .semibold, lines: 2)
    let top = plot.y - 6 - noteHeight - Double(lines.count) * Style.lineHeight
    self.lines(lines, whole: name, at: Point(plot.x, top), baseline: .top, weight: .semibold)
    if !note.isEmpty {
      label(
        note, at: Point(plot.x, plot.y - 6 - noteHeight), width: plot.width, baseline: .top,
        size: Style.small,
        ink: .mutedText)
    }
  }

  /// Height that `panelHead` needs for the longest of the names.
  static func headHeight(_ names: [String], hasNotes: Bool, plotWidth: Double) -> Double {
    let lines = names.map {
      TextMetrics.wrap(VisibleText.of($0), width: plotWidth, size: Style.text, weight: .semibold, lines: 2)
        .count
    }
    return Double(lines.max() ?? 1) * Style.lineHeight + (hasNotes ? Style.lineHeight : 0) + 8
  }

  /// The frame, grid and ticks of a unit square.
  mutating func unitSquare(
    _ plot: Box, x: Scale, y: Scale, isLeft: Bool, isBottom: Bool, tickCount: Int,
    format: NumberText.Format = .number, labelWidth: Double = 38
  ) {
    horizontalAxis(x.ticks(count: tickCount, format: format), x, in: plot, isLabelled: isBottom)
    var ticks = y.ticks(count: tickCount, format: format)
    ticks.labels = ticks.labels.map { TextMetrics.fit($0, width: labelWidth, size: Style.small) }
    verticalAxis(ticks, y, in: plot, isLabelled: isLeft)
    add(Mark(.rect(plot, corner: 0), stroke: .axis, strokeWidth: 0.75))
  }

  /// The name of a horizontal axis, centred below its ticks.
  mutating func xName(_ name: String, below plot: Box) {
    label(
      name, at: Point(plot.midX, plot.maxY + Style.tickHeight), width: plot.width + 12, anchor: .middle,
      baseline: .top, size: Style.small, ink: .mutedText)
  }

  /// The name of a vertical axis, reading upwards at the left of its ticks.
  mutating func yName(_ name: String, beside plot: Box, distance: Double) {
    let whole = VisibleText.of(name)
    let text = TextMetrics.fit(whole, width: plot.height, size: Style.small)
    let run = TextRun(
      text, at: Point(plot.x - distance, plot.midY), anchor: .middle, size: Style.small, isVertical: true)
    add(.text(run, .mutedText, title: text == whole ? nil : whole))
  }
}

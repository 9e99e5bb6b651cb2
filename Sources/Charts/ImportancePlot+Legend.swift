extension ImportancePlot {
  /// What each side of zero means, below the ticks. Returns the new bottom.
  func drawSides(_ frame: Frame, in sketch: inout Sketch) -> Double {
    let y = frame.table.bottom + Style.tickHeight
    guard panels.contains(where: { !$0.lessLabel.isEmpty || !$0.moreLabel.isEmpty }) else { return y + 2 }
    for (panel, (plot, scale)) in zip(panels, zip(frame.plots, frame.scales)) {
      let zero = scale.position(0)
      let less = panel.lessLabel.isEmpty ? "" : "← " + panel.lessLabel
      let more = panel.moreLabel.isEmpty ? "" : panel.moreLabel + " →"
      func need(_ text: String) -> Double { TextMetrics.width(of: VisibleText.of(text), size: Style.small) }
      let fits = need(less) + need(more) + 8 <= plot.width
      if !less.isEmpty, zero > plot.x + 8, fits {
        sketch.label(
          less, at: Point(plot.x, y + 8), width: plot.width, size: Style.small, ink: .mutedText)
      }
      if !more.isEmpty, zero < plot.maxX - 8 {
        sketch.label(
          more, at: Point(plot.maxX, y + 8), width: plot.width, anchor: .end, size: Style.small,
          ink: .mutedText)
      }
    }
    return y + 18
  }

  /// What the marks mean, in as many lines as it takes. Returns the scene's height.
  func drawLegend(below top: Double, width: Double, in sketch: inout Sketch) -> Double {
    let cells = rows.flatMap(\.cells).filter { $0.reading.drawn != nil }
    func segment(_ width: Double) -> Mark { .line(Point(-9, 0), Point(9, 0), .data(0), width: width) }
    var entries: [(mark: Mark, words: String)] = []
    if cells.contains(where: { $0.reading.interval != nil }) {
      entries.append((segment(1.25), intervalLegend))
    }
    if cells.contains(where: { ($0.shuffle ?? 0) > 0 }) { entries.append((segment(5), shuffleLegend)) }
    if cells.contains(where: { !$0.repeats.isEmpty }) {
      let ticks = [-4.0, -1, 3].map { [Point($0, -2), Point($0, 1.5)] }
      entries.append((Mark(.polylines(ticks), stroke: .axis, strokeWidth: 0.75), repeatsLegend))
    }
    if cells.contains(where: { $0.reference != nil }) {
      entries.append((.line(Point(0, -6), Point(0, 6), .data(1), width: 2), referenceLegend))
    }
    if cells.contains(where: \.reading.isUnstable) {
      entries.append(
        (.symbol(.circle, at: Point(0, 0), radius: 3.75, .data(0), isHollow: true), unstableLegend))
    }
    return sketch.legend(entries, below: top, width: width)
  }
}

extension ParetoPlot {
  private static let dashes: [[Double]] = [[], [7, 3], [2, 2.5], [8, 3, 2, 3]]
  private static let symbols: [Mark.Symbol] = [.circle, .square, .triangle, .diamond]

  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    let shown = panels.filter { panel in
      panel.frontiers.contains { !$0.points.isEmpty } || panel.current != nil
    }
    guard !shown.isEmpty else {
      return Sketch.empty("No trade can be drawn.", width: width, title: title, summary: summary)
    }
    var sketch = Sketch()
    let top = drawLegend(shown, width: width, in: &sketch)
    let left = 56.0
    let fitting = max(1, min(shown.count, Int((width - 20 + 24) / (240 + left + 24))))
    let side = min(470, (width - 20 - Double(fitting - 1) * 24) / Double(fitting) - left)
    let (head, height, foot) = (28.0, 220.0, Style.tickHeight + 24)
    for (index, panel) in shown.enumerated() {
      let plot = Box(
        x: left + Double(index % fitting) * (side + left + 24),
        y: top + head + Double(index / fitting) * (head + height + foot), width: side, height: height)
      sketch.add(.group(marks(panel, shown, plot), label: words(panel)))
    }
    let rows = (shown.count + fitting - 1) / fitting
    return Scene(
      width: width, height: top + Double(rows) * (head + height + foot), title: title, summary: summary,
      marks: sketch.marks)
  }

  private func drawLegend(_ shown: [Panel], width: Double, in sketch: inout Sketch) -> Double {
    var entries: [(mark: Mark, words: String)] = []
    for (index, frontier) in (shown.first?.frontiers ?? []).enumerated() {
      let line = Mark.line(
        Point(-9, 0), Point(9, 0), .data(index), width: 2, dash: ParetoPlot.dashes[index % 4])
      entries.append((line, frontier.label))
    }
    let origin = Point(0, 0)
    if shown.contains(where: { $0.current != nil }) {
      entries.append((.symbol(.star, at: origin, radius: 5, .text), currentLegend))
    }
    if shown.contains(where: { $0.baseline != nil }) {
      entries.append((.symbol(.diamond, at: origin, .reference, isHollow: true), baselineLegend))
    }
    if let limit {
      let box = Mark.box(Box(x: -9, y: -5, width: 18, height: 10), .band)
      entries.append((box, "within the policy's limit of \(NumberText.short(limit))"))
    }
    return sketch.legend(entries, below: 0, width: width)
  }

  private func places(_ panel: Panel) -> [Place] {
    panel.frontiers.flatMap(\.points) + [panel.current, panel.baseline].compactMap { $0 }
  }

  private func marks(_ panel: Panel, _ shown: [Panel], _ plot: Box) -> [Mark] {
    let across = shown.flatMap(places).compactMap(\.gap.drawn) + [0] + (limit.map { [$0] } ?? [])
    let x = scale(covering: across, from: plot.x, to: plot.maxX, tickCount: 5)
    let upwards =
      places(panel).compactMap(\.quality.drawn)
      + panel.frontiers.flatMap { crossed($0.points) }
      .flatMap(\.quality.extent) + (panel.current?.quality.extent ?? [])
    let y = scale(covering: upwards, from: plot.maxY, to: plot.y, tickCount: 4)
    var sketch = Sketch()
    sketch.panelHead(panel.name, over: plot)
    if let limit, !limit.isNaN {
      sketch.add(
        .box(Box(x: plot.x, y: plot.y, width: x.position(limit) - plot.x, height: plot.height), .band))
    }
    sketch.horizontalAxis(x.ticks(count: 5), x, in: plot)
    sketch.verticalAxis(y.ticks(count: 4), y, in: plot)
    sketch.xName(gapLabel, below: plot)
    for (index, frontier) in panel.frontiers.enumerated().reversed() {
      draw(frontier, index, x, y, panel.name, in: &sketch)
    }
    if let baseline = panel.baseline {
      mark(baseline, .diamond, 4.5, .reference, isHollow: true, baselineLegend, panel.name, x, y, in: &sketch)
    }
    if let current = panel.current {
      cross(current, .text, x, y, in: &sketch)
      mark(current, .star, 6, .text, isHollow: false, currentLegend, panel.name, x, y, in: &sketch)
    }
    return [.group(sketch.marks)]
  }

  /// Gaps and qualities lie between 0 and 1; less than a hundredth is never blown up to a whole axis.
  private func scale(covering values: [Double], from start: Double, to end: Double, tickCount: Int) -> Scale {
    let known = values.filter { $0 >= 0 && $0 <= 1 }
    let most = min(1, (known.max() ?? 1) + 0.005)
    return AxisSpec.rate.scale(
      covering: known + [most, max(0, most - 0.01)], start: start, end: end, tickCount: tickCount)
  }

  private func draw(
    _ frontier: Frontier, _ index: Int, _ x: Scale, _ y: Scale, _ name: String, in sketch: inout Sketch
  ) {
    var path: [Point] = []
    for place in frontier.points {
      guard let gap = place.gap.drawn, let quality = place.quality.drawn else { continue }
      let point = Point(x.position(gap), y.position(quality))
      if let last = path.last { path.append(Point(point.x, last.y)) }
      path.append(point)
    }
    if path.count > 1 {
      sketch.add(
        Mark(
          .polyline(path), stroke: .data(index), strokeWidth: 1.75, dash: ParetoPlot.dashes[index % 4],
          title: frontier.label))
    }
    for place in crossed(frontier.points) { cross(place, .data(index), x, y, in: &sketch) }
    for place in frontier.points {
      mark(
        place, ParetoPlot.symbols[index % 4], 3, .data(index), isHollow: false, frontier.label, name, x, y,
        in: &sketch)
    }
  }

  /// Points whose intervals are drawn: the ends and evenly between.
  private func crossed(_ points: [Place]) -> [Place] {
    let most = ParetoPlot.crosses
    guard points.count > most else { return points }
    return (0..<most).map { points[$0 * (points.count - 1) / (most - 1)] }
  }

  private func cross(_ place: Place, _ ink: Ink, _ x: Scale, _ y: Scale, in sketch: inout Sketch) {
    guard let gap = place.gap.drawn, let quality = place.quality.drawn else { return }
    let at = Point(x.position(gap), y.position(quality))
    if let interval = place.gap.interval {
      let (from, to) = (x.position(interval.lower), x.position(interval.upper))
      sketch.add(.line(Point(from, at.y), Point(to, at.y), ink, width: 0.75))
    }
    if let interval = place.quality.interval {
      let (from, to) = (y.position(interval.lower), y.position(interval.upper))
      sketch.add(.line(Point(at.x, from), Point(at.x, to), ink, width: 0.75))
    }
  }

  private func mark(
    _ place: Place, _ symbol: Mark.Symbol, _ radius: Double, _ ink: Ink, isHollow: Bool, _ label: String,
    _ name: String, _ x: Scale, _ y: Scale, in sketch: inout Sketch
  ) {
    guard let gap = place.gap.drawn, let quality = place.quality.drawn else { return }
    let title =
      "\(label)\(place.note.isEmpty ? "" : ", \(place.note)"): \(gapLabel) "
      + "\(place.gap.text(.number, decimals: 3)), \(name) \(place.quality.text(.number, decimals: 3))"
    sketch.add(
      .symbol(
        symbol, at: Point(x.position(gap), y.position(quality)), radius: radius, ink, isHollow: isHollow,
        title: title))
  }

  private func words(_ panel: Panel) -> String {
    let parts = panel.frontiers.compactMap { frontier -> String? in
      guard let first = frontier.points.first, let last = frontier.points.last else { return nil }
      func text(_ place: Place) -> String {
        "\(place.quality.text(.number, decimals: 3)) at a gap of \(place.gap.text(.number, decimals: 3))"
      }
      return frontier.points.count == 1
        ? "\(frontier.label): \(text(first))" : "\(frontier.label): from \(text(first)) to \(text(last))"
    }
    return "\(panel.name). \(parts.joined(separator: "; "))"
  }
}

extension SliceScatter {
  /// Names beside points, and points that are marks of their own; the others share one.
  private static let named = 6
  private static let single = 20
  /// Room for the ticks' labels.
  private static let left = 46.0

  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    let shown = panels.filter { $0.dots.contains { $0.isDrawable } && $0.whole >= 1 && $0.whole.isFinite }
    guard !shown.isEmpty else {
      return Sketch.empty("No slices to show.", width: width, title: title, summary: summary)
    }
    var sketch = Sketch()
    let columns = max(1, min(shown.count, Int(width / 300)))
    let left = Self.left
    let side = (width - Style.margin - (left + 10) * Double(columns)) / Double(columns)
    let height = max(150, min(250, side * 0.72))
    let head = Style.margin + Sketch.headHeight(shown.map(\.name), hasNotes: false, plotWidth: side)
    var bottom = 0.0
    for (place, panel) in shown.enumerated() {
      let (row, column) = place.quotientAndRemainder(dividingBy: columns)
      let plot = Box(
        x: left + (side + left + 10) * Double(column), y: head + (height + 48 + head) * Double(row),
        width: side,
        height: height)
      sketch.add(.group(draw(panel, in: plot), label: "\(panel.name): \(words(of: panel))"))
      bottom = max(bottom, plot.maxY + 40)
    }
    bottom = sketch.legend(legend, below: bottom, width: width)
    return Scene(width: width, height: bottom, title: title, summary: summary, marks: sketch.marks)
  }

  private var legend: [(mark: Mark, words: String)] {
    let dots = panels.flatMap(\.dots)
    let kinds: [(Int, String)] = [(1, "one attribute"), (2, "two"), (3, "three or more")]
    var entries = kinds.filter { kind in dots.contains { min(3, $0.degree) == kind.0 } }.map { kind in
      (mark: Mark.symbol(Self.symbol(kind.0), at: Point(0, 0), .data(0)), words: kind.1)
    }
    entries.append((.symbol(.circle, at: Point(0, 0), .data(0), isHollow: true), "interval includes zero"))
    entries.append(
      (
        .box(Box(x: -5, y: -5, width: 10, height: 10), .band),
        "chance alone, \(level), for one slice by itself"
      ))
    return entries
  }

  private func words(of panel: Panel) -> String {
    let sure = panel.dots.filter(\.isSure).count
    return "\(sure) of \(panel.dots.count) slices lie off the whole for sure"
  }

  static func symbol(_ degree: Int) -> Mark.Symbol {
    degree <= 1 ? .circle : degree == 2 ? .diamond : .triangle
  }

  private func draw(_ panel: Panel, in plot: Box) -> [Mark] {
    var sketch = Sketch()
    let dots = panel.dots.filter(\.isDrawable)
    let sizes = dots.map(\.size)
    let x = Scale(
      .log, from: max(1, (sizes.min() ?? 1) / 1.3), to: max(10, (sizes.max() ?? 1) * 1.3), start: plot.x,
      end: plot.maxX)
    let y = AxisSpec(limits: panel.variance == nil ? -1...1 : nil).scale(
      covering: dots.map(\.gap) + [0], start: plot.maxY, end: plot.y, tickCount: 5)
    sketch.panelHead(panel.name, over: plot)
    funnel(panel, x, y, in: &sketch)
    sketch.horizontalAxis(x.ticks(count: 4), x, in: plot)
    var ticks = y.ticks(count: 5)
    ticks.labels = ticks.labels.map { TextMetrics.fit($0, width: Self.left - 8, size: Style.small) }
    sketch.verticalAxis(ticks, y, in: plot)
    sketch.xName(panel.counts, below: plot)
    sketch.add(
      .line(Point(plot.x, y.position(0)), Point(plot.maxX, y.position(0)), .reference, width: 1.25))
    scatter(dots, x, y, in: &sketch)
    return sketch.marks
  }

  /// The band around zero, cut where the plot ends.
  private func funnel(_ panel: Panel, _ x: Scale, _ y: Scale, in sketch: inout Sketch) {
    let steps = 40
    let pixels = (0...steps).map { x.start + (x.end - x.start) * Double($0) / Double(steps) }
    let upper = pixels.map {
      Point($0, y.position(panel.reach(x.value(at: $0), critical: critical)))
    }
    let lower = pixels.map {
      Point($0, y.position(-panel.reach(x.value(at: $0), critical: critical)))
    }
    sketch.add(Mark(.polygon(upper + lower.reversed()), fill: .band))
  }

  /// The leading points one by one, with their names; the others as a few marks of many lines, so that a page of ten
  /// thousand slices stays small.
  private func scatter(_ dots: [Dot], _ x: Scale, _ y: Scale, in sketch: inout Sketch) {
    let rest = dots.dropFirst(Self.single)
    for isSure in [false, true] {
      let lines = rest.filter { $0.isSure == isSure }.map { dot -> [Point] in
        let at = Point(x.position(dot.size), y.position(dot.gap))
        return [Point(at.x - 1.5, at.y), Point(at.x + 1.5, at.y)]
      }
      if !lines.isEmpty {
        sketch.add(
          Mark(.polylines(lines), stroke: isSure ? .data(0) : .reference, strokeWidth: isSure ? 3 : 2))
      }
    }
    for dot in dots.prefix(Self.single).reversed() {
      sketch.add(
        .symbol(
          Self.symbol(dot.degree), at: Point(x.position(dot.size), y.position(dot.gap)), radius: 3.5,
          .data(0),
          isHollow: !dot.isSure,
          title:
            "\(dot.label): \(NumberText.value(dot.gap, isSigned: true)), \(NumberText.count(dot.size.rounded()))"
        ))
    }
    names(Array(dots.prefix(Self.single)), x, y, in: &sketch)
  }

  /// Names of the first few, where they touch neither each other nor the edge.
  private func names(_ dots: [Dot], _ x: Scale, _ y: Scale, in sketch: inout Sketch) {
    var taken: [Box] = []
    for dot in dots where taken.count < Self.named && dot.isSure {
      let at = Point(x.position(dot.size), y.position(dot.gap))
      let text = TextMetrics.fit(VisibleText.of(dot.label), width: 150, size: Style.small)
      let length = TextMetrics.width(of: text, size: Style.small)
      let isRight = at.x + 8 + length <= x.end
      let box = Box(x: isRight ? at.x + 7 : at.x - 7 - length, y: at.y - 7, width: length, height: 14)
      guard box.x >= x.start, box.y >= y.end - 8, box.maxY <= y.start + 8,
        !taken.contains(where: { $0.overlaps(box) })
      else { continue }
      taken.append(box)
      sketch.label(
        dot.label, at: Point(isRight ? at.x + 7 : at.x - 7, at.y), width: 150,
        anchor: isRight ? .start : .end, size: Style.small)
    }
  }
}

extension SliceScatter.Dot {
  var isDrawable: Bool { size >= 1 && size < 1e15 && gap.isFinite && abs(gap) <= 1e6 }
}

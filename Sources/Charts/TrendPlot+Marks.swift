extension TrendPlot {
  /// Bounds as steps: each run has the one that it was judged by.
  func drawLimits(_ frame: Frame, in sketch: inout Sketch) {
    for bound in [\Entry.minimum, \Entry.maximum] {
      var line: [Point] = []
      for (index, entry) in entries.enumerated() {
        guard let value = entry[keyPath: bound], value.isFinite else {
          finish(&line, in: &sketch)
          continue
        }
        let y = frame.y.position(value)
        line += [Point(frame.edge(index), y), Point(frame.edge(index + 1), y)]
      }
      finish(&line, in: &sketch)
    }
  }

  private func finish(_ line: inout [Point], in sketch: inout Sketch) {
    if line.count > 1 {
      sketch.add(Mark(.polyline(line), stroke: .limit, strokeWidth: 1.5, dash: [5, 3], title: "limit"))
    }
    line = []
  }

  /// A thin line where something was replaced, with the letters of what.
  func drawChanges(_ frame: Frame, in sketch: inout Sketch) {
    var free = -Double.infinity
    for (index, entry) in entries.enumerated() where !entry.changes.isEmpty {
      let x = frame.edge(index)
      sketch.add(
        .line(
          Point(x, frame.plot.y - 4), Point(x, frame.plot.maxY), .axis, dash: [2, 2],
          title: "other \(entry.changes.map(\.rawValue).joined(separator: ", ")) from \(entry.label) on"))
      let letters = entry.changes.map(\.letter).joined()
      let half = TextMetrics.width(of: letters, size: Style.small) / 2
      guard x - half > free else { continue }
      free = x + half + 2
      sketch.add(
        .text(
          TextRun(letters, at: Point(x, frame.plot.y - 12), anchor: .middle, size: Style.small), .mutedText))
    }
  }

  /// Ribbon and line of runs that may be joined.
  func drawRun(_ run: [Int], _ frame: Frame, in sketch: inout Sketch) {
    let known = run.filter { entries[$0].reading.interval != nil }
    func limit(_ index: Int, _ pick: (_: (lower: Double, upper: Double)) -> Double) -> Point? {
      entries[index].reading.interval.map { Point(frame.x(index), frame.y.position(pick($0))) }
    }
    if known.count == run.count, run.count > 1 {
      let upper = run.compactMap { limit($0) { $0.upper } }
      let lower = run.reversed().compactMap { limit($0) { $0.lower } }
      sketch.add(Mark(.polygon(upper + lower), fill: .data(0), fillOpacity: 0.16))
    } else {
      for index in known {
        guard let low = limit(index, { $0.lower }), let high = limit(index, { $0.upper }) else { continue }
        sketch.add(
          Mark(.polyline([low, high]), stroke: .data(0), strokeWidth: max(2, frame.radius), dash: []))
      }
    }
    let line = run.compactMap { index in
      entries[index].reading.drawn.map { Point(frame.x(index), frame.y.position($0)) }
    }
    if line.count > 1 { sketch.add(Mark(.polyline(line), stroke: .data(0), strokeWidth: 1.5)) }
  }

  /// A run's mark; one without a value stands hollow on the axis.
  func drawMark(_ index: Int, _ frame: Frame, in sketch: inout Sketch) {
    let entry = entries[index]
    let title = "\(entry.label): \(entry.valueText)"
    guard let value = entry.reading.drawn else {
      let bottom = frame.plot.maxY
      sketch.add(
        .symbol(
          entry.status.symbol, at: Point(frame.x(index), bottom), radius: frame.radius, entry.status.ink,
          isHollow: true, title: title))
      return
    }
    sketch.add(
      .symbol(
        entry.status.symbol, at: Point(frame.x(index), frame.y.position(value)), radius: frame.radius,
        entry.status.ink, isHollow: entry.status == .waived, title: title))
  }

  /// As many runs by name as there is room for, the newest always.
  func drawNames(_ frame: Frame, in sketch: inout Sketch) {
    let y = frame.plot.maxY + 5
    sketch.add(.line(Point(frame.plot.x, frame.plot.maxY), Point(frame.plot.maxX, frame.plot.maxY), .axis))
    let widths = entries.map {
      min(84, TextMetrics.width(of: VisibleText.of($0.label), size: Style.small) + 2)
    }
    var taken = Double.infinity
    for index in entries.indices.reversed() {
      let half = widths[index] / 2
      let x = min(frame.plot.maxX + 6 - half, max(half, frame.x(index)))
      guard x + half < taken else { continue }
      taken = x - half - 10
      sketch.label(
        entries[index].label, at: Point(x, y), width: widths[index], anchor: .middle, baseline: .top,
        size: Style.small, ink: .mutedText)
    }
  }
}

extension BulletStrip {
  /// A sign for the verdict, drawn rather than written, because fonts lack them, and the word beside it.
  func drawStatus(_ row: Row, at point: Point, width: Double, in sketch: inout Sketch) {
    let (x, y, r) = (point.x, point.y, 4.5)
    let ink = row.status.ink
    func stroke(_ points: [Point]) -> Mark { Mark(.polyline(points), stroke: ink, strokeWidth: 2) }
    switch row.status {
    case .pass: sketch.add(stroke([Point(x - r, y), Point(x - 1, y + r - 1), Point(x + r, y - r)]))
    case .fail:
      sketch.add(stroke([Point(x - r, y - r), Point(x + r, y + r)]))
      sketch.add(stroke([Point(x - r, y + r), Point(x + r, y - r)]))
    case .inconclusive:
      sketch.label("?", at: point, width: 20, anchor: .middle, size: 14, weight: .semibold, ink: ink)
    case .waived:
      sketch.add(Mark(.symbol(.circle, at: point, radius: r), stroke: ink, strokeWidth: 1.75))
      sketch.add(stroke([Point(x - 3, y + 3), Point(x + 3, y - 3)]))
    }
    sketch.label(
      row.statusText, at: Point(x + 12, y), width: width, size: Style.small, weight: .semibold, ink: ink)
  }

  /// What the marks mean, in as many lines as it takes. Returns the scene's height.
  func drawLegend(_ frame: Frame, in sketch: inout Sketch) -> Double {
    var entries: [(mark: Mark, words: String)] = []
    func at(_ x: Double, _ y: Double) -> Point { Point(x, y) }
    let zero = Point(0, 0)
    entries.append((.box(Box(x: -5, y: -6, width: 10, height: 12), .band), "passes"))
    entries.append((.line(Point(0, -6), Point(0, 6), .limit, width: 2), "limit; each row has its own scale"))
    if rows.contains(where: { $0.reference != nil }) {
      entries.append((.symbol(.diamond, at: zero, radius: 4, .reference, isHollow: true), referenceLegend))
    }
    if rows.contains(where: { $0.reading.isUnstable && $0.reading.drawn != nil }) {
      entries.append((.symbol(.circle, at: zero, .mutedText, isHollow: true), unstableLegend))
    }
    var (x, y) = (Style.margin + 6, frame.plot.maxY + 14)
    for entry in entries {
      let room = frame.width - 2 * Style.margin - 20
      let need = min(
        room, TextMetrics.width(of: VisibleText.of(entry.words), size: Style.small) + 2)
      if x > Style.margin + 6, x + 12 + need > frame.width - Style.margin {
        (x, y) = (Style.margin + 6, y + 16)
      }
      sketch.add(entry.mark.moved(by: at(x, y)))
      sketch.label(entry.words, at: at(x + 12, y), width: need, size: Style.small, ink: .mutedText)
      x += 12 + need + 18
    }
    return y + 12
  }
}

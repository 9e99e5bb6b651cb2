/// The scales of a plot whose axes both run from 0 to 1.
struct UnitFrame {
  let plot: Box
  let x: Scale
  let y: Scale

  init(_ plot: Box, domain: ClosedRange<Double> = 0...1) {
    self.plot = plot
    x = Scale(from: domain.lowerBound, to: domain.upperBound, start: plot.x, end: plot.maxX)
    y = Scale(from: domain.lowerBound, to: domain.upperBound, start: plot.maxY, end: plot.y)
  }

  func place(_ point: Point) -> Point { Point(x.position(point.x), y.position(point.y)) }
}

extension CurvePlot {
  /// One curve with its prevalence line and operating point. Behind the curve of a group it may be coarser.
  func draw(_ index: Int, look: Look, _ frame: UnitFrame, isBehind: Bool = false, in sketch: inout Sketch) {
    let one = series[index]
    let title = one.detail.isEmpty ? one.label : "\(one.label): \(one.detail)"
    if kind == .precisionRecall, let prevalence = one.prevalence, prevalence.isFinite {
      let y = frame.y.position(prevalence)
      sketch.add(
        .line(
          Point(frame.plot.x, y), Point(frame.plot.maxX, y), look.ink, width: 1, dash: [1.5, 3],
          title: "\(one.label): prevalence \(NumberText.value(prevalence))"))
    }
    let finite = one.points.filter { $0.x.isFinite && $0.y.isFinite }
    // Steps of less than the line's width do not show.
    let tolerance = kind == .roc ? 0.3 : 0.75
    let path = CurvePlot.thinned(
      (kind == .roc ? finite : CurvePlot.steps(finite)).map(frame.place), within: isBehind ? 1 : tolerance)
    if path.count >= 2 {
      sketch.add(
        Mark(.polyline(path), stroke: look.ink, strokeWidth: look.width, dash: look.dash, title: title))
    }
    drawOperatingPoint(of: one, look: look, frame, in: &sketch)
  }

  /// The threshold in use: a marker on a cross of its two intervals.
  private func drawOperatingPoint(
    of one: Series, look: Look, _ frame: UnitFrame, in sketch: inout Sketch
  ) {
    guard let operating = one.operating, let x = operating.x.drawn, let y = operating.y.drawn else { return }
    let at = frame.place(Point(x, y))
    let words =
      "\(one.label): \(xLabel) \(operating.x.text(.number, decimals: 3)), "
      + "\(yLabel) \(operating.y.text(.number, decimals: 3))"
    if let interval = operating.x.interval {
      let (left, right) = (frame.x.position(interval.lower), frame.x.position(interval.upper))
      sketch.add(.line(Point(left, at.y), Point(right, at.y), look.ink, title: words))
    }
    if let interval = operating.y.interval {
      let (low, high) = (frame.y.position(interval.lower), frame.y.position(interval.upper))
      sketch.add(.line(Point(at.x, low), Point(at.x, high), look.ink, title: words))
    }
    sketch.add(.symbol(look.symbol, at: at, radius: 4.5, look.ink, isHollow: one.isUnstable, title: words))
  }

  /// From each recall to the next at the precision of the next: the sum that average precision takes.
  static func steps(_ points: [Point]) -> [Point] {
    let order = points.indices.sorted { (points[$0].x, $0) < (points[$1].x, $1) }
    var path: [Point] = []
    for point in order.map({ points[$0] }) {
      if let last = path.last, last.y != point.y { path.append(Point(last.x, point.y)) }
      path.append(point)
    }
    return path
  }

  /// Leaves out points that lie as near as this, in pixels, to the line between their neighbours kept so far.
  static func thinned(_ points: [Point], within tolerance: Double = 0.3) -> [Point] {
    guard points.count > 2, let first = points.first, let last = points.last else { return points }
    var kept = [first]
    var skipped: [Point] = []
    for (index, point) in points.enumerated().dropFirst() {
      let anchor = kept[kept.count - 1]
      if skipped.contains(where: { distance($0, anchor, point) > tolerance }) {
        kept.append(points[index - 1])
        skipped = []
      }
      skipped.append(point)
    }
    kept.append(last)
    return kept
  }

  private static func distance(_ point: Point, _ from: Point, _ to: Point) -> Double {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let squared = dx * dx + dy * dy
    let share =
      squared > 0 ? max(0, min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared)) : 0
    let (ex, ey) = (point.x - from.x - share * dx, point.y - from.y - share * dy)
    return (ex * ex + ey * ey).squareRoot()
  }
}

extension Sketch {
  /// How a reading is drawn.
  struct Pen {
    var ink: Ink = .data(0)
    var symbol: Mark.Symbol = .circle
    var radius: Double = Style.symbolRadius
    var width: Double = Style.intervalWidth
    var title: String?
  }

  /// A horizontal interval with its mark. What leaves the scale ends in an arrowhead at its edge; an interval
  /// that is narrower than a pixel still shows.
  mutating func reading(_ reading: Reading, _ scale: Scale, y: Double, pen: Pen) {
    guard let value = reading.drawn else { return }
    if let interval = reading.interval, interval.lower < interval.upper, interval.lower <= scale.upper,
      interval.upper >= scale.lower
    {
      whisker(interval, scale, y: y, pen: pen)
    }
    let point = Point(scale.position(value), y)
    if value < scale.lower || value > scale.upper {
      let symbol: Mark.Symbol = value > scale.upper ? .triangleRight : .triangleLeft
      let shift = value > scale.upper ? -pen.radius : pen.radius
      add(
        .symbol(
          symbol, at: Point(point.x + shift, y), radius: pen.radius, pen.ink, isHollow: reading.isUnstable,
          title: pen.title))
    } else {
      add(
        .symbol(
          pen.symbol, at: point, radius: pen.radius, pen.ink, isHollow: reading.isUnstable, title: pen.title))
    }
  }

  private mutating func whisker(
    _ interval: (lower: Double, upper: Double), _ scale: Scale, y: Double, pen: Pen
  ) {
    var left = scale.position(interval.lower)
    var right = scale.position(interval.upper)
    if right - left < 1 {
      left = max(scale.start, (left + right) / 2 - 0.5)
      right = min(scale.end, left + 1)
      left = right - 1
    }
    add(.line(Point(left, y), Point(right, y), pen.ink, width: pen.width, title: pen.title))
    let head = 3.5
    if interval.lower < scale.lower {
      add(arrow(from: Point(left + head, y), to: Point(left, y), half: head, pen: pen))
    }
    if interval.upper > scale.upper {
      add(arrow(from: Point(right - head, y), to: Point(right, y), half: head, pen: pen))
    }
  }

  private func arrow(from base: Point, to tip: Point, half: Double, pen: Pen) -> Mark {
    Mark(
      .polyline([Point(base.x, base.y - half), tip, Point(base.x, base.y + half)]), stroke: pen.ink,
      strokeWidth: 1.5)
  }

  /// A vertical interval with its mark.
  mutating func uprightReading(_ reading: Reading, _ scale: Scale, x: Double, pen: Pen) {
    guard let value = reading.drawn else { return }
    if let interval = reading.interval, interval.lower < interval.upper {
      let (low, high) = (scale.position(interval.lower), scale.position(interval.upper))
      let missing = max(0, 1 - abs(high - low)) / 2
      add(
        .line(Point(x, low + missing), Point(x, high - missing), pen.ink, width: pen.width, title: pen.title))
    }
    add(
      .symbol(
        pen.symbol, at: Point(x, scale.position(value)), radius: pen.radius, pen.ink,
        isHollow: reading.isUnstable, title: pen.title))
  }
}

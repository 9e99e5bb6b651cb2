extension ImportancePlot {
  /// The lines of one row, all panels together: one mark for each kind keeps a page light.
  struct Strokes {
    let y: Double
    private var thin: [[Point]] = []
    private var thick: [[Point]] = []
    private var ticks: [[Point]] = []
    private var references: [[Point]] = []

    init(y: Double) { self.y = y }

    mutating func add(_ cell: Cell, _ scale: Scale) {
      func at(_ value: Double) -> Double { scale.position(value) }
      if let reference = cell.reference, scale.contains(reference) {
        references.append([Point(at(reference), y - 7), Point(at(reference), y + 7)])
      }
      guard let value = cell.reading.drawn else { return }
      ticks += cell.repeats.filter { $0.isFinite && scale.contains($0) }.map { value in
        let x = (at(value) * 2).rounded() / 2
        return [Point(x, y + 5), Point(x, y + 8.5)]
      }
      if let shuffle = cell.shuffle, shuffle.isFinite, shuffle > 0 {
        let (left, right) = (at(value - shuffle), at(value + shuffle))
        if right - left >= 1 { thick.append([Point(left, y), Point(right, y)]) }
      }
      if let interval = cell.reading.interval { whisker(interval, scale) }
    }

    /// What leaves the scale ends in an arrowhead at its edge; what is narrower than a pixel still shows.
    private mutating func whisker(_ interval: (lower: Double, upper: Double), _ scale: Scale) {
      guard interval.lower < interval.upper, interval.lower <= scale.upper, interval.upper >= scale.lower
      else { return }
      var (left, right) = (scale.position(interval.lower), scale.position(interval.upper))
      if right - left < 1 {
        left = max(scale.start, (left + right) / 2 - 0.5)
        right = min(scale.end, left + 1)
        left = right - 1
      }
      thin.append([Point(left, y), Point(right, y)])
      func arrow(_ tip: Double, _ base: Double) -> [Point] {
        [Point(base, y - 3.5), Point(tip, y), Point(base, y + 3.5)]
      }
      if interval.lower < scale.lower { thin.append(arrow(left, left + 3.5)) }
      if interval.upper > scale.upper { thin.append(arrow(right, right - 3.5)) }
    }

    func draw(in sketch: inout Sketch) {
      func add(_ lines: [[Point]], _ ink: Ink, _ width: Double) {
        if !lines.isEmpty { sketch.add(Mark(.polylines(lines), stroke: ink, strokeWidth: width)) }
      }
      add(ticks, .axis, 0.75)
      add(references, .data(1), 2)
      add(thin, .data(0), 1.25)
      add(thick, .data(0), 5)
    }
  }
}

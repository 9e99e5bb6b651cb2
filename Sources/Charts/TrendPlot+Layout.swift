extension TrendPlot {
  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    guard !entries.isEmpty else {
      return Sketch.empty("No run to show.", width: width, title: title, summary: summary)
    }
    let frame = Frame(self, width: width)
    var sketch = Sketch()
    sketch.verticalAxis(frame.ticks, frame.y, in: frame.plot)
    drawLimits(frame, in: &sketch)
    drawChanges(frame, in: &sketch)
    for run in runs { drawRun(run, frame, in: &sketch) }
    for index in entries.indices { drawMark(index, frame, in: &sketch) }
    drawNames(frame, in: &sketch)
    let height = sketch.legend(legend, below: frame.plot.maxY + Style.tickHeight, width: width)
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// Where everything is.
  struct Frame {
    let plot: Box
    let y: Scale
    let ticks: Ticks
    private let step: Double

    init(_ spec: TrendPlot, width: Double) {
      let entries = spec.entries
      let values = entries.flatMap { $0.reading.extent + [$0.minimum, $0.maximum].compactMap { $0 } }
      let finite = values.filter { $0.isFinite && abs($0) < 1e150 }
      let lowest = finite.min() ?? 0
      // A distance is read from zero; other numbers by where they lie.
      let ground = lowest >= 0 && lowest <= (finite.max() ?? 1) * 0.6 ? [0.0] : []
      let ceiling = spec.isCount ? [1.0] : []
      let head = entries.contains { !$0.changes.isEmpty } ? 22.0 : 8
      let height = 108.0
      let axis = spec.axis.scale(
        covering: finite + ground + ceiling, start: head + height, end: head, tickCount: 3)
      var ticks = axis.ticks(count: 3, format: spec.axis.format)
      if spec.isCount {
        let whole = ticks.values.indices.filter { ticks.values[$0] == ticks.values[$0].rounded() }
        ticks.labels = whole.map { ticks.labels[$0] }
        ticks.values = whole.map { ticks.values[$0] }
      }
      let labels = ticks.labels.map { TextMetrics.width(of: $0, size: Style.small) }.max() ?? 0
      let left = Style.margin + labels + 8
      (self.ticks, y) = (ticks, axis)
      plot = Box(x: left, y: head, width: width - left - Style.margin - 6, height: height)
      step = plot.width / Double(max(1, entries.count))
    }

    /// The middle of a run's column.
    func x(_ index: Int) -> Double { plot.x + (Double(index) + 0.5) * step }

    /// The left edge of a run's column.
    func edge(_ index: Int) -> Double { plot.x + Double(index) * step }

    /// Marks shrink where runs stand close.
    var radius: Double { max(2, min(Style.symbolRadius, step * 0.38)) }

  }

  /// Neighbours with values that a line may join.
  var runs: [[Int]] {
    var runs: [[Int]] = []
    var isOpen = false
    for (index, entry) in entries.enumerated() {
      guard let value = entry.reading.drawn, value.isFinite else {
        isOpen = false
        continue
      }
      if isOpen, !entry.isBreak { runs[runs.count - 1].append(index) } else { runs.append([index]) }
      isOpen = true
    }
    return runs
  }

  private var legend: [(mark: Mark, words: String)] {
    let zero = Point(0, 0)
    var entries: [(mark: Mark, words: String)] = []
    let words: [(Status, String)] = [
      (.pass, "passes"), (.fail, "fails"), (.inconclusive, "inconclusive"), (.waived, "waived"),
      (.unjudged, "a run"),
    ]
    for (status, name) in words where self.entries.contains(where: { $0.status == status }) {
      entries.append((.symbol(status.symbol, at: zero, status.ink, isHollow: status == .waived), name))
    }
    if self.entries.contains(where: { $0.reading.interval != nil }) {
      entries.append((.box(Box(x: -9, y: -5, width: 18, height: 10), .data(0), opacity: 0.16), "interval"))
    }
    if self.entries.contains(where: { $0.minimum != nil || $0.maximum != nil }) {
      entries.append((.line(Point(-9, 0), Point(9, 0), .limit, width: 1.5, dash: [5, 3]), "limit"))
    }
    let changed = Change.allCases.filter { change in self.entries.contains { $0.changes.contains(change) } }
    if !changed.isEmpty {
      entries.append(
        (
          .line(Point(0, -6), Point(0, 6), .axis, dash: [2, 2]),
          "changed: " + changed.map { "\($0.letter) \($0.rawValue)" }.joined(separator: ", ")
        ))
    }
    return entries
  }
}

extension TrendPlot.Change {
  var letter: String { rawValue.prefix(1).uppercased() }
}

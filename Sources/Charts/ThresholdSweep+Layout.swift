extension ThresholdSweep {
  private static let dashes: [[Double]] = [[], [7, 3], [2, 2.5], [8, 3, 2, 3]]
  /// Pixels by which a line may miss its points: with hundreds of them a page would be heavy.
  private static let tolerance = 1.0

  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    let finite = thresholds.filter { $0.isFinite && abs($0) < 1e150 }
    guard finite.count > 1, !groups.isEmpty, !columns.isEmpty else {
      return Sketch.empty("No threshold can be tried.", width: width, title: title, summary: summary)
    }
    var sketch = Sketch()
    let top = drawLegend(width: width, in: &sketch)
    let frame = Frame(self, finite, top: top, width: width)
    for index in columns.indices {
      sketch.add(.group(marks(index, frame), label: words(columns[index])))
    }
    return Scene(
      width: width, height: frame.bottom, title: title, summary: summary, marks: sketch.marks)
  }

  /// Where everything is: in each row of columns rates above, gaps below.
  struct Frame {
    static let left = 50.0
    static let gap = 28.0
    let rates: [Box]
    let gaps: [Box]
    let x: (lower: Double, upper: Double)
    let bottom: Double

    init(_ spec: ThresholdSweep, _ thresholds: [Double], top: Double, width: Double) {
      let count = spec.columns.count
      let fitting = max(1, min(count, Int((width - 20 + Frame.gap) / (180 + Frame.left + Frame.gap))))
      let side = (width - 20 - Double(fitting - 1) * Frame.gap) / Double(fitting) - Frame.left
      let (high, low, head, foot) = (150.0, 92.0, 24.0, Style.tickHeight)
      let step = head + high + foot + head + low + foot + 20
      func place(_ index: Int, _ offset: Double, _ height: Double) -> Box {
        Box(
          x: Frame.left + Double(index % fitting) * (side + Frame.left + Frame.gap),
          y: top + Double(index / fitting) * step + offset, width: side, height: height)
      }
      rates = (0..<count).map { place($0, head, high) }
      gaps = (0..<count).map { place($0, 2 * head + high + foot, low) }
      x = (thresholds[0], thresholds[thresholds.count - 1])
      bottom = top + Double((count + fitting - 1) / fitting) * step
    }

    func across(_ plot: Box) -> Scale { Scale(from: x.lower, to: x.upper, start: plot.x, end: plot.maxX) }
  }

  private func look(_ group: Int) -> (ink: Ink, dash: [Double]) {
    (.data(group), ThresholdSweep.dashes[group % 4])
  }

  /// Which line is whose, above the panels.
  private func drawLegend(width: Double, in sketch: inout Sketch) -> Double {
    func sample(_ ink: Ink, dash: [Double] = []) -> Mark {
      .line(Point(-9, 0), Point(9, 0), ink, width: 2, dash: dash)
    }
    var entries = lines.map { group in
      let look = look(group)
      return (mark: sample(look.ink, dash: look.dash), words: groups[group])
    }
    if lines.count < groups.count {
      let box = Box(x: -9, y: -5, width: 18, height: 10)
      entries.append((Mark.box(box, .sequential(2)), "range of all \(groups.count) groups"))
    }
    if columns.contains(where: { $0.limit != nil }) {
      entries.append((Mark.box(Box(x: -9, y: -5, width: 18, height: 10), .band), limitLegend))
    }
    return sketch.legend(entries, below: 0, width: width)
  }

  private func marks(_ index: Int, _ frame: Frame) -> [Mark] {
    let column = columns[index]
    var sketch = Sketch()
    let upper = frame.rates[index]
    let scale = Scale(from: 0, to: 1, start: upper.maxY, end: upper.y)
    let x = frame.across(upper)
    sketch.panelHead(column.name, over: upper)
    sketch.horizontalAxis(x.ticks(count: 5), x, in: upper, isLabelled: false)
    sketch.verticalAxis(scale.ticks(count: 3), scale, in: upper)
    if lines.count < groups.count { drawRange(column, x, scale, in: &sketch) }
    for group in lines.reversed() where column.rates.indices.contains(group) {
      draw(
        column.rates[group], x, scale, ink: look(group).ink, dash: look(group).dash,
        title: "\(column.name), \(groups[group])", in: &sketch)
    }
    drawCurrent(upper, x, isNamed: false, in: &sketch)
    drawGap(column, frame.gaps[index], x, in: &sketch)
    return sketch.marks
  }

  private func drawGap(_ column: Column, _ plot: Box, _ x: Scale, in sketch: inout Sketch) {
    let values = (column.gap + [0, 0.01] + (column.limit.map { [$0] } ?? [])).filter { $0 >= 0 && $0 <= 1 }
    let scale = AxisSpec.rate.scale(covering: values, start: plot.maxY, end: plot.y, tickCount: 3)
    if let limit = column.limit, !limit.isNaN {
      let y = scale.position(limit)
      sketch.add(.box(Box(x: plot.x, y: y, width: plot.width, height: max(0, plot.maxY - y)), .band))
    }
    sketch.panelHead(column.gapName, over: plot)
    sketch.horizontalAxis(x.ticks(count: 5), x, in: plot)
    sketch.verticalAxis(scale.ticks(count: 3), scale, in: plot)
    if let limit = column.limit, scale.contains(limit) {
      let y = scale.position(limit)
      let title = "limit \(NumberText.value(limit))"
      sketch.add(.line(Point(plot.x, y), Point(plot.maxX, y), .limit, dash: [2, 2], title: title))
    }
    draw(column.gap, x, scale, ink: .text, dash: [], title: column.gapName, in: &sketch)
    drawCurrent(plot, x, isNamed: true, in: &sketch)
    sketch.xName(xLabel, below: plot)
  }

  private func drawCurrent(_ plot: Box, _ x: Scale, isNamed: Bool, in sketch: inout Sketch) {
    guard let current, x.contains(current) else { return }
    let at = x.position(current)
    let title = "in force: \(NumberText.short(current))"
    sketch.add(
      .line(Point(at, plot.y), Point(at, plot.maxY), .reference, width: 1.25, dash: [4, 3], title: title))
    guard isNamed else { return }
    let half = TextMetrics.width(of: "in force", size: Style.small) / 2 + 4
    let isRight = at + 2 * half < plot.maxX
    sketch.add(
      .text(
        TextRun(
          "in force", at: Point(at + (isRight ? 4 : -4), plot.y + 6), anchor: isRight ? .start : .end,
          size: Style.small), .mutedText))
  }

  /// One line over the thresholds, broken where there is no value.
  private func draw(
    _ values: [Double], _ x: Scale, _ y: Scale, ink: Ink, dash: [Double], title: String,
    in sketch: inout Sketch
  ) {
    var runs: [[Point]] = [[]]
    for (threshold, value) in zip(thresholds, values) {
      if threshold.isFinite, !value.isNaN {
        runs[runs.count - 1].append(Point(x.position(threshold), y.position(value)))
      } else if runs[runs.count - 1].count > 0 {
        runs.append([])
      }
    }
    for run in runs where run.count > 1 {
      sketch.add(
        Mark(
          .polyline(CurvePlot.thinned(run, within: ThresholdSweep.tolerance)), stroke: ink, strokeWidth: 1.75,
          dash: dash, title: title))
    }
  }

  /// From the lowest to the highest group at each threshold.
  private func drawRange(_ column: Column, _ x: Scale, _ y: Scale, in sketch: inout Sketch) {
    var (low, high): ([Point], [Point]) = ([], [])
    for (place, threshold) in thresholds.enumerated() where threshold.isFinite {
      let values = column.rates.compactMap { $0.indices.contains(place) ? $0[place] : nil }
      let known = values.filter { !$0.isNaN }
      guard let least = known.min(), let most = known.max() else { continue }
      low.append(Point(x.position(threshold), y.position(least)))
      high.append(Point(x.position(threshold), y.position(most)))
    }
    guard low.count > 1 else { return }
    let outline = CurvePlot.thinned(low + high.reversed(), within: ThresholdSweep.tolerance)
    sketch.add(Mark(.polygon(outline), fill: .sequential(2), title: "range of all \(groups.count) groups"))
  }

  private func words(_ column: Column) -> String {
    let known = zip(thresholds, column.gap).filter { !$0.1.isNaN }
    guard let least = known.min(by: { $0.1 < $1.1 }), let most = known.max(by: { $0.1 < $1.1 }) else {
      return "\(column.name) and \(column.gapName): no value"
    }
    return
      "\(column.gapName): from \(NumberText.value(least.1)) at \(NumberText.short(least.0)) to "
      + "\(NumberText.value(most.1)) at \(NumberText.short(most.0))"
  }
}

extension EffectPlot {
  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    let shown = panels.filter { !$0.series.isEmpty }
    guard !grid.isEmpty, !shown.isEmpty else {
      return Sketch.empty("No effect can be drawn.", width: width, title: title, summary: summary)
    }
    let frame = Frame(self, shown, width: width)
    var sketch = Sketch()
    for (index, panel) in shown.enumerated() {
      sketch.add(.group(marks(panel, index, frame), label: words(panel)))
    }
    let height = drawLegend(shown, below: frame.bottom, width: width, in: &sketch)
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// Where everything is.
  struct Frame {
    static let gap = 18.0
    static let stripHeight = 9.0
    /// Room for a vertical axis with its name.
    let left: Double
    let plots: [Box]
    /// Whether a panel writes its vertical axis; else it is that of the panel beside it.
    let hasAxis: [Bool]
    /// From 0 to a plot's width.
    let x: Scale
    let ys: [Scale]
    /// Height of the strips below each plot.
    let strips: Double
    let bottom: Double

    init(_ spec: EffectPlot, _ panels: [Panel], width: Double) {
      let domains = Frame.domains(panels)
      let (left, gap) = (Frame.axisWidth(domains), Frame.gap)
      self.left = left
      let most = max(1, min(panels.count, Int((width - left + gap) / (185 + gap))))
      // As many rows as it takes, evenly filled.
      let rows = (panels.count + most - 1) / most
      let columns = (panels.count + rows - 1) / rows
      let hasAxis = panels.indices.map { index in
        index % columns == 0 || panels[index].yLabel != panels[index - 1].yLabel
      }
      let axes =
        stride(from: 0, to: panels.count, by: columns).map { start in
          hasAxis[start..<min(panels.count, start + columns)].filter { $0 }.count
        }.max() ?? 1
      let room = width - 18 - Double(axes) * left - Double(columns - axes) * gap
      let side = max(40, min(430, room / Double(columns)))
      let height = max(120, (side * 0.52).rounded())
      let head = Sketch.headHeight(panels.map(\.name), hasNotes: false, plotWidth: side)
      strips = Double(panels.map(EffectPlot.stripped).map(\.count).max() ?? 1) * (Frame.stripHeight + 2) + 6
      let step = head + height + strips + Style.tickHeight + 24
      var plots: [Box] = []
      var x = 0.0
      for index in panels.indices {
        x = index % columns == 0 ? left : x + side + (hasAxis[index] ? left : gap)
        plots.append(
          Box(x: x, y: head + Double(index / columns) * step, width: side, height: height))
      }
      self.plots = plots
      self.hasAxis = hasAxis
      bottom = (plots.last?.maxY ?? 0) + step - head - height
      let finite = spec.grid.filter { $0.isFinite && abs($0) < 1e150 }
      self.x = Scale(from: finite.min() ?? 0, to: finite.max() ?? 1, start: 0, end: side)
      ys = zip(domains, plots).map { domain, plot in
        Scale(from: domain.lower, to: domain.upper, start: plot.maxY, end: plot.y)
      }
    }

    /// The vertical scales; panels of one measure share theirs.
    private static func domains(_ panels: [Panel]) -> [Scale] {
      panels.map { panel in
        AxisSpec().scale(
          covering: EffectPlot.extent(panels.filter { $0.yLabel == panel.yLabel }), start: 120, end: 0,
          tickCount: 4)
      }
    }

    private static func axisWidth(_ scales: [Scale]) -> Double {
      let labels = scales.flatMap { $0.ticks(count: 4).labels }
      return max(56, (labels.map { TextMetrics.width(of: $0, size: Style.small) }.max() ?? 0) + 26)
    }

    func place(_ x: Double, _ y: Double, _ panel: Int) -> Point {
      Point(plots[panel].x + self.x.position(x), ys[panel].position(y))
    }
  }

  /// Series that show what they rest on: the whole only where it is not behind a single group.
  static func stripped(_ panel: Panel) -> [Int] {
    let isLone = panel.series.filter { !$0.isReference }.count == 1
    return panel.series.indices.filter { !isLone || !panel.series[$0].isReference }
  }

  /// All values; of ribbons and single rows what does not press the lines flat.
  private static func extent(_ panels: [Panel]) -> [Double] {
    func usable(_ value: Double) -> Bool { value.isFinite && abs(value) < 1e150 }
    let core = panels.flatMap { $0.series.flatMap(\.values) }.filter(usable)
    guard let low = core.min(), let high = core.max() else { return [] }
    let ribbons = panels.flatMap(\.series).flatMap { series in
      zip(series.values, series.halfWidths).flatMap { [$0 - abs($1), $0 + abs($1)] }
    }.filter(usable)
    let single = panels.flatMap { $0.individual.flatMap { $0 } }.filter(usable)
    let span = high > low ? high - low : (ribbons.map { abs($0 - low) }.max() ?? 0)
    func within(_ values: [Double], _ room: Double) -> [Double] {
      values.map { min(high + room, max(low - room, $0)) }
    }
    return [low, high] + within(ribbons, high > low ? span * 0.35 : span) + within(single, span * 3)
  }

  private func marks(_ panel: Panel, _ index: Int, _ frame: Frame) -> [Mark] {
    let (plot, y) = (frame.plots[index], frame.ys[index])
    var sketch = Sketch()
    sketch.panelHead(panel.name, over: plot)
    let x = Scale(from: frame.x.lower, to: frame.x.upper, start: plot.x, end: plot.maxX)
    let ground = Box(x: plot.x, y: plot.y, width: plot.width, height: plot.height + frame.strips)
    sketch.horizontalAxis(x.ticks(count: max(2, Int(plot.width / 64))), x, in: ground)
    sketch.verticalAxis(y.ticks(count: 4), y, in: plot, isLabelled: frame.hasAxis[index])
    sketch.xName(xLabel, below: ground)
    if frame.hasAxis[index] { sketch.yName(panel.yLabel, beside: plot, distance: frame.left - 9) }
    if y.contains(0) {
      let zero = y.position(0)
      sketch.add(.line(Point(plot.x, zero), Point(plot.maxX, zero), .axis))
    }
    drawIndividual(panel, index, frame, in: &sketch)
    let strips = EffectPlot.stripped(panel)
    let order = panel.series.indices.sorted { panel.series[$0].isReference && !panel.series[$1].isReference }
    for place in order where strips.contains(place) {
      drawRibbon(panel.series[place], of: panel, look(panel, place), index, frame, in: &sketch)
    }
    for place in order {
      drawLine(panel.series[place], of: panel, look(panel, place), index, frame, in: &sketch)
    }
    for (row, place) in strips.enumerated() {
      let top = plot.maxY + 6 + Double(row) * (Frame.stripHeight + 2)
      drawStrip(panel.series[place], look(panel, place), top: top, plot: plot, x: x, in: &sketch)
    }
    return sketch.marks
  }

  private func words(_ panel: Panel) -> String {
    let parts = panel.series.map { series -> String in
      let known = zip(grid, series.values).filter { !$0.1.isNaN }
      guard let first = known.first, let last = known.last else { return "\(series.label): no curve" }
      return
        "\(series.label): \(NumberText.value(first.1)) at \(NumberText.value(first.0)), "
        + "\(NumberText.value(last.1)) at \(NumberText.value(last.0))"
    }
    return "\(panel.name). \(parts.joined(separator: "; "))"
  }
}

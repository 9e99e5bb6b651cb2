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
    static let left = 56.0
    static let stripHeight = 9.0
    let plots: [Box]
    let x: Scale
    let ys: [Scale]
    let stripCount: Int
    let bottom: Double
    let columns: Int

    init(_ spec: EffectPlot, _ panels: [Panel], width: Double) {
      stripCount = panels.map { $0.series.count }.max() ?? 1
      let (left, gap) = (Frame.left, 22.0)
      columns = max(1, min(panels.count, Int((width + gap) / (left + 190 + gap))))
      let cell = (width - gap * Double(columns - 1) - 18) / Double(columns)
      let side = max(40, min(430, cell - left))
      let height = max(120, (side * 0.52).rounded())
      let head = Sketch.headHeight(panels.map(\.name), hasNotes: false, plotWidth: side)
      let strips = Double(stripCount) * (Frame.stripHeight + 2) + 6
      let foot = strips + Style.tickHeight + 24
      var plots: [Box] = []
      for index in panels.indices {
        let (column, row) = (index % columns, index / columns)
        plots.append(
          Box(
            x: left + Double(column) * (left + side + gap),
            y: head + Double(row) * (head + height + foot), width: side, height: height))
      }
      self.plots = plots
      bottom = (plots.last?.maxY ?? 0) + foot
      let finite = spec.grid.filter { $0.isFinite && abs($0) < 1e150 }
      x = Scale(from: finite.min() ?? 0, to: finite.max() ?? 1, start: 0, end: side)
      ys = zip(panels, plots).map { panel, plot in
        let kin = panels.filter { $0.yLabel == panel.yLabel }
        return AxisSpec().scale(
          covering: kin.flatMap(EffectPlot.extent), start: plot.maxY, end: plot.y, tickCount: 4)
      }
    }

    func place(_ x: Double, _ y: Double, _ panel: Int) -> Point {
      Point(plots[panel].x + self.x.position(x), ys[panel].position(y))
    }
  }

  /// Values; ribbons and single rows as far as the values reach and as far again.
  private static func extent(_ panel: Panel) -> [Double] {
    func usable(_ value: Double) -> Bool { value.isFinite && abs(value) < 1e150 }
    let core = panel.series.flatMap(\.values).filter(usable)
    guard let low = core.min(), let high = core.max() else { return [] }
    let ends = panel.series.flatMap { series in
      zip(series.values, series.halfWidths).flatMap { [$0 - $1, $0 + $1] }
    }.filter(usable)
    let single = panel.individual.flatMap { $0 }.filter(usable)
    let room = max(high - low, ends.map { abs($0 - low) }.max() ?? 0, 1e-9)
    let far = (ends + single)
    return [
      max(low - room / 2, min(low, far.min() ?? low)), min(high + room / 2, max(high, far.max() ?? high)),
    ]
  }

  private func marks(_ panel: Panel, _ index: Int, _ frame: Frame) -> [Mark] {
    let (plot, y) = (frame.plots[index], frame.ys[index])
    var sketch = Sketch()
    sketch.panelHead(panel.name, over: plot)
    let x = Scale(from: frame.x.lower, to: frame.x.upper, start: plot.x, end: plot.maxX)
    let strips = Double(frame.stripCount) * (Frame.stripHeight + 2) + 6
    let ground = Box(x: plot.x, y: plot.y, width: plot.width, height: plot.height + strips)
    sketch.horizontalAxis(x.ticks(count: max(2, Int(plot.width / 64))), x, in: ground)
    sketch.verticalAxis(y.ticks(count: 4), y, in: plot)
    sketch.xName(xLabel, below: ground)
    sketch.yName(panel.yLabel, beside: plot, distance: 47)
    if y.contains(0) {
      let zero = y.position(0)
      sketch.add(.line(Point(plot.x, zero), Point(plot.maxX, zero), .axis))
    }
    drawIndividual(panel, index, frame, in: &sketch)
    let order = panel.series.indices.sorted { panel.series[$0].isReference && !panel.series[$1].isReference }
    for place in order { drawRibbon(panel.series[place], look(panel, place), index, frame, in: &sketch) }
    for place in order { drawLine(panel.series[place], look(panel, place), index, frame, in: &sketch) }
    for place in panel.series.indices {
      let top = plot.maxY + 6 + Double(place) * (Frame.stripHeight + 2)
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

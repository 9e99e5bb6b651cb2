extension CurvePlot {
  private static let dashes: [[Double]] = [[], [7, 3], [2, 2.5], [8, 3, 2, 3]]
  private static let symbols: [Mark.Symbol] = [.circle, .diamond, .square, .triangle]

  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    let drawable = series.filter { $0.points.count >= 2 }
    guard !series.isEmpty, !drawable.isEmpty else {
      return Sketch.empty("No curve can be drawn.", width: width, title: title, summary: summary)
    }
    return series.count <= Ink.seriesCount ? overlaid(width: width) : multiples(width: width)
  }

  /// One panel, with the groups named beside it.
  private func overlaid(width: Double) -> Scene {
    var sketch = Sketch()
    let left = 46.0
    let isWide = width >= 480
    let side = max(40, min(340, isWide ? width * 0.55 - left : width - left - 16))
    let plot = Box(x: left, y: 10, width: side, height: side)
    let frame = UnitFrame(plot)
    sketch.unitSquare(plot, x: frame.x, y: frame.y, isLeft: true, isBottom: true, tickCount: 5)
    sketch.xName(xLabel, below: plot)
    sketch.yName(yLabel, beside: plot, distance: 36)
    if kind == .roc { drawDiagonal(frame, in: &sketch) }
    for index in series.indices.reversed() { draw(index, look: look(of: index), frame, in: &sketch) }
    let below = plot.maxY + Style.tickHeight + 20
    let keyX = isWide ? plot.maxX + 24 : Style.margin
    let keyBottom = drawKey(
      at: Point(keyX, isWide ? plot.y + 4 : below), width: width - keyX - Style.margin, in: &sketch)
    return Scene(
      width: width, height: max(below, keyBottom), title: title, summary: summary, marks: sketch.marks)
  }

  /// How a series is told apart: colour, dash and symbol.
  struct Look {
    var ink: Ink
    var dash: [Double]
    var symbol: Mark.Symbol
    var width: Double = 2
  }

  private func look(of index: Int) -> Look {
    if series[index].isReference { return Look(ink: .reference, dash: [], symbol: .diamond, width: 1.75) }
    let place = series[..<index].filter { !$0.isReference }.count
    return Look(
      ink: .data(place), dash: CurvePlot.dashes[place % 4], symbol: CurvePlot.symbols[place % 4],
      width: series[index].isUnstable ? 1.25 : 2)
  }

  /// Names with their line and marker, top to bottom. Returns the bottom.
  private func drawKey(at origin: Point, width: Double, in sketch: inout Sketch) -> Double {
    var y = origin.y
    for index in series.indices {
      let look = look(of: index)
      sketch.add(
        .line(
          Point(origin.x, y + 7), Point(origin.x + 26, y + 7), look.ink, width: look.width, dash: look.dash))
      sketch.add(
        .symbol(look.symbol, at: Point(origin.x + 13, y + 7), look.ink, isHollow: series[index].isUnstable))
      let room = max(30, width - 34)
      let lines = TextMetrics.wrap(
        VisibleText.of(series[index].label), width: room, size: Style.text, lines: 2)
      sketch.lines(lines, whole: series[index].label, at: Point(origin.x + 34, y + 1), baseline: .top)
      y += Double(lines.count) * Style.lineHeight
      for detail in details(of: series[index]) {
        sketch.label(
          detail, at: Point(origin.x + 34, y + 1), width: room, baseline: .top, size: Style.small,
          ink: .mutedText)
        y += Style.lineHeight
      }
      y += 8
    }
    guard !operatingLegend.isEmpty, series.contains(where: { $0.operating != nil }) else { return y }
    let lines = TextMetrics.wrap(
      VisibleText.of("marker: " + operatingLegend), width: max(30, width), size: Style.small, lines: 2)
    sketch.lines(
      lines, whole: operatingLegend, at: Point(origin.x, y + 1), baseline: .top, size: Style.small,
      ink: .mutedText)
    return y + Double(lines.count) * Style.lineHeight + 4
  }

  private func details(of series: Series) -> [String] {
    var details = series.detail.isEmpty ? [] : [series.detail]
    if kind == .precisionRecall, let prevalence = series.prevalence, prevalence.isFinite {
      details.append("prevalence \(NumberText.value(prevalence))")
    }
    if series.points.count < 2 { details.append("no curve") }
    return details
  }

  /// A panel for each group, with the reference behind.
  private func multiples(width: Double) -> Scene {
    var sketch = Sketch()
    let reference = series.firstIndex { $0.isReference }
    let shown = series.indices.filter { $0 != reference }
    let left = 46.0
    let notes = series.map { $0.points.count < 2 ? "no curve" : $0.detail }
    let head = Sketch.headHeight(
      shown.map { series[$0].label }, hasNotes: notes.contains { !$0.isEmpty }, plotWidth: 150)
    let grid = SmallMultiples(
      count: shown.count, width: width, least: 150, most: 210, ratio: 1, head: head, foot: 40, left: left)
    for (place, index) in shown.enumerated() {
      let marks = panel(
        index, reference: reference, note: notes[index], in: grid.plots[place],
        isLeft: grid.isFirstInRow(place))
      sketch.add(.group(marks, label: "\(series[index].label): \(notes[index])"))
    }
    let legend = legendWords(reference)
    if !legend.isEmpty {
      sketch.label(
        legend, at: Point(Style.margin, grid.bottom + 4), width: width - 12, size: Style.small,
        ink: .mutedText)
    }
    return Scene(
      width: width, height: grid.bottom + (legend.isEmpty ? 0 : 16), title: title, summary: summary,
      marks: sketch.marks)
  }

  private func panel(_ index: Int, reference: Int?, note: String, in plot: Box, isLeft: Bool) -> [Mark] {
    let frame = UnitFrame(plot)
    var inner = Sketch()
    inner.panelHead(series[index].label, note: note, over: plot)
    inner.unitSquare(plot, x: frame.x, y: frame.y, isLeft: isLeft, isBottom: true, tickCount: 2)
    inner.xName(xLabel, below: plot)
    if isLeft { inner.yName(yLabel, beside: plot, distance: 36) }
    if kind == .roc { drawDiagonal(frame, in: &inner) }
    if let reference {
      draw(
        reference, look: Look(ink: .reference, dash: [], symbol: .diamond, width: 1.25), frame,
        isBehind: true,
        in: &inner)
    }
    let isUnstable = series[index].isUnstable
    let look = Look(
      ink: .data(0), dash: isUnstable ? [4, 3] : [], symbol: .circle, width: isUnstable ? 1.25 : 2)
    draw(index, look: look, frame, in: &inner)
    return inner.marks
  }

  private func legendWords(_ reference: Int?) -> String {
    var words = reference.map { ["grey line: \(series[$0].label)"] } ?? []
    if !operatingLegend.isEmpty, series.contains(where: { $0.operating != nil }) {
      words.append("marker: \(operatingLegend)")
    }
    if kind == .precisionRecall { words.append("dotted: prevalence") }
    return words.joined(separator: "  ·  ")
  }

  private func drawDiagonal(_ frame: UnitFrame, in sketch: inout Sketch) {
    sketch.add(
      .line(
        Point(frame.plot.x, frame.plot.maxY), Point(frame.plot.maxX, frame.plot.y), .axis, dash: [3, 3],
        title: "chance"))
  }
}

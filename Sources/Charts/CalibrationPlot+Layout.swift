extension CalibrationPlot {
  private static let histogramHeight = 30.0
  private static let histogramGap = 6.0

  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    guard !groups.isEmpty else {
      return Sketch.empty("No groups to show.", width: width, title: title, summary: summary)
    }
    let hasNotes = groups.contains { !$0.note.isEmpty }
    let below = CalibrationPlot.histogramHeight + CalibrationPlot.histogramGap
    let grid = SmallMultiples(
      count: groups.count, width: width, least: 150, most: 220, ratio: 1,
      head: Sketch.headHeight(groups.map(\.label), hasNotes: hasNotes, plotWidth: 150),
      foot: below + Style.tickHeight + 22, left: leftRoom)
    var sketch = Sketch()
    for (index, group) in groups.enumerated() {
      let marks = self.marks(
        of: group, in: grid.plots[index], isLeft: grid.isFirstInRow(index), hasNotes: hasNotes)
      sketch.add(.group(marks, label: words(of: group)))
    }
    let hasUnstable = groups.contains {
      $0.bins.contains { $0.observed.isUnstable && $0.observed.drawn != nil }
    }
    let height = sketch.unstableLegend(
      hasUnstable ? unstableLegend : nil, symbol: .circle, below: grid.bottom - 2, width: width)
    return Scene(width: width, height: height, title: title, summary: summary, marks: sketch.marks)
  }

  /// Room for the ticks of the first panel in a row, and the axis' name beside them.
  private var leftRoom: Double {
    let labels = Scale(from: domain.lowerBound, to: domain.upperBound, start: 0, end: 200).ticks(count: 4)
      .labels
    let widest = labels.map { TextMetrics.width(of: $0, size: Style.small) }.max() ?? 0
    return domain == 0...1 ? 46 : 46 + min(60, max(0, widest - 26))
  }

  private func marks(of group: Group, in plot: Box, isLeft: Bool, hasNotes: Bool) -> [Mark] {
    var sketch = Sketch()
    let frame = UnitFrame(plot, domain: domain)
    let strip = Box(
      x: plot.x, y: plot.maxY + CalibrationPlot.histogramGap, width: plot.width,
      height: CalibrationPlot.histogramHeight)
    sketch.panelHead(group.label, note: group.note, over: plot)
    sketch.unitSquare(
      plot, x: frame.x, y: frame.y, isLeft: isLeft, isBottom: false, tickCount: 4,
      labelWidth: leftRoom - 8)
    sketch.horizontalAxis(frame.x.ticks(count: 4), frame.x, in: strip)
    sketch.xName(xLabel, below: strip)
    if isLeft {
      sketch.yName(yLabel, beside: plot, distance: leftRoom - 10)
      sketch.label(
        countLabel, at: Point(strip.x - 5, strip.midY), width: 40, anchor: .end, size: Style.small,
        ink: .mutedText)
    }
    sketch.add(
      .line(
        Point(plot.x, plot.maxY), Point(plot.maxX, plot.y), .axis, dash: [3, 3], title: "perfect calibration")
    )
    drawBins(of: group, frame, in: &sketch)
    drawHistogram(of: group, frame.x, in: strip, sketch: &sketch)
    return sketch.marks
  }

  private func drawBins(of group: Group, _ frame: UnitFrame, in sketch: inout Sketch) {
    let bins = group.bins.filter { $0.predicted.isFinite && $0.observed.drawn != nil }
      .sorted { $0.predicted < $1.predicted }
    let line = bins.filter { !$0.observed.isUnstable }.map { bin in
      frame.place(Point(bin.predicted, bin.observed.drawn ?? 0))
    }
    if line.count >= 2 { sketch.add(Mark(.polyline(line), stroke: .data(0), strokeWidth: 1)) }
    for bin in bins {
      let words =
        "\(group.label): predicted \(NumberText.value(bin.predicted)), observed "
        + "\(bin.observed.text(.number, decimals: 3)), \(countLabel.lowercased()) \(NumberText.count(bin.count))"
      let pen = Sketch.Pen(radius: 3.5, width: 1.5, title: words)
      sketch.uprightReading(bin.observed, frame.y, x: frame.x.position(bin.predicted), pen: pen)
    }
  }

  private func drawHistogram(of group: Group, _ scale: Scale, in strip: Box, sketch: inout Sketch) {
    let counts = group.bins.map { $0.count.isFinite ? max(0, $0.count) : 0 }
    let most = counts.max() ?? 0
    sketch.add(.line(Point(strip.x, strip.maxY), Point(strip.maxX, strip.maxY), .axis, width: 0.75))
    guard most > 0 else { return }
    for (bin, count) in zip(group.bins, counts) where count > 0 {
      let left = scale.position(bin.range.lowerBound)
      let width = max(1, scale.position(bin.range.upperBound) - left - 1)
      // A bin with one row of a million still shows.
      let height = max(1, strip.height * (count / most))
      sketch.add(
        .box(
          Box(x: min(left, strip.maxX - width), y: strip.maxY - height, width: width, height: height),
          .data(0),
          opacity: 0.55, title: "\(countLabel): \(NumberText.count(count))"))
    }
  }

  private func words(of group: Group) -> String {
    let note = group.note.isEmpty ? "" : ", \(group.note)"
    let bins = group.bins.compactMap { bin in
      bin.observed.drawn.map {
        "\(NumberText.value(bin.predicted, decimals: 2)) \(NumberText.value($0, decimals: 2))"
      }
    }
    return "\(group.label)\(note). \(xLabel) and \(yLabel.lowercased()): \(bins.joined(separator: "; "))"
  }
}

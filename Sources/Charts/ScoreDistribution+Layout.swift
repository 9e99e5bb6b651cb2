extension ScoreDistribution {
  static let dashes: [[Double]] = [[], [5, 3]]

  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    let isSound =
      edges.count >= 2 && edges.allSatisfy(\.isFinite) && zip(edges, edges.dropFirst()).allSatisfy(<)
    guard !groups.isEmpty, isSound else {
      return Sketch.empty("No scores to show.", width: width, title: title, summary: summary)
    }
    var sketch = Sketch()
    let keyBottom = drawKey(width: width, in: &sketch)
    let hasNotes = groups.contains { !$0.note.isEmpty }
    let head = Sketch.headHeight(groups.map(\.label), hasNotes: hasNotes, plotWidth: 200)
    let grid = SmallMultiples(
      count: groups.count, width: width, least: 200, most: 300, ratio: 0.55,
      head: head + (threshold == nil ? 0 : 6), foot: Style.tickHeight + 20, left: 50)
    let most = mirroredTop
    for (index, group) in groups.enumerated() {
      var plot = grid.plots[index]
      plot.y += keyBottom
      let marks = self.marks(of: group, in: plot, isLeft: grid.isFirstInRow(index), most: most)
      sketch.add(.group(marks, label: group.note.isEmpty ? group.label : "\(group.label): \(group.note)"))
    }
    return Scene(
      width: width, height: keyBottom + grid.bottom, title: title, summary: summary, marks: sketch.marks)
  }

  private func marks(of group: Group, in plot: Box, isLeft: Bool, most: Double) -> [Mark] {
    var sketch = Sketch()
    let x = Scale(from: edges[0], to: edges[edges.count - 1], start: plot.x, end: plot.maxX)
    let isMirrored = form == .mirrored
    let y = Scale(from: isMirrored ? -most : 0, to: isMirrored ? most : 1, start: plot.maxY, end: plot.y)
    sketch.panelHead(group.label, note: group.note, over: plot)
    sketch.horizontalAxis(x.ticks(count: 5), x, in: plot)
    var ticks = y.ticks(count: 4, format: .percent)
    if isMirrored { ticks.labels = ticks.labels.map { $0.hasPrefix("−") ? String($0.dropFirst()) : $0 } }
    sketch.verticalAxis(ticks, y, in: plot, isLabelled: isLeft)
    sketch.xName(xLabel, below: plot)
    if isLeft { sketch.yName(isMirrored ? "Share of rows" : "Share at or below", beside: plot, distance: 41) }
    for (index, counts) in group.counts.prefix(2).enumerated() {
      let shares = ScoreDistribution.shares(counts, bins: edges.count - 1)
      if isMirrored {
        drawBars(shares, index, x, y, in: &sketch)
      } else {
        drawCurve(shares, index, x, y, label: group.label, in: &sketch)
      }
    }
    sketch.add(Mark(.rect(plot, corner: 0), stroke: .axis, strokeWidth: 0.75))
    if let threshold, x.contains(threshold.value) {
      let at = x.position(threshold.value)
      sketch.add(
        .line(
          Point(at, plot.y), Point(at, plot.maxY), .reference, width: 1.25, dash: [4, 3],
          title: "\(threshold.label) \(NumberText.short(threshold.value))"))
    }
    return sketch.marks
  }

  private func drawCurve(
    _ shares: [Double], _ index: Int, _ x: Scale, _ y: Scale, label: String, in sketch: inout Sketch
  ) {
    guard shares.contains(where: { $0 > 0 }) else { return }
    var sum = 0.0
    var points = [Point(x.position(edges[0]), y.position(0))]
    for (bin, share) in shares.enumerated() {
      sum += share
      points.append(Point(x.position(edges[bin + 1]), y.position(sum)))
    }
    sketch.add(
      Mark(
        .polyline(CurvePlot.thinned(points)), stroke: .data(index), strokeWidth: 2,
        dash: ScoreDistribution.dashes[index], title: "\(label): \(name(index))"))
  }

  private func drawBars(_ shares: [Double], _ index: Int, _ x: Scale, _ y: Scale, in sketch: inout Sketch) {
    let zero = y.position(0)
    for (bin, share) in shares.enumerated() where share > 0 {
      let left = x.position(edges[bin])
      let width = max(0.5, x.position(edges[bin + 1]) - left - 0.5)
      let end = y.position(index == 0 ? share : -share)
      let words =
        "\(name(index)), \(NumberText.value(edges[bin], decimals: 2)) to "
        + "\(NumberText.value(edges[bin + 1], decimals: 2)): \(NumberText.value(share, .percent))"
      sketch.add(
        .box(
          Box(x: left, y: min(zero, end), width: width, height: abs(end - zero)), .data(index), opacity: 0.75,
          title: words))
    }
    sketch.add(.line(Point(x.start, zero), Point(x.end, zero), .axis, width: 0.75))
  }

  private func name(_ index: Int) -> String { outcomes.indices.contains(index) ? outcomes[index] : "" }

  /// The largest share of any bin, rounded up to a tick, so that all panels share one scale.
  private var mirroredTop: Double {
    let shares = groups.flatMap { group in
      group.counts.prefix(2).flatMap { ScoreDistribution.shares($0, bins: edges.count - 1) }
    }
    let most = shares.max() ?? 0
    return most > 0 ? most * 1.05 : 1
  }

  /// Each bin's share of the finite, non-negative counts.
  private static func shares(_ counts: [Double], bins: Int) -> [Double] {
    let sound = (0..<bins).map { bin in
      counts.indices.contains(bin) && counts[bin].isFinite ? max(0, counts[bin]) : 0
    }
    let largest = sound.max() ?? 0
    guard largest > 0 else { return sound }
    let scaled = sound.map { $0 / largest }
    let sum = scaled.reduce(0, +)
    return scaled.map { $0 / sum }
  }
}

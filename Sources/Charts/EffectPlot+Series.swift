extension EffectPlot {
  /// How a series is told apart: colour, dash and strip.
  struct Look {
    var ink: Ink
    var dash: [Double]
    var width: Double
  }

  private static let dashes: [[Double]] = [[], [7, 3], [8, 3, 2, 3], [4, 2]]

  func look(_ panel: Panel, _ index: Int) -> Look {
    if panel.series[index].isReference { return Look(ink: .reference, dash: [], width: 1.75) }
    let place = panel.series[..<index].filter { !$0.isReference }.count
    return Look(ink: .data(place), dash: EffectPlot.dashes[place % 4], width: 2)
  }

  /// Points of the grid with a value, in runs without a hole.
  private func runs(_ values: [Double]) -> [[Int]] {
    var runs: [[Int]] = [[]]
    for index in grid.indices {
      let isKnown = grid[index].isFinite && values.indices.contains(index) && !values[index].isNaN
      if isKnown {
        runs[runs.count - 1].append(index)
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  /// Faint shapes in whole pixels, with no more points than that takes.
  private func coarse(_ points: [Point]) -> [Point] {
    CurvePlot.thinned(points, within: 0.6).map { Point($0.x.rounded(), $0.y.rounded()) }
  }

  func drawIndividual(_ panel: Panel, _ index: Int, _ frame: Frame, in sketch: inout Sketch) {
    let lines = panel.individual.flatMap { values in
      runs(values).filter { $0.count > 1 }.map { run in
        coarse(run.map { frame.place(grid[$0], values[$0], index) })
      }
    }
    if !lines.isEmpty { sketch.add(Mark(.polylines(lines), stroke: .axis, strokeWidth: 0.4)) }
  }

  func drawRibbon(_ series: Series, _ look: Look, _ index: Int, _ frame: Frame, in sketch: inout Sketch) {
    let halves = series.halfWidths
    for run in runs(series.values) where run.count > 1 {
      let known = run.filter { halves.indices.contains($0) && halves[$0].isFinite }
      guard known.count > 1 else { continue }
      let upper = known.map { frame.place(grid[$0], series.values[$0] + abs(halves[$0]), index) }
      let lower = known.reversed().map { frame.place(grid[$0], series.values[$0] - abs(halves[$0]), index) }
      let outline = coarse(upper) + coarse(lower)
      sketch.add(Mark(.polygon(outline), fill: look.ink, fillOpacity: 0.14))
    }
  }

  /// The line, thin and dotted where it rests on few rows.
  func drawLine(_ series: Series, _ look: Look, _ index: Int, _ frame: Frame, in sketch: inout Sketch) {
    func isWeak(_ point: Int) -> Bool {
      series.support.indices.contains(point) && series.support[point] < leastSupport
    }
    var (firm, weak): ([[Point]], [[Point]]) = ([], [])
    for run in runs(series.values) {
      let points = run.map { frame.place(grid[$0], series.values[$0], index) }
      if points.count == 1 {
        sketch.add(.symbol(.circle, at: points[0], radius: 3.5, look.ink, isHollow: isWeak(run[0])))
        continue
      }
      var start = 0
      for end in 1..<points.count
      where end == points.count - 1 || isWeak(run[end]) != isWeak(run[end + 1]) {
        if isWeak(run[end]) {
          weak.append(Array(points[start...end]))
        } else {
          firm.append(Array(points[start...end]))
        }
        start = end
      }
    }
    for (lines, width, dash) in [(weak, 1, [1.5, 2.5]), (firm, look.width, look.dash)] where !lines.isEmpty {
      sketch.add(
        Mark(.polylines(lines), stroke: look.ink, strokeWidth: width, dash: dash, title: series.label))
    }
  }

  /// Rows between neighbouring grid points, as heights of steps.
  func drawStrip(
    _ series: Series, _ look: Look, top: Double, plot: Box, x: Scale, in sketch: inout Sketch
  ) {
    let base = top + Frame.stripHeight
    sketch.add(.line(Point(plot.x, base), Point(plot.maxX, base), .grid, width: 0.75))
    let most = series.support.max() ?? 0
    guard most > 0 else { return }
    var points: [Point] = []
    for index in grid.indices where series.support.indices.contains(index) && grid[index].isFinite {
      let share = max(0, Double(series.support[index]) / Double(most)).squareRoot()
      let y = base - (share * Frame.stripHeight).rounded()
      let right = x.position(grid[index])
      let left = index == 0 ? max(plot.x, right - 1.5) : x.position(grid[index - 1])
      points += [Point(left, y), Point(index == 0 ? min(plot.maxX, right + 1.5) : right, y)]
    }
    guard let first = points.first, let last = points.last else { return }
    points = points.map { Point($0.x.rounded(), $0.y) }
    sketch.add(
      Mark(
        .polygon([Point(first.x.rounded(), base)] + points + [Point(last.x.rounded(), base)]), fill: look.ink,
        fillOpacity: 0.55))
  }

  /// What the lines mean. Returns the scene's height.
  func drawLegend(_ panels: [Panel], below top: Double, width: Double, in sketch: inout Sketch) -> Double {
    var entries: [(mark: Mark, words: String)] = []
    var seen: Set<String> = []
    let alone = panels.map { $0.series.filter { !$0.isReference } }.filter { $0.count == 1 }
    let isMany = Set(alone.flatMap { $0.map(\.label) }).count > 1
    for panel in panels {
      let isLone = isMany && panel.series.filter { !$0.isReference }.count == 1
      for (index, series) in panel.series.enumerated() {
        let look = look(panel, index)
        let words = isLone && !series.isReference ? "the panel's group" : series.label
        guard seen.insert("\(look.ink.name) \(words)").inserted else { continue }
        entries.append(
          (.line(Point(-9, 0), Point(9, 0), look.ink, width: look.width, dash: look.dash), words))
      }
    }
    let all = panels.flatMap(\.series)
    if all.contains(where: { !$0.halfWidths.isEmpty }) {
      entries.append((.box(Box(x: -9, y: -5, width: 18, height: 10), .data(0), opacity: 0.14), ribbonLegend))
    }
    if panels.contains(where: { !$0.individual.isEmpty }) {
      entries.append((.line(Point(-9, 0), Point(9, 0), .axis, width: 0.4), individualLegend))
    }
    if all.contains(where: { $0.support.contains { $0 < leastSupport } }) {
      let dotted = Mark.line(Point(-9, 0), Point(9, 0), .data(0), dash: [1.5, 2.5])
      entries.append((dotted, "on fewer than \(NumberText.count(Double(leastSupport))) rows"))
    }
    let steps = [Point(-9, 5), Point(-9, -2), Point(0, -2), Point(0, 2), Point(9, 2), Point(9, 5)]
    entries.append((Mark(.polygon(steps), fill: .reference, fillOpacity: 0.55), supportLegend))
    return sketch.legend(entries, below: top, width: width)
  }
}

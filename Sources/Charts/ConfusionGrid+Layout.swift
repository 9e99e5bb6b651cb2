extension ConfusionGrid {
  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    guard !groups.isEmpty else {
      return Sketch.empty("No groups to show.", width: width, title: title, summary: summary)
    }
    let hasNotes = groups.contains { !$0.note.isEmpty }
    let widest = rowLabels.map { TextMetrics.width(of: VisibleText.of($0), size: Style.small) }.max() ?? 0
    let left = Style.margin + min(widest, 110) + 8
    let grid = SmallMultiples(
      count: groups.count, width: width, least: 150, most: 190, ratio: 0.5,
      head: Sketch.headHeight(groups.map(\.label), hasNotes: hasNotes, plotWidth: 150) + headRoom,
      foot: 14, left: left)
    var sketch = Sketch()
    for (index, group) in groups.enumerated() {
      var inner = Sketch()
      draw(group, in: grid.plots[index], isLeft: grid.isFirstInRow(index), left: left, sketch: &inner)
      sketch.add(.group(inner.marks, label: words(of: group)))
    }
    return Scene(width: width, height: grid.bottom, title: title, summary: summary, marks: sketch.marks)
  }

  private func draw(_ group: Group, in plot: Box, isLeft: Bool, left: Double, sketch: inout Sketch) {
    var head = plot
    head.y -= headRoom
    sketch.panelHead(group.label, note: group.note, over: head)
    let (width, height) = (plot.width / 2, plot.height / 2)
    for (row, counts) in rows(of: group).enumerated() {
      let y = plot.y + height * Double(row)
      if isLeft {
        sketch.label(
          name(rowLabels, row), at: Point(plot.x - 8, y + height / 2), width: left - 8 - Style.margin,
          anchor: .end,
          size: Style.small, ink: .mutedText)
      }
      for (column, count) in counts.enumerated() {
        let box = Box(x: plot.x + width * Double(column), y: y, width: width - 1.5, height: height - 1.5)
        if row == 0 {
          let lines = columnLines(column, width: width - 4)
          sketch.lines(
            lines, whole: name(columnLabels, column),
            at: Point(box.midX, plot.y - 2 - Double(lines.count) * (Style.small + 3)), anchor: .middle,
            baseline: .top, size: Style.small, ink: .mutedText)
        }
        let title = "\(group.label), \(name(rowLabels, row)), \(name(columnLabels, column)): "
        drawCell(count, of: counts[0] + counts[1], in: box, title: title, sketch: &sketch)
      }
    }
  }

  private func columnLines(_ column: Int, width: Double) -> [String] {
    TextMetrics.wrap(VisibleText.of(name(columnLabels, column)), width: width, size: Style.small, lines: 2)
  }

  /// Room for the columns' names between a panel's head and its cells.
  private var headRoom: Double {
    let lines = columnLabels.indices.map { columnLines($0, width: 71).count }.max() ?? 1
    return Double(lines) * (Style.small + 3) + 2
  }

  private func drawCell(_ count: Double, of total: Double, in box: Box, title: String, sketch: inout Sketch) {
    guard total > 0, total.isFinite else {
      sketch.add(
        Mark(.rect(box.grown(by: -0.5), corner: 2), fill: .paper, stroke: .grid, title: title + "no rows"))
      sketch.add(.text(TextRun("—", at: Point(box.midX, box.midY), anchor: .middle), .mutedText))
      return
    }
    let rate = count / total
    let shown = NumberText.value(rate, .percent)
    let step = Int((rate * Double(Ink.rampTop)).rounded())
    sketch.add(
      .box(
        box, .sequential(step), corner: 2,
        title: title + "\(shown), \(NumberText.count(count)) of \(NumberText.count(total))"))
    sketch.add(
      .text(TextRun(shown, at: Point(box.midX, box.midY - 7), anchor: .middle, size: 13, weight: .semibold)))
    let number = TextMetrics.fit(NumberText.count(count), width: box.width - 4, size: Style.small)
    sketch.add(.text(TextRun(number, at: Point(box.midX, box.midY + 10), anchor: .middle, size: Style.small)))
  }

  /// By true outcome, then prediction; what is not a count is 0.
  private func rows(of group: Group) -> [[Double]] {
    [[group.truePositives, group.falseNegatives], [group.falsePositives, group.trueNegatives]].map { row in
      row.map { $0.isFinite ? max(0, $0) : 0 }
    }
  }

  private func name(_ labels: [String], _ index: Int) -> String {
    labels.indices.contains(index) ? labels[index] : ""
  }

  private func words(of group: Group) -> String {
    let parts = rows(of: group).enumerated().flatMap { row, counts in
      counts.enumerated().map { column, count in
        "\(name(rowLabels, row)), \(name(columnLabels, column)) \(NumberText.count(count))"
      }
    }
    return "\(group.label): \(parts.joined(separator: "; "))"
  }
}

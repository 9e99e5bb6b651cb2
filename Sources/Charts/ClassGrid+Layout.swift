extension ClassGrid {
  /// Width of a cell that a percentage fits in, and height of one that holds its count as well.
  private static let least = 38.0
  private static let most = 66.0
  private static let tall = 31.0

  package func layout(width asked: Double) -> Scene {
    let width = Style.width(asked)
    guard !groups.isEmpty, !classes.isEmpty else {
      return Sketch.empty("No groups to show.", width: width, title: title, summary: summary)
    }
    let count = Double(classes.count)
    let names = rowNames
    let widest = names.map { TextMetrics.width(of: $0, size: Style.small) }.max() ?? 0
    let left = Style.margin + min(widest, 120) + 8
    let side = min(max(140, count * Self.most), max(120, width - left - 18))
    let head =
      Sketch.headHeight(groups.map(\.label), hasNotes: groups.contains { !$0.note.isEmpty }, plotWidth: 120)
      + Style.small + 8
    let grid = SmallMultiples(
      count: groups.count, width: width, least: min(side, max(140, count * Self.least)), most: side,
      ratio: classes.count < 4 ? 0.6 : 0.66, head: head, foot: 14, left: left)
    var sketch = Sketch()
    for (index, group) in groups.enumerated() {
      var inner = Sketch()
      draw(
        group, in: grid.plots[index], names: grid.isFirstInRow(index) ? names : [], left: left, sketch: &inner
      )
      sketch.add(.group(inner.marks, label: words(of: group)))
    }
    return Scene(width: width, height: grid.bottom, title: title, summary: summary, marks: sketch.marks)
  }

  /// Names of the rows, with the numbers that stand above the columns.
  private var rowNames: [String] {
    classes.enumerated().map { "\(VisibleText.of($1))  \($0 + 1)" }
  }

  private func draw(
    _ group: Group, in plot: Box, names: [String], left: Double, sketch: inout Sketch
  ) {
    var head = plot
    head.y -= Style.small + 8
    sketch.panelHead(group.label, note: group.note, over: head)
    let cell = (width: plot.width / Double(classes.count), height: plot.height / Double(classes.count))
    for row in classes.indices {
      let y = plot.y + cell.height * Double(row)
      if names.indices.contains(row) {
        sketch.label(
          names[row], at: Point(plot.x - 8, y + cell.height / 2), width: left - 8 - Style.margin,
          anchor: .end,
          size: Style.small, ink: .mutedText)
      }
      let counts = counts(group, row)
      for column in classes.indices {
        let x = plot.x + cell.width * Double(column)
        if row == 0 {
          sketch.label(
            String(column + 1), at: Point(x + cell.width / 2, plot.y - 9), width: cell.width, anchor: .middle,
            size: Style.small, ink: .mutedText)
        }
        let box = Box(x: x, y: y, width: max(1, cell.width - 1.5), height: max(1, cell.height - 1.5))
        let title = "\(group.label), \(classes[row]) as \(classes[column]): "
        drawCell(counts, column, in: box, isRight: row == column, title: title, sketch: &sketch)
      }
    }
  }

  private func drawCell(
    _ counts: [Double], _ column: Int, in box: Box, isRight: Bool, title: String, sketch: inout Sketch
  ) {
    let total = counts.reduce(0, +)
    guard total > 0, total.isFinite else {
      sketch.add(
        Mark(.rect(box.grown(by: -0.5), corner: 2), fill: .paper, stroke: .grid, title: title + "no rows"))
      return
    }
    let rate = counts[column] / total
    let shown = NumberText.value(rate, .percent)
    sketch.add(
      .box(
        box, .sequential(Int((rate * Double(Ink.rampTop)).rounded())), corner: 2,
        title: title + "\(shown), \(NumberText.count(counts[column])) of \(NumberText.count(total))"))
    if isRight, box.width > 4, box.height > 4 {
      sketch.add(Mark(.rect(box.grown(by: -0.75), corner: 2), stroke: .axis, strokeWidth: 1.25))
    }
    let isTall = box.height >= Self.tall
    let middle = isTall ? box.midY - 6 : box.midY
    let rounded = TextMetrics.fit(
      NumberText.value(rate, .percent, decimals: box.width < 48 ? 2 : 3), width: box.width - 2,
      size: Style.small)
    guard box.height >= 13, !rounded.hasSuffix(TextMetrics.ellipsis) else { return }
    sketch.add(
      .text(
        TextRun(
          rounded, at: Point(box.midX, middle), anchor: .middle, size: Style.small,
          weight: isRight ? .semibold : .regular)))
    let number = NumberText.count(counts[column])
    guard isTall, TextMetrics.width(of: number, size: Style.small) <= box.width - 2 else { return }
    sketch.add(.text(TextRun(number, at: Point(box.midX, box.midY + 9), anchor: .middle, size: Style.small)))
  }

  /// By prediction; what is not a count is 0.
  private func counts(_ group: Group, _ row: Int) -> [Double] {
    classes.indices.map { column in
      guard group.counts.indices.contains(row), group.counts[row].indices.contains(column) else { return 0 }
      let count = group.counts[row][column]
      return count.isFinite ? max(0, count) : 0
    }
  }

  private func words(of group: Group) -> String {
    let parts = classes.indices.map { row in
      let counts = counts(group, row)
      let found = zip(classes, counts).map { "\($0) \(NumberText.count($1))" }.joined(separator: ", ")
      return "\(classes[row]) as \(found)"
    }
    return "\(group.label): \(parts.joined(separator: "; "))"
  }
}

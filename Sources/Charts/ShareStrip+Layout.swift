extension ShareStrip {
  private static let looks: [(symbol: Mark.Symbol, ink: Ink, isHollow: Bool)] = [
    (.circle, .data(0), false), (.diamond, .data(1), false), (.square, .reference, true),
    (.triangle, .data(3), false),
  ]

  package func layout(width asked: Double) -> Scene {
    let lines = rows.map { RowTable.Line(label: $0.label, note: $0.note, isReference: false) }
    let width = RowTable.width(Style.width(asked), lines, noteHeading, panels: 1)
    guard !rows.isEmpty, !series.isEmpty else {
      return Sketch.empty("No groups to show.", width: width, title: title, summary: summary)
    }
    let top = Style.margin + Style.lineHeight + 4
    let table = RowTable(lines, noteHeading: noteHeading, width: width, top: top)
    let plot = Box(
      x: table.plotStart, y: top, width: max(24, width - Style.margin - 14 - table.plotStart),
      height: table.bottom - top)
    let tickCount = max(3, min(7, Int(plot.width / 70)))
    let scale = AxisSpec(limits: 0...1).scale(
      covering: rows.flatMap { known($0).map(\.share) } + [0], start: plot.x, end: plot.maxX,
      tickCount: tickCount)
    var sketch = Sketch()
    table.ground(to: width - Style.margin, in: &sketch)
    sketch.horizontalAxis(scale.ticks(count: tickCount, format: .percent), scale, in: plot)
    if lines.contains(where: { !$0.note.isEmpty }) {
      sketch.label(
        noteHeading, at: Point(table.noteEnd, top - 10), width: table.noteWidth, anchor: .end,
        size: Style.small, ink: .mutedText)
    }
    for row in rows.indices { sketch.add(.group(marks(row, table, scale, plot), label: words(rows[row]))) }
    sketch.xName(axisName, below: plot)
    let height = sketch.legend(legend, below: plot.maxY + Style.tickHeight + 16, width: width)
    return Scene(width: width, height: height + 2, title: title, summary: summary, marks: sketch.marks)
  }

  private func known(_ row: Row) -> [(place: Int, share: Double)] {
    series.indices.prefix(Self.looks.count).compactMap { place in
      guard row.shares.indices.contains(place), row.shares[place].isFinite, abs(row.shares[place]) < 1e300
      else {
        return nil
      }
      return (place, row.shares[place])
    }
  }

  private var legend: [(mark: Mark, words: String)] {
    zip(series, Self.looks).map { name, look in
      (.symbol(look.symbol, at: Point(0, 0), look.ink, isHollow: look.isHollow), name)
    }
  }

  private func marks(_ index: Int, _ table: RowTable, _ scale: Scale, _ plot: Box) -> [Mark] {
    var sketch = Sketch()
    table.write(row: index, in: &sketch)
    let y = table.middle(of: index)
    let known = known(rows[index])
    guard let low = known.map(\.share).min(), let high = known.map(\.share).max() else {
      sketch.plate("— no value", at: Point(plot.x + 4, y), width: plot.width - 8, ground: .paper)
      return sketch.marks
    }
    sketch.add(
      .line(
        Point(scale.position(low), y), Point(scale.position(high), y), .axis, width: 1.5,
        title: words(rows[index])))
    for (place, share) in known.reversed() {
      let look = Self.looks[place]
      sketch.add(
        .symbol(
          look.symbol, at: Point(scale.position(share), y), look.ink, isHollow: look.isHollow,
          title: "\(rows[index].label), \(series[place]) \(NumberText.value(share, .percent))"))
    }
    return sketch.marks
  }

  private func words(_ row: Row) -> String {
    let parts = known(row).map { "\(series[$0.place]) \(NumberText.value($0.share, .percent))" }
    let note = row.note.isEmpty ? "" : ", \(noteHeading) \(row.note)"
    return "\(row.label)\(note): \(parts.isEmpty ? "no value" : parts.joined(separator: "; "))"
  }
}

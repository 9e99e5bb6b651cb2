extension Sketch {
  /// Samples, drawn around the origin, with their words, in as many lines as it takes. Returns the bottom.
  mutating func legend(_ entries: [(mark: Mark, words: String)], below top: Double, width: Double) -> Double {
    guard !entries.isEmpty else { return top + 2 }
    let start = Style.margin + 9
    var (x, y) = (start, top + 10)
    for entry in entries {
      let room = width - start - 14 - Style.margin
      let need = min(room, TextMetrics.width(of: VisibleText.of(entry.words), size: Style.small) + 2)
      if x > start, x + 14 + need > width - Style.margin { (x, y) = (start, y + 16) }
      add(entry.mark.moved(by: Point(x, y)))
      label(entry.words, at: Point(x + 14, y), width: need, size: Style.small, ink: .mutedText)
      x += 14 + need + 24
    }
    return y + 10
  }
}

extension Mark {
  /// The mark in another place.
  func moved(by offset: Point) -> Mark {
    func move(_ point: Point) -> Point { Point(point.x + offset.x, point.y + offset.y) }
    var result = self
    switch shape {
    case .polyline(let points): result.shape = .polyline(points.map(move))
    case .polylines(let lines): result.shape = .polylines(lines.map { $0.map(move) })
    case .polygon(let points): result.shape = .polygon(points.map(move))
    case .rect(let box, let corner):
      result.shape = .rect(
        Box(x: box.x + offset.x, y: box.y + offset.y, width: box.width, height: box.height), corner: corner)
    case .symbol(let symbol, let point, let radius):
      result.shape = .symbol(symbol, at: move(point), radius: radius)
    case .text(var run):
      run.at = move(run.at)
      result.shape = .text(run)
    case .group(var group):
      group.marks = group.marks.map { $0.moved(by: offset) }
      group.clip = group.clip.map {
        Box(x: $0.x + offset.x, y: $0.y + offset.y, width: $0.width, height: $0.height)
      }
      result.shape = .group(group)
    }
    return result
  }
}

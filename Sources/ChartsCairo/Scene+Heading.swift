import Charts

extension Scene {
  /// The scene with a heading above it.
  func headed(_ heading: String) -> Scene {
    guard !heading.isEmpty else { return self }
    let size = 14.0
    let lines = TextMetrics.wrap(
      VisibleText.of(heading), width: width - 12, size: size, weight: .semibold, lines: 2)
    let height = 10 + Double(lines.count) * (size + 4) + 4
    var result = self
    result.title = heading
    result.height += height
    result.marks = lines.enumerated().map { index, line in
      .text(
        TextRun(
          line, at: Point(6, 10 + Double(index) * (size + 4)), baseline: .top, size: size, weight: .semibold))
    }
    result.marks += marks.map { $0.moved(down: height) }
    return result
  }
}

extension Mark {
  fileprivate func moved(down distance: Double) -> Mark {
    func move(_ point: Point) -> Point { Point(point.x, point.y + distance) }
    func move(_ box: Box) -> Box { Box(x: box.x, y: box.y + distance, width: box.width, height: box.height) }
    var result = self
    switch shape {
    case .polyline(let points): result.shape = .polyline(points.map(move))
    case .polylines(let lines): result.shape = .polylines(lines.map { $0.map(move) })
    case .polygon(let points): result.shape = .polygon(points.map(move))
    case .rect(let box, let corner): result.shape = .rect(move(box), corner: corner)
    case .symbol(let symbol, let point, let radius):
      result.shape = .symbol(symbol, at: move(point), radius: radius)
    case .text(var run):
      run.at = move(run.at)
      result.shape = .text(run)
    case .group(var group):
      group.clip = group.clip.map(move)
      group.marks = group.marks.map { $0.moved(down: distance) }
      result.shape = .group(group)
    }
    return result
  }
}

extension Mark {
  /// The box that the mark covers, strokes included; text by the estimate that layout uses. Nil for nothing.
  package var bounds: Box? {
    switch shape {
    case .polyline(let points), .polygon(let points): return Mark.hull(points)?.grown(by: strokeMargin)
    case .polylines(let lines): return Mark.hull(lines.flatMap { $0 })?.grown(by: strokeMargin)
    case .rect(let box, _): return box.grown(by: strokeMargin)
    case .symbol(let symbol, let point, let radius):
      let corners = Mark.corners(of: symbol, at: point, radius: radius)
      let hull = Mark.hull(corners) ?? Box(x: point.x, y: point.y, width: 0, height: 0).grown(by: radius)
      return hull.grown(by: strokeMargin)
    case .text(let run): return run.bounds
    case .group(let group):
      let inner = group.marks.compactMap(\.bounds)
      guard let first = inner.first else { return nil }
      return group.clip ?? inner.dropFirst().reduce(first) { $0.union($1) }
    }
  }

  private var strokeMargin: Double { stroke == nil ? 0 : strokeWidth / 2 }

  private static func hull(_ points: [Point]) -> Box? {
    guard let first = points.first else { return nil }
    return points.dropFirst().reduce(Box(x: first.x, y: first.y, width: 0, height: 0)) {
      $0.union(Box(x: $1.x, y: $1.y, width: 0, height: 0))
    }
  }
}

extension Box {
  package func grown(by margin: Double) -> Box {
    Box(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }
}

extension TextRun {
  package var bounds: Box {
    let length = TextMetrics.width(of: text, size: size, weight: weight)
    let before =
      switch anchor {
      case .start: 0.0
      case .middle: length / 2
      case .end: length
      }
    let top = baselineShift - 0.8 * size
    return isVertical
      ? Box(x: at.x + top, y: at.y - length + before, width: size, height: length)
      : Box(x: at.x - before, y: at.y + top, width: length, height: size)
  }
}

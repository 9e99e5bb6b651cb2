extension Scene {
  /// Coordinates rounded to a tenth of a pixel, which nobody sees: a crowded drawing weighs a fifth less.
  package var coarse: Scene {
    var result = self
    result.marks = marks.map(\.coarse)
    return result
  }
}

extension Mark {
  fileprivate var coarse: Mark {
    func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
    func point(_ point: Point) -> Point { Point(tenths(point.x), tenths(point.y)) }
    var result = self
    switch shape {
    case .polyline(let points): result.shape = .polyline(points.map(point))
    case .polylines(let lines): result.shape = .polylines(lines.map { $0.map(point) })
    case .polygon(let points): result.shape = .polygon(points.map(point))
    case .rect(let box, let corner):
      let left = tenths(box.x)
      let top = tenths(box.y)
      result.shape = .rect(
        Box(x: left, y: top, width: tenths(box.maxX) - left, height: tenths(box.maxY) - top), corner: corner)
    case .symbol(let symbol, let at, let radius):
      result.shape = .symbol(symbol, at: point(at), radius: radius)
    case .text(var run):
      run.at = point(run.at)
      result.shape = .text(run)
    case .group(var group):
      group.marks = group.marks.map(\.coarse)
      result.shape = .group(group)
    }
    return result
  }
}

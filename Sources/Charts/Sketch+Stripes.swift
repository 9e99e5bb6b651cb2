extension Sketch {
  /// Fades a cell with diagonal stripes of paper: text on it only gains contrast. One line that winds through
  /// the box, turning along its edges, because a line for each stripe would make a page heavy.
  mutating func stripes(in box: Box) {
    let spacing = 7.0
    var offset = spacing / 2
    var path: [Point] = []
    while offset < box.width + box.height {
      // The line x + y = offset, from its lower left to its upper right end inside the box.
      let start = Point(box.x + max(0, offset - box.height), box.y + min(box.height, offset))
      let end = Point(box.x + min(box.width, offset), box.y + max(0, offset - box.width))
      path += path.count % 4 == 0 ? [start, end] : [end, start]
      offset += spacing
    }
    add(Mark(.polyline(path), stroke: .paper, strokeWidth: 2))
  }
}

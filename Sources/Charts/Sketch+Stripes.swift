extension Sketch {
  /// Fades a cell with diagonal stripes of paper: text on it only gains contrast.
  mutating func stripes(in box: Box) {
    let spacing = 5.0
    var offset = spacing / 2
    while offset < box.width + box.height {
      // The line x + y = offset, from its lower left to its upper right end inside the box.
      let start = Point(box.x + max(0, offset - box.height), box.y + min(box.height, offset))
      let end = Point(box.x + min(box.width, offset), box.y + max(0, offset - box.width))
      add(.line(start, end, .paper, width: 2))
      offset += spacing
    }
  }
}

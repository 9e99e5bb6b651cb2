extension Mark {
  package static func line(
    _ from: Point, _ to: Point, _ ink: Ink, width: Double = 1, dash: [Double] = [],
    title: String? = nil
  ) -> Mark {
    Mark(.polyline([from, to]), stroke: ink, strokeWidth: width, dash: dash, title: title)
  }

  package static func text(_ run: TextRun, _ ink: Ink = .text, title: String? = nil) -> Mark {
    Mark(.text(run), fill: ink, title: title)
  }

  package static func box(
    _ box: Box, _ ink: Ink, opacity: Double = 1, corner: Double = 0, title: String? = nil
  ) -> Mark {
    Mark(.rect(box, corner: corner), fill: ink, fillOpacity: opacity, title: title)
  }

  /// A filled symbol, or a hollow one of the same extent.
  package static func symbol(
    _ symbol: Symbol, at point: Point, radius: Double = Style.symbolRadius, _ ink: Ink,
    isHollow: Bool = false, title: String? = nil
  ) -> Mark {
    isHollow
      ? Mark(
        .symbol(symbol, at: point, radius: radius - 0.75), fill: .paper, stroke: ink, strokeWidth: 1.5,
        title: title)
      : Mark(.symbol(symbol, at: point, radius: radius), fill: ink, title: title)
  }

  package static func group(_ marks: [Mark], label: String? = nil, clip: Box? = nil) -> Mark {
    Mark(.group(Group(label: label, clip: clip, marks: marks)))
  }

  /// The mark and all marks inside it, groups themselves left out.
  package var leaves: [Mark] {
    if case .group(let group) = shape { return group.marks.flatMap(\.leaves) }
    return [self]
  }

  /// The corners of a symbol drawn as a polygon; empty for a circle. All symbols of one radius cover about
  /// the same area, so that none shouts.
  package static func corners(of symbol: Symbol, at point: Point, radius: Double) -> [Point] {
    let (x, y) = (point.x, point.y)
    switch symbol {
    case .circle: return []
    case .diamond:
      let r = radius * 1.25
      return [Point(x, y - r), Point(x + r, y), Point(x, y + r), Point(x - r, y)]
    case .square:
      let r = radius * 0.88
      return [Point(x - r, y - r), Point(x + r, y - r), Point(x + r, y + r), Point(x - r, y + r)]
    case .triangle:
      let r = radius * 1.2
      return [Point(x, y - r), Point(x + r, y + r * 0.8), Point(x - r, y + r * 0.8)]
    case .triangleRight:
      return [Point(x + radius, y), Point(x - radius * 0.6, y + radius), Point(x - radius * 0.6, y - radius)]
    case .triangleLeft:
      return [Point(x - radius, y), Point(x + radius * 0.6, y + radius), Point(x + radius * 0.6, y - radius)]
    case .star:
      // Five points, every second corner on the inner circle: cosines and sines of multiples of 36 degrees.
      let ring = [
        (0.0, -1.0), (0.588, -0.809), (0.951, -0.309), (0.951, 0.309), (0.588, 0.809), (0.0, 1.0),
        (-0.588, 0.809), (-0.951, 0.309), (-0.951, -0.309), (-0.588, -0.809),
      ]
      return ring.enumerated().map { place, unit in
        let r = radius * (place % 2 == 0 ? 1.5 : 0.65)
        return Point(x + r * unit.0, y + r * unit.1)
      }
    }
  }
}

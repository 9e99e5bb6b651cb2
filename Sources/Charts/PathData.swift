/// Lines in the short form of SVG's path data: every point relative to the one before it, in whole tenths of a
/// pixel, so that nothing adds up.
struct PathData {
  private(set) var text = ""
  private var pen = Place(x: 0, y: 0)
  private var isFirst = true

  /// A point in tenths of a pixel.
  private struct Place: Equatable {
    var x: Int
    var y: Int

    init(x: Int, y: Int) { (self.x, self.y) = (x, y) }

    init(_ point: Point) { (x, y) = (Place.tenths(point.x), Place.tenths(point.y)) }

    private static func tenths(_ value: Double) -> Int {
      value.isFinite ? Int((max(-1e9, min(1e9, value)) * 10).rounded()) : 0
    }

    /// Whether this lies on a level or upright line between two others.
    func isBetween(_ a: Place, _ b: Place) -> Bool {
      let isLevel = a.y == y && y == b.y && min(a.x, b.x) <= x && x <= max(a.x, b.x)
      return isLevel || a.x == x && x == b.x && min(a.y, b.y) <= y && y <= max(a.y, b.y)
    }
  }

  /// Appends a line; a point alone is no line, but keeps its place.
  mutating func add(_ points: [Point], isClosed: Bool = false) {
    let places = PathData.corners(points.map { Place($0) })
    guard let start = places.first else { return }
    var isJoining = false
    for (index, place) in places.enumerated() {
      let (right, down) = (place.x - pen.x, place.y - pen.y)
      if index == 0 {
        text += isFirst ? "M" + PathData.pair(place.x, place.y) : "m" + PathData.pair(right, down)
        isFirst = false
      } else if down == 0 {
        text += "h" + PathData.number(right)
        isJoining = false
      } else if right == 0 {
        text += "v" + PathData.number(down)
        isJoining = false
      } else {
        text += (isJoining ? right < 0 ? "" : " " : "l") + PathData.pair(right, down)
        isJoining = true
      }
      pen = place
    }
    guard isClosed else { return }
    text += "Z"
    // The pen is back at the start.
    pen = start
  }

  /// Without places that lie on the way from the one before to the one after.
  private static func corners(_ places: [Place]) -> [Place] {
    guard let first = places.first, let last = places.last, places.count > 2 else { return places }
    var kept = [first]
    for index in 1..<(places.count - 1)
    where !places[index].isBetween(kept[kept.count - 1], places[index + 1]) {
      kept.append(places[index])
    }
    return kept + [last]
  }

  private static func pair(_ x: Int, _ y: Int) -> String { number(x) + (y < 0 ? "" : " ") + number(y) }

  /// `12.5`, `-.7`.
  private static func number(_ tenths: Int) -> String {
    let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    return sign + (rest == 0 ? "\(whole)" : "\(whole == 0 ? "" : "\(whole)").\(rest)")
  }
}

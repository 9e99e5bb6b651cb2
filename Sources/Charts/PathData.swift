/// Lines in the short form of SVG's path data: every point relative to the one before it, in whole tenths of a
/// pixel, so that nothing adds up.
struct PathData {
  private(set) var text = ""
  private var x = 0
  private var y = 0
  private var isFirst = true

  /// Appends a line; a point alone is no line, but keeps its place.
  mutating func add(_ points: [Point], isClosed: Bool = false) {
    guard let start = points.first else { return }
    var isJoining = false
    for (index, point) in points.enumerated() {
      let (left, top) = (PathData.tenths(point.x), PathData.tenths(point.y))
      let (right, down) = (left - x, top - y)
      if index == 0 {
        text += isFirst ? "M" + PathData.pair(left, top) : "m" + PathData.pair(right, down)
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
      (x, y) = (left, top)
    }
    guard isClosed else { return }
    text += "Z"
    // The pen is back at the start.
    (x, y) = (PathData.tenths(start.x), PathData.tenths(start.y))
  }

  private static func pair(_ x: Int, _ y: Int) -> String { number(x) + (y < 0 ? "" : " ") + number(y) }

  private static func tenths(_ value: Double) -> Int {
    value.isFinite ? Int((max(-1e9, min(1e9, value)) * 10).rounded()) : 0
  }

  /// `12.5`, `-.7`.
  private static func number(_ tenths: Int) -> String {
    let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    return sign + (rest == 0 ? "\(whole)" : "\(whole == 0 ? "" : "\(whole)").\(rest)")
  }
}

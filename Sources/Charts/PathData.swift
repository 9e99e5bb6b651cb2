/// Lines in the short form of SVG's path data: every point relative to the one before it, in whole hundredths of a
/// pixel, so that nothing adds up.
struct PathData {
  private(set) var text = ""
  private var x = 0
  private var y = 0
  private var isFirst = true

  /// Appends a line; a point alone is no line, but keeps its place.
  mutating func add(_ points: [Point]) {
    var isJoining = false
    for (index, point) in points.enumerated() {
      let (left, top) = (PathData.hundredths(point.x), PathData.hundredths(point.y))
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
  }

  private static func pair(_ x: Int, _ y: Int) -> String { number(x) + (y < 0 ? "" : " ") + number(y) }

  private static func hundredths(_ value: Double) -> Int {
    value.isFinite ? Int((max(-1e9, min(1e9, value)) * 100).rounded()) : 0
  }

  /// `12.5`, `-.07`.
  private static func number(_ hundredths: Int) -> String {
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    guard rest != 0 else { return "\(sign)\(whole)" }
    let decimals = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(sign)\(whole == 0 ? "" : "\(whole)").\(decimals)"
  }
}

/// What a mark means; the pen decides its colour, and a theme may change it.
package enum Ink: Hashable, Sendable {
  /// The page behind the chart; fills hollow marks.
  case paper
  case text, mutedText, axis, grid
  /// One of four series; wraps around beyond them.
  case data(Int)
  /// A tinted region, such as an interval band.
  case band
  /// A value that others are compared with.
  case reference
  /// A bound that should not be crossed.
  case limit
  case good, bad, unsure
  /// A step of the single-hue ramp, 0 (least) to `Ink.rampTop`.
  case sequential(Int)
  /// A step of the two-hue ramp, −`Ink.rampTop` (far below the reference) to `Ink.rampTop`.
  case diverging(Int)

  package static let seriesCount = 4
  package static let rampTop = 6

  /// Every role once.
  package static let all: [Ink] =
    [.paper, .text, .mutedText, .axis, .grid] + (0..<seriesCount).map { .data($0) }
    + [.band, .reference, .limit, .good, .bad, .unsure]
    + (0...rampTop).map { .sequential($0) } + (-rampTop...rampTop).map { .diverging($0) }

  /// The part of class names and CSS variables that names this role.
  package var name: String {
    switch self {
    case .paper: "paper"
    case .text: "text"
    case .mutedText: "muted"
    case .axis: "axis"
    case .grid: "grid"
    case .data(let index): "data\(Ink.wrapped(index))"
    case .band: "band"
    case .reference: "reference"
    case .limit: "limit"
    case .good: "good"
    case .bad: "bad"
    case .unsure: "unsure"
    case .sequential(let step): "seq\(max(0, min(Ink.rampTop, step)))"
    case .diverging(let step):
      step < 0 ? "below\(min(Ink.rampTop, -step))" : "above\(min(Ink.rampTop, step))"
    }
  }

  static func wrapped(_ index: Int) -> Int {
    let rest = index % seriesCount
    return rest < 0 ? rest + seriesCount : rest
  }
}

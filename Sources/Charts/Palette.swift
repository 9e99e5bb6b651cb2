/// The colours of one theme. Series colours are Okabe and Ito's (2008), chosen per theme for contrast:
/// orange, sky blue and yellow are too pale on white.
package struct Palette: Sendable {
  private let fixed: [Ink: RGB]
  private let ramps: (least: RGB, most: RGB, neutral: RGB, below: RGB, above: RGB)

  package static let light = Palette(
    fixed: [
      .paper: RGB(0xFFFFFF), .text: RGB(0x1F1F1F), .mutedText: RGB(0x595959), .axis: RGB(0x767676),
      .grid: RGB(0xE4E4E4), .data(0): RGB(0x0072B2), .data(1): RGB(0xD55E00), .data(2): RGB(0x009E73),
      .data(3): RGB(0xCC79A7), .band: RGB(0xE9EFF3), .reference: RGB(0x595959), .limit: RGB(0x8C2D04),
      .good: RGB(0x00664B), .bad: RGB(0xB3261E), .unsure: RGB(0x7A4F00),
    ],
    ramps: (RGB(0xF2F6F9), RGB(0x5C9FCC), RGB(0xF5F5F5), RGB(0x5C9FCC), RGB(0xE58A52)))

  package static let dark = Palette(
    fixed: [
      .paper: RGB(0x141414), .text: RGB(0xE8E8E8), .mutedText: RGB(0xB3B3B3), .axis: RGB(0x8C8C8C),
      .grid: RGB(0x333333), .data(0): RGB(0x56B4E9), .data(1): RGB(0xE69F00), .data(2): RGB(0x009E73),
      .data(3): RGB(0xCC79A7), .band: RGB(0x232C33), .reference: RGB(0xB3B3B3), .limit: RGB(0xFFB38A),
      .good: RGB(0x5FD3A8), .bad: RGB(0xFF8A80), .unsure: RGB(0xF2C063),
    ],
    ramps: (RGB(0x1D2429), RGB(0x1F6A9C), RGB(0x242424), RGB(0x1F6A9C), RGB(0xA04A14)))

  /// The ramps stop where `text` is still readable on them, so that a cell's text never changes its ink.
  package subscript(_ ink: Ink) -> RGB {
    switch ink {
    case .data(let index): fixed[.data(Ink.wrapped(index))] ?? RGB(0)
    case .sequential(let step): ramps.least.mixed(with: ramps.most, Palette.fraction(step))
    case .diverging(let step):
      ramps.neutral.mixed(with: step < 0 ? ramps.below : ramps.above, Palette.fraction(abs(step)))
    default: fixed[ink] ?? RGB(0)
    }
  }

  private static func fraction(_ step: Int) -> Double {
    Double(max(0, min(Ink.rampTop, step))) / Double(Ink.rampTop)
  }
}

extension Sketch {
  /// The line that explains hollow marks, where there are any. Returns the scene's height.
  mutating func unstableLegend(_ words: String?, symbol: Mark.Symbol, below y: Double, width: Double)
    -> Double
  {
    guard let words else { return y + 2 }
    add(.symbol(symbol, at: Point(Style.margin + 4, y + 9), .data(0), isHollow: true))
    label(words, at: Point(Style.margin + 14, y + 9), width: width - 30, size: Style.small, ink: .mutedText)
    return y + 20
  }
}

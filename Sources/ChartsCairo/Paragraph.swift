import Charts

/// Text that breaks into lines, in runs of different looks.
package struct Paragraph: Equatable, Sendable {
  /// A stretch of text that looks the same.
  package struct Run: Equatable, Sendable {
    package var text: String
    package var ink: Ink
    package var isBold: Bool
    package var isMono: Bool
    /// As a multiple of the paragraph's size.
    package var scale: Double
    /// Whether it begins a line.
    package var isBelow: Bool

    package init(
      _ text: String, ink: Ink = .text, isBold: Bool = false, isMono: Bool = false, scale: Double = 1,
      isBelow: Bool = false
    ) {
      self.text = text
      self.ink = ink
      self.isBold = isBold
      self.isMono = isMono
      self.scale = scale
      self.isBelow = isBelow
    }
  }

  package enum Alignment: Sendable { case start, middle, end }

  package var runs: [Run]
  /// Font size in the unit of the surface: points in a document, CSS pixels in a chart.
  package var size: Double
  package var alignment: Alignment
  /// The last of them ends with an ellipsis where there is more text; nil for as many as it takes.
  package var lines: Int?
  /// Distance of two baselines as a multiple of the font's own.
  package var leading: Double

  package init(
    _ runs: [Run], size: Double = 9, alignment: Alignment = .start, lines: Int? = nil, leading: Double = 1.12
  ) {
    self.runs = runs
    self.size = size
    self.alignment = alignment
    self.lines = lines
    self.leading = leading
  }

  package init(
    _ text: String, size: Double = 9, ink: Ink = .text, isBold: Bool = false, isMono: Bool = false,
    alignment: Alignment = .start, lines: Int? = nil, leading: Double = 1.12
  ) {
    self.init(
      [Run(text, ink: ink, isBold: isBold, isMono: isMono)], size: size, alignment: alignment, lines: lines,
      leading: leading)
  }
}

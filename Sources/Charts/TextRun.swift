/// One line of text, placed without measuring a font.
package struct TextRun: Equatable, Sendable {
  package enum Anchor: Sendable { case start, middle, end }
  package enum Baseline: Sendable { case alphabetic, middle, top }
  package enum Weight: Sendable { case regular, semibold }

  package var text: String
  package var at: Point
  package var anchor: Anchor
  package var baseline: Baseline
  /// Font size in CSS pixels.
  package var size: Double
  package var weight: Weight
  /// Whether the line reads upwards, turned about `at`.
  package var isVertical: Bool

  package init(
    _ text: String, at: Point, anchor: Anchor = .start, baseline: Baseline = .middle,
    size: Double = Style.text, weight: Weight = .regular, isVertical: Bool = false
  ) {
    self.text = text
    self.at = at
    self.anchor = anchor
    self.baseline = baseline
    self.size = size
    self.weight = weight
    self.isVertical = isVertical
  }

  /// How far below `at` the alphabetic baseline lies. The same fractions for both pens, because
  /// `dominant-baseline` differs between renderers.
  package var baselineShift: Double {
    switch baseline {
    case .alphabetic: 0
    case .middle: 0.35 * size
    case .top: 0.8 * size
    }
  }
}

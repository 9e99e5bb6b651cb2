/// The sizes that all charts share, in CSS pixels.
package enum Style {
  /// Row labels and headings.
  package static let text: Double = 12
  /// Ticks, notes and other secondary text.
  package static let small: Double = 11
  static let rowHeight: Double = 22
  static let lineHeight: Double = 15
  static let symbolRadius: Double = 4
  static let intervalWidth: Double = 2
  static let gap: Double = 24
  /// Between panels, so that the last tick of one does not touch the first of the next.
  static let panelGap: Double = 34
  /// Space kept free at each edge, so that half of a line or a mark is never cut.
  static let margin: Double = 6
  /// Below this width a chart is laid out as if it were this wide, and the page scales it.
  static let leastWidth: Double = 280
  /// What a chart can be laid out for, whatever was asked.
  static func width(_ asked: Double) -> Double { asked.isNaN ? 640 : max(leastWidth, min(4_000, asked)) }
  static let tickHeight: Double = 20
}

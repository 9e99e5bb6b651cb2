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
  /// Space kept free at each edge, so that half of a line or a mark is never cut.
  static let margin: Double = 6
  static let tickHeight: Double = 20
}

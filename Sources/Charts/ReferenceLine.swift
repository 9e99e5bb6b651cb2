/// A value that a chart marks with a labelled line.
package struct ReferenceLine: Equatable, Sendable {
  package var value: Double
  /// A word or two, such as `overall`.
  package var label: String

  package init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

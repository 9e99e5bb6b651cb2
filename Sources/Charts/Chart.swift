/// A chart's content in plain values, which knows how to lay itself out.
package protocol Chart: Sendable {
  /// The accessible name: what the chart shows.
  var title: String { get }
  /// The finding in words.
  var summary: String { get }

  /// Places every mark for the given width in CSS pixels. Pure: equal specs give equal scenes. A
  /// chart that cannot be read at that width comes out wider; the page scales or scrolls it.
  func layout(width: Double) -> Scene
}

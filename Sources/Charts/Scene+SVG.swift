extension Scene {
  /// How a chart takes part in its page.
  package enum Presence: Equatable, Sendable {
    /// One image with a name and a description (`role="img"`).
    case image
    /// A group of images, one for each labelled group of marks, that the keyboard can visit.
    case focusable
    /// Only repeats the text beside it: hidden from assistive technology.
    case decorative
  }

  /// Inline SVG with real text. Colours are the light theme's, as presentation attributes.
  ///
  /// - Parameter idPrefix: Makes the ids unique in the document; other characters than ASCII letters, digits,
  ///   `-` and `.` are written as `_` and their code.
  /// - Complexity: O(marks).
  package func svg(idPrefix: String, presence: Presence = .image, className: String = "chart") -> String {
    var writer = SVGWriter(prefix: SVGWriter.identifier(idPrefix), presence: presence)
    writer.write(self, className: className)
    return writer.text
  }
}

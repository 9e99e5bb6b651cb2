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
  /// - Parameters:
  ///   - idPrefix: Makes the ids unique in the document; other characters than ASCII letters, digits,
  ///     `-` and `.` are written as `_` and their code.
  ///   - caption: Id of the text in the page that says what the summary says, which is then not repeated.
  /// - Complexity: O(marks).
  package func svg(
    idPrefix: String, presence: Presence = .image, className: String = "chart", caption: String? = nil
  ) -> String {
    var writer = SVGWriter(prefix: SVGWriter.identifier(idPrefix), presence: presence, caption: caption)
    writer.write(self, className: className)
    return writer.text
  }
}

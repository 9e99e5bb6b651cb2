/// Text in XML and SVG: what they forbid is spelled out, what means something to them is escaped.
enum MarkupText {
  static func escaped(_ text: String) -> String {
    TerminalText.printable(text).escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: nil
      }
    }
  }
}

extension String {
  /// The text with some scalars replaced. Not by characters: a mark that combines with a `<` hides it from
  /// those, and from no parser.
  func escaped(_ replacement: (Unicode.Scalar) -> String?) -> String {
    guard unicodeScalars.contains(where: { replacement($0) != nil }) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let text = replacement(scalar) {
        result.append(contentsOf: text.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

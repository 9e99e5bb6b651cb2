/// Text in GitHub's and GitLab's Markdown.
enum MarkdownText {
  /// What somebody else wrote, as code that no reader of Markdown looks into: every sign that could begin
  /// markup is a numeric reference, and neither a mention, an issue's number nor an address comes alive.
  static func code(_ text: String) -> String { "<code>\(escaped(text))</code>" }

  /// The same without the look of code. What GitHub would turn into a mention or a link to an issue outside
  /// code (`#1`, `GH-1`) is broken by a zero-width space.
  static func escaped(_ text: String) -> String {
    var last: Unicode.Scalar = " "
    return TerminalText.printable(text).escaped { scalar in
      defer { last = scalar }
      switch scalar {
      case "@", "#": return "&#\(scalar.value);&#8203;"
      case "-": return last == "H" || last == "h" ? "&#8203;-" : nil
      case ".": return last == "w" || last == "W" ? "&#46;" : nil
      case " ", "=", ",", "/", "(", ")": return nil
      default: return isPunctuation(scalar) ? "&#\(scalar.value);" : nil
      }
    }
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}

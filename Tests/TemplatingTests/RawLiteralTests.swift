import EmbedTemplates
import Testing

@Suite struct RawLiteralTests {
  /// What the compiler makes of a raw literal over several lines: nothing but `\##r` and `\##0` may be an escape in it.
  func value(of literal: String, pounds: Int) throws -> String {
    let marks = String(repeating: "#", count: pounds)
    let opening = marks + "\"\"\"\n"
    let closing = "\n\"\"\"" + marks
    try #require(literal.hasPrefix(opening) && literal.hasSuffix(closing))
    var rest = literal.dropFirst(opening.count)
    rest = rest.dropLast(closing.count)
    #expect(!rest.contains("\"\"\"" + marks))
    var text = ""
    while let escape = rest.firstRange(of: "\\" + marks) {
      text += rest[..<escape.lowerBound]
      rest = rest[escape.upperBound...]
      let letter = try #require(rest.first)
      rest = rest.dropFirst()
      switch letter {
      case "r": text += "\r"
      case "0": text += "\0"
      default: Issue.record("unexpected escape \(letter)")
      }
    }
    return text + rest
  }

  @Test(arguments: [
    ("", 1), ("plain", 1), ("\n", 1), ("a \"\"\" b", 1), ("a \"\"\"# b", 2), ("\"\"\"###", 4),
    ("\\#(x) \\##n", 3),
    ("\\", 1), ("ends in quotes\"\"\"", 1), ("a\r\nb\rc", 1), ("nul \0 and \\#\r", 2), ("# ## ###", 1),
    ("  indented\n\ttoo\n", 1), ("é 😀 \u{2028} \u{FEFF}", 1),
  ])
  func anyTextSurvives(text: String, pounds: Int) throws {
    let literal = RawLiteral.literal(for: text)
    #expect(!literal.unicodeScalars.contains("\r") && !literal.unicodeScalars.contains("\0"))
    #expect(try value(of: literal, pounds: pounds).unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test func entriesAreSortedAndAnEmptyTableIsOne() {
    let text = SourceFile.text(extending: "Some", with: ["b": "2", "a": "1"])
    #expect(
      text.hasSuffix(
        """
        extension Some {
          /// The texts of /Templates by name.
          package static let sources: [String: String] = [
        #\"\"\"
        a
        \"\"\"#:
        #\"\"\"
        1
        \"\"\"#,
        #\"\"\"
        b
        \"\"\"#:
        #\"\"\"
        2
        \"\"\"#,
          ]
        }

        """))
    #expect(SourceFile.text(extending: "Some", with: [:]).contains("[\n    :\n  ]"))
  }
}

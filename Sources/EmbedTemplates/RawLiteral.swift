/// A Swift raw string literal over several lines for any text.
///
/// The text stands in it as it is, except for carriage returns (the compiler reads CRLF as LF) and NULs.
package enum RawLiteral {
  package static func literal(for text: String) -> String {
    let pounds = String(repeating: "#", count: poundsNeeded(for: text))
    var out = "\(pounds)\"\"\"\n"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r": out += "\\\(pounds)r"
      case "\0": out += "\\\(pounds)0"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\n\"\"\"\(pounds)"
  }

  /// One more than the longest run of # behind a quotation mark or a backslash, so that nothing in the text can end the
  /// literal or begin an escape.
  static func poundsNeeded(for text: String) -> Int {
    var longest = 0
    var run: Int?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): run = 0
      case UInt8(ascii: "#"): run = run.map { $0 + 1 }
      default: run = nil
      }
      longest = max(longest, run ?? 0)
    }
    return longest + 1
  }
}

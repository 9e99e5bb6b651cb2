/// Takes quotes and escapes off a field.
struct FieldDecoder {
  /// Bytes of a decoded field, in the input or in the decoder's scratch.
  struct Decoded {
    let view: ByteView
    let start: Int
    let end: Int
    /// A JSON literal such as `true`; its text is not a string.
    var isLiteral = false
    /// Keeps the scratch for as long as it is looked at.
    var owner: ByteStorage?

    var text: String { withExtendedLifetime(owner) { view.text(start..<end) } }

    /// Nil where the text is not UTF-8.
    var validText: String? { withExtendedLifetime(owner) { view.validText(start..<end) } }

    /// The text up to some 250 bytes, for a message.
    var excerpt: String { withExtendedLifetime(owner) { view.text(start..<min(end, start + 256)) } }
  }

  let isJSON: Bool
  private let scratch = ByteStorage()

  init(isJSON: Bool) { self.isJSON = isJSON }

  /// The field's content, or nil where its quotes or escapes are wrong. Valid until the next call.
  func decode(_ view: ByteView, _ start: Int, _ end: Int) -> Decoded? {
    guard end > start, view[start] == ASCII.quote else {
      return Decoded(view: view, start: start, end: end, isLiteral: isJSON)
    }
    return isJSON ? decodeJSON(view, start + 1, end - 1) : decodeCSV(view, start + 1, end)
  }

  private func decodeCSV(_ view: ByteView, _ start: Int, _ end: Int) -> Decoded? {
    guard let first = view.firstIndex(of: ASCII.quote, in: start..<end) else { return nil }
    if first + 1 == end { return Decoded(view: view, start: start, end: first) }
    scratch.removeAll()
    var at = start
    while let quote = view.firstIndex(of: ASCII.quote, in: at..<end) {
      scratch.append(at..<quote, of: view)
      if quote + 1 == end { return Decoded(view: scratch.view, start: 0, end: scratch.count, owner: scratch) }
      guard view[quote + 1] == ASCII.quote else { return nil }
      scratch.append(ASCII.quote)
      at = quote + 2
    }
    return nil
  }

  /// The range lies between the quotes.
  private func decodeJSON(_ view: ByteView, _ start: Int, _ end: Int) -> Decoded? {
    let backslash = UInt8(ascii: "\\")
    guard view.firstIndex(of: backslash, in: start..<end) != nil else {
      return Decoded(view: view, start: start, end: end)
    }
    scratch.removeAll()
    var at = start
    while let escape = view.firstIndex(of: backslash, in: at..<end) {
      scratch.append(at..<escape, of: view)
      guard escape + 1 < end else { return nil }
      at = escape + 2
      if view[escape + 1] == UInt8(ascii: "u") {
        guard let scalar = unicodeEscape(view, &at, end) else { return nil }
        scratch.append(Array(String(Character(scalar)).utf8))
      } else {
        guard let byte = Self.plainEscape(view[escape + 1]) else { return nil }
        scratch.append(byte)
      }
    }
    scratch.append(at..<end, of: view)
    return Decoded(view: scratch.view, start: 0, end: scratch.count, owner: scratch)
  }

  private static func plainEscape(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    default: nil
    }
  }

  /// The scalar of the four digits at `at`, with a second escape where these are the first half of a pair.
  private func unicodeEscape(_ view: ByteView, _ at: inout Int, _ end: Int) -> Unicode.Scalar? {
    guard let first = hexadecimal(view, at, end) else { return nil }
    at += 4
    guard first >= 0xD800, first < 0xDC00 else { return Unicode.Scalar(first) }
    guard at + 6 <= end, view[at] == UInt8(ascii: "\\"), view[at + 1] == UInt8(ascii: "u"),
      let second = hexadecimal(view, at + 2, end), second >= 0xDC00, second < 0xE000
    else { return nil }
    at += 6
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private func hexadecimal(_ view: ByteView, _ start: Int, _ end: Int) -> UInt32? {
    guard start + 4 <= end else { return nil }
    let digits = view.text(start..<start + 4)
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
    return UInt32(digits, radix: 16)
  }
}

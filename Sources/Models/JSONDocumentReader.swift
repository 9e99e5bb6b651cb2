import Results

/// Reads JSON (RFC 8259), with the names `NaN`, `Infinity` and `-Infinity` that XGBoost and Python write for numbers.
struct JSONDocumentReader {
  private let bytes: [UInt8]
  private let name: String
  private var position = 0
  private var depth = 0

  /// - Parameter name: what to call the text in messages
  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// - Throws: a `data` failure that names line and column.
  mutating func document() throws(Failure) -> DocumentValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw failure("there is more text after the end of the document") }
    return value
  }

  private mutating func value() throws(Failure) -> DocumentValue {
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""): return .text(try text())
    case nil: throw failure("the text ends where a value should be")
    default: return try literal()
    }
  }

  private mutating func enter() throws(Failure) {
    guard depth < DocumentValue.deepest else { throw failure("values are nested too deeply") }
    depth += 1
    position += 1
  }

  private mutating func object() throws(Failure) -> DocumentValue {
    try enter()
    var members: [String: DocumentValue] = [:]
    skipBlanks()
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipBlanks()
        let start = position
        guard peek == UInt8(ascii: "\"") else { throw failure("a name in quotes should stand here") }
        let name = try text()
        skipBlanks()
        guard take(UInt8(ascii: ":")) else { throw failure("a “:” should follow the name “\(name)”") }
        guard members.updateValue(try value(), forKey: name) == nil else {
          throw failure("“\(name)” is given twice", at: start)
        }
        skipBlanks()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw failure("a “,” or “}” should stand here") }
    }
    depth -= 1
    return .object(members)
  }

  private mutating func list() throws(Failure) -> DocumentValue {
    try enter()
    var elements = DocumentValue.ListBuilder()
    skipBlanks()
    if !take(UInt8(ascii: "]")) {
      repeat {
        elements.append(try value())
        skipBlanks()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw failure("a “,” or “]” should stand here") }
    }
    depth -= 1
    return elements.value
  }

  private mutating func literal() throws(Failure) -> DocumentValue {
    let start = position
    var whole = 0
    var isWhole = true
    while let byte = peek, Self.isWord(byte) {
      let digit = byte &- 48
      if digit < 10, position - start < 15 { whole = whole * 10 + Int(digit) } else { isWhole = false }
      position += 1
    }
    if isWhole, position > start { return .number(Double(whole)) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "NaN": return .number(.nan)
    case "Infinity", "-Infinity": return .number(text == "Infinity" ? .infinity : -.infinity)
    default:
      // A hexadecimal number or the name `nan` is a Double to Swift, but not JSON.
      guard let first = text.utf8.first, first == 45 || (48...57).contains(first),
        !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") || $0 | 0x20 == UInt8(ascii: "n") }),
        let number = Double(text)
      else { throw failure("“\(text.prefix(40))” is no value", at: start) }
      return .number(number)
    }
  }

  // MARK: characters

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private static func isWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte | 0x20) || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
  }

  private mutating func text() throws(Failure) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw failure("this text is not valid UTF-8", at: start)
        }
        return valid
      case UInt8(ascii: "\\"): try appendEscape(to: &text)
      case 0..<32: throw failure("a control character stands in a text", at: position - 1)
      default: text.append(byte)
      }
    }
    throw failure("text is not closed", at: start)
  }

  private mutating func appendEscape(to text: inout [UInt8]) throws(Failure) {
    guard let byte = peek else { throw failure("text is not closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try unicode())).utf8)
    default: throw failure("“\\\(Character(Unicode.Scalar(byte)))” is no escape", at: position - 2)
    }
  }

  /// `\uD83D\uDE42` names one character by two halves.
  private mutating func unicode() throws(Failure) -> Unicode.Scalar {
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second) else { throw failure("an escape names half a character") }
      code = 0x10000 + (code - 0xD800) << 10 + (second - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw failure("an escape names no character") }
    return scalar
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    let end = position + 4
    guard end <= bytes.count,
      let value = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw failure("an escape needs 4 hexadecimal digits") }
    position = end
    return value
  }

  private func failure(_ message: String, at position: Int? = nil) -> Failure {
    var line = 1
    var column = 1
    for byte in bytes[..<min(position ?? self.position, bytes.count)] {
      if byte == 10 { (line, column) = (line + 1, 1) } else if byte & 0xC0 != 0x80 { column += 1 }
    }
    return Failure(
      .data, "\(name):\(line):\(column): \(message)",
      advice: "The file may be cut short or not be JSON; write it again.")
  }
}

import Results

/// Reads JSON5 (spec.json5.org): JSON with comments, trailing commas, bare names, either kind of quote.
///
/// Foundation's decoder reads JSON5 too, but neither says where a mistake is nor notices a name given
/// twice; a configuration is written by hand and deserves both.
package struct SettingsText {
  private let bytes: [UInt8]
  private let name: String
  private var position = 0
  private var depth = 0
  /// The line on which each value begins, by path.
  package private(set) var lines: [String: Int] = [:]

  private static let deepest = 64

  /// - Parameter name: what to call the text in messages
  package init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// - Throws: a `data` failure that names line and column.
  package mutating func document() throws(Failure) -> JSONValue {
    let root = try value(path: "")
    try skipBlanks()
    guard position == bytes.count else { throw failure("there is more text after the end of the object") }
    return root
  }

  // MARK: values

  private mutating func value(path: String) throws(Failure) -> JSONValue {
    try skipBlanks()
    guard let byte = peek else { throw failure("the text ends where a value should be") }
    lines[path] = place(position).line
    switch byte {
    case UInt8(ascii: "{"): return try nested { (parser) throws(Failure) in try parser.object(path: path) }
    case UInt8(ascii: "["): return try nested { (parser) throws(Failure) in try parser.array(path: path) }
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try quoted())
    default: return try literal()
    }
  }

  private mutating func nested(
    _ body: (inout SettingsText) throws(Failure) -> JSONValue
  ) throws(Failure) -> JSONValue {
    guard depth < Self.deepest else { throw failure("values are nested too deeply") }
    depth += 1
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object(path: String) throws(Failure) -> JSONValue {
    var members: [JSONValue.Member] = []
    while true {
      try skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(members) }
      let start = position
      let name = try memberName()
      guard !members.contains(where: { $0.name == name }) else {
        throw failure("“\(name)” is given twice", at: start)
      }
      try skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw failure("a “:” should follow the name “\(name)”") }
      members.append(.init(name, try value(path: path.isEmpty ? name : "\(path).\(name)")))
      try skipBlanks()
      if !take(UInt8(ascii: ",")), peek != UInt8(ascii: "}") {
        throw failure("a “,” or “}” should follow the value of “\(name)”")
      }
    }
  }

  private mutating func array(path: String) throws(Failure) -> JSONValue {
    var values: [JSONValue] = []
    while true {
      try skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(values) }
      values.append(try value(path: "\(path)[\(values.count)]"))
      try skipBlanks()
      if !take(UInt8(ascii: ",")), peek != UInt8(ascii: "]") {
        throw failure("a “,” or “]” should follow this element of a list")
      }
    }
  }

  private mutating func memberName() throws(Failure) -> String {
    guard let byte = peek else { throw failure("the text ends inside an object") }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return try quoted() }
    let start = position
    guard Self.isWord(byte), !Self.isDigit(byte) else { throw failure("a name of a key should stand here") }
    while let next = peek, Self.isWord(next) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func literal() throws(Failure) -> JSONValue {
    let start = position
    while let next = peek, Self.isWord(next) || next == UInt8(ascii: ".") || isSign(next, since: start) {
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "": throw failure("a value should stand here")
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default:
      guard let number = Self.number(text) else {
        throw failure("“\(text)” is neither a number nor quoted text", at: start)
      }
      return number
    }
  }

  /// Whether a sign belongs to the number that began at `start`: in front or after an exponent's letter.
  private func isSign(_ byte: UInt8, since start: Int) -> Bool {
    guard byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") else { return false }
    return position == start || bytes[position - 1] | 0x20 == UInt8(ascii: "e")
  }

  private static func number(_ text: String) -> JSONValue? {
    var digits = text[...]
    let isNegative = digits.hasPrefix("-")
    if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
    if digits == "Infinity" { return .number(isNegative ? -.infinity : .infinity) }
    if digits == "NaN" { return .number(.nan) }
    if digits.lowercased().hasPrefix("0x") {
      guard let whole = UInt64(digits.dropFirst(2), radix: 16), digits.utf8.count > 2 else { return nil }
      return isNegative
        ? .number(-Double(whole)) : Int(exactly: whole).map { .integer($0) } ?? .unsigned(whole)
    }
    guard let first = digits.utf8.first, isDigit(first) || first == UInt8(ascii: "."),
      !(first == UInt8(ascii: "0") && digits.utf8.dropFirst().first.map(isDigit) ?? false)
    else { return nil }
    let plain = isNegative ? "-" + digits : String(digits)
    if let whole = Int(plain) { return .integer(whole) }
    if let whole = UInt64(plain) { return .unsigned(whole) }
    return Double(completed(plain)).map { .number($0) }
  }

  /// `.5` and `5.` with the zero that Swift wants.
  private static func completed(_ text: String) -> String {
    text.replacing("-.", with: "-0.").replacing(".e", with: ".0e").replacing(".E", with: ".0e")
      + (text.hasSuffix(".") && text.utf8.count > 1 ? "0" : "")
  }

  // MARK: characters

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...122).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$") || byte >= 0x80
  }

  private mutating func skipBlanks() throws(Failure) {
    while let byte = peek {
      switch byte {
      case 9, 10, 11, 12, 13, 32: position += 1
      case UInt8(ascii: "/"): try skipComment()
      // Byte-order mark, no-break space, line and paragraph separator.
      case 0xEF where bytes[position...].starts(with: [0xEF, 0xBB, 0xBF]): position += 3
      case 0xC2 where bytes[position...].starts(with: [0xC2, 0xA0]): position += 2
      case 0xE2 where bytes[position...].starts(with: [0xE2, 0x80, 0xA8]): position += 3
      case 0xE2 where bytes[position...].starts(with: [0xE2, 0x80, 0xA9]): position += 3
      default: return
      }
    }
  }

  private mutating func skipComment() throws(Failure) {
    let start = position
    switch position + 1 < bytes.count ? bytes[position + 1] : 0 {
    case UInt8(ascii: "/"):
      while let byte = peek, byte != 10, byte != 13 { position += 1 }
    case UInt8(ascii: "*"):
      position += 2
      while position + 1 < bytes.count {
        if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
          position += 2
          return
        }
        position += 1
      }
      throw failure("a comment is not closed by “*/”", at: start)
    default: throw failure("a “/” stands alone")
    }
  }

  private mutating func quoted() throws(Failure) -> String {
    let start = position
    let quote = bytes[position]
    position += 1
    var text: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case quote:
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw failure("this text is not valid UTF-8", at: start)
        }
        return valid
      case UInt8(ascii: "\\"): try appendEscape(to: &text)
      case 10, 13: throw failure("text is not closed on its line", at: start)
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
    case UInt8(ascii: "v"): text.append(11)
    case UInt8(ascii: "0"): text.append(0)
    case 13:
      _ = take(10)
    case 10: break
    case UInt8(ascii: "x"): text.append(contentsOf: String(try scalar(try hexadecimal(2))).utf8)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try unicode()).utf8)
    default: text.append(byte)
    }
  }

  /// `\uD83D\uDE42` names one character by two halves.
  private mutating func unicode() throws(Failure) -> Character {
    let first = try hexadecimal(4)
    guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      return try scalar(first)
    }
    let second = try hexadecimal(4)
    guard (0xDC00..<0xE000).contains(second) else { return try scalar(first) }
    return try scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private func scalar(_ value: UInt32) throws(Failure) -> Character {
    guard let scalar = Unicode.Scalar(value) else { throw failure("an escape names no character") }
    return Character(scalar)
  }

  private mutating func hexadecimal(_ count: Int) throws(Failure) -> UInt32 {
    let end = position + count
    guard end <= bytes.count,
      let value = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw failure("an escape needs \(count) hexadecimal digits") }
    position = end
    return value
  }

  // MARK: failures

  private func place(_ position: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in bytes[..<min(position, bytes.count)] {
      if byte == 10 { (line, column) = (line + 1, 1) } else if byte & 0xC0 != 0x80 { column += 1 }
    }
    return (line, column)
  }

  private func failure(_ message: String, at position: Int? = nil) -> Failure {
    let (line, column) = place(position ?? self.position)
    return Failure(
      .data, "\(name):\(line):\(column): \(message)",
      advice: "The file is JSON5: keys and values between { and }, texts in quotes, comments after //.")
  }
}

/// Walks the members of one flat JSON object (RFC 8259) without building anything.
///
/// Beyond the standard, the words that Python's `json` writes for what a number cannot say, `NaN` and
/// `Infinity`, are taken as values.
struct JSONObjectScanner {
  enum Value: Equatable { case string, literal, null, nested }

  struct Member {
    /// Between the quotes, escapes and all.
    let key: Range<Int>
    let kind: Value
    /// With the quotes, for a string.
    let value: Range<Int>
  }

  enum Step {
    case member(Member)
    case end
    case malformed
  }

  private let view: ByteView
  private let end: Int
  private var at: Int
  private var isFirst = true

  /// Nil where the line does not begin with a brace.
  init?(_ view: ByteView, _ range: Range<Int>) {
    self.view = view
    end = range.upperBound
    at = range.lowerBound
    skipBlanks()
    guard take(UInt8(ascii: "{")) else { return nil }
  }

  mutating func next() -> Step {
    skipBlanks()
    if take(UInt8(ascii: "}")) {
      skipBlanks()
      return at == end ? .end : .malformed
    }
    if !isFirst {
      guard take(UInt8(ascii: ",")) else { return .malformed }
      skipBlanks()
    }
    isFirst = false
    guard let key = string() else { return .malformed }
    skipBlanks()
    guard take(UInt8(ascii: ":")) else { return .malformed }
    skipBlanks()
    let start = at
    guard let kind = value() else { return .malformed }
    let inner = key.lowerBound + 1..<key.upperBound - 1
    return .member(Member(key: inner, kind: kind, value: start..<at))
  }

  @inline(__always) private mutating func take(_ byte: UInt8) -> Bool {
    guard at < end, view[at] == byte else { return false }
    at += 1
    return true
  }

  @inline(__always) private mutating func skipBlanks() {
    while at < end, view[at] == ASCII.space || view[at] == ASCII.tab || view[at] == ASCII.carriageReturn {
      at += 1
    }
  }

  /// The string at the cursor, quotes included.
  private mutating func string() -> Range<Int>? {
    guard at < end, view[at] == ASCII.quote else { return nil }
    let start = at
    at += 1
    while at < end {
      let byte = view[at]
      at += 1
      if byte == ASCII.quote { return start..<at }
      if byte == UInt8(ascii: "\\") { at += 1 }
    }
    at = end
    return nil
  }

  private mutating func value() -> Value? {
    guard at < end else { return nil }
    switch view[at] {
    case ASCII.quote: return string() == nil ? nil : .string
    case UInt8(ascii: "{"), UInt8(ascii: "["): return nested() ? .nested : nil
    default: return literal()
    }
  }

  private mutating func literal() -> Value? {
    let start = at
    var isNumber = Self.isDigit(view[start]) || view[start] == UInt8(ascii: "-")
    while at < end {
      let byte = view[at]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte <= ASCII.space { break }
      isNumber = isNumber && Self.occursInNumbers(byte)
      at += 1
    }
    if isNumber { return .literal }
    switch view.text(start..<min(at, start + 16)) {
    case "null": return .null
    case "true", "false", "NaN", "Infinity", "-Infinity": return .literal
    default: return nil
    }
  }

  @inline(__always) private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  @inline(__always) private static func occursInNumbers(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte | 0x20 == UInt8(ascii: "e")
  }

  /// Skips an object or array.
  private mutating func nested() -> Bool {
    var depth = 0
    while at < end {
      switch view[at] {
      case ASCII.quote:
        guard string() != nil else { return false }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      at += 1
      if depth == 0 { return true }
    }
    return false
  }
}

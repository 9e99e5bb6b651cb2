/// Finds the tags of a template, one after the other, and where they stand.
struct TagScanner {
  let bytes: [UInt8]
  let template: String
  private var opening = Array("{{".utf8)
  private var closing = Array("}}".utf8)
  private var counted = 0
  private var line = 1
  private var column = 1

  init(_ text: String, template: String) {
    bytes = Array(text.utf8)
    self.template = template
  }

  /// The first tag at or behind `start`; nil if there is none. Offsets must not go back from call to call.
  mutating func tag(from start: Int) throws(TemplateError) -> Tag? {
    guard let begin = find(opening, from: start) else { return nil }
    let place = place(of: begin)
    var cursor = begin + opening.count
    while cursor < bytes.count, isSpace(bytes[cursor]) { cursor += 1 }
    let (kind, ending) = kind(at: cursor)
    if kind != .variable { cursor += 1 }
    guard let end = find(ending, from: cursor) else {
      throw TemplateError(
        "a tag is not closed: \"\(show(opening))\" without \"\(show(ending))\"", at: place)
    }
    let content = trimmed(cursor..<end)
    let tag = Tag(
      kind: kind, content: try name(content, of: kind, at: place), range: begin..<(end + ending.count),
      place: place)
    if kind == .delimiters { try setDelimiters(content, at: place) }
    return tag
  }

  /// What a byte behind the opening delimiter makes of the tag, and what closes such a tag.
  private func kind(at cursor: Int) -> (Tag.Kind, ending: [UInt8]) {
    guard cursor < bytes.count else { return (.variable, closing) }
    switch bytes[cursor] {
    case UInt8(ascii: "{"): return (.unescaped, [UInt8(ascii: "}")] + closing)
    case UInt8(ascii: "="): return (.delimiters, [UInt8(ascii: "=")] + closing)
    case UInt8(ascii: "&"): return (.unescaped, closing)
    case UInt8(ascii: "#"): return (.section, closing)
    case UInt8(ascii: "^"): return (.inverted, closing)
    case UInt8(ascii: "/"): return (.close, closing)
    case UInt8(ascii: ">"): return (.partial, closing)
    case UInt8(ascii: "<"): return (.parent, closing)
    case UInt8(ascii: "$"): return (.block, closing)
    case UInt8(ascii: "!"): return (.comment, closing)
    default: return (.variable, closing)
    }
  }

  private func name(
    _ content: ArraySlice<UInt8>, of kind: Tag.Kind, at place: Place
  ) throws(TemplateError) -> String {
    if kind == .comment || kind == .delimiters { return "" }
    var content = content
    let asterisk = UInt8(ascii: "*")
    if kind == .partial || kind == .parent || kind == .close, content.first == asterisk {
      content = [asterisk] + content.dropFirst().drop(while: isSpace)
    }
    guard !content.isEmpty else { throw TemplateError("a tag has no name", at: place) }
    guard !content.contains(where: isSpace) else {
      throw TemplateError("a tag's name holds white space: \"\(show(content))\"", at: place)
    }
    return show(content)
  }

  private mutating func setDelimiters(_ content: ArraySlice<UInt8>, at place: Place) throws(TemplateError) {
    let parts = content.split(whereSeparator: isSpace)
    guard parts.count == 2, !content.contains(UInt8(ascii: "=")) else {
      throw TemplateError(
        "delimiters must be two, with a space between and no \"=\" in them: \"\(show(content))\"", at: place)
    }
    opening = Array(parts[0])
    closing = Array(parts[1])
  }

  /// What stands beside a tag on its line.
  func surroundings(of range: Range<Int>) -> Surroundings {
    var lead = range.lowerBound
    while lead > 0, isBlank(bytes[lead - 1]) { lead -= 1 }
    return Surroundings(
      leadStart: lead, isBlankBefore: isLineStart(lead), nextLine: lineEnd(from: range.upperBound))
  }

  /// Behind the line's end if only white space lies between, otherwise nil.
  private func lineEnd(from start: Int) -> Int? {
    var end = start
    while end < bytes.count, isBlank(bytes[end]) { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\r") { end += 1 }
    if end == bytes.count { return end }
    return bytes[end] == UInt8(ascii: "\n") ? end + 1 : nil
  }

  func isLineStart(_ offset: Int) -> Bool { offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n") }

  private func find(_ pattern: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first, bytes.count >= pattern.count else { return nil }
    var offset = start
    while offset <= bytes.count - pattern.count {
      if bytes[offset] == first, bytes[offset..<(offset + pattern.count)].elementsEqual(pattern) {
        return offset
      }
      offset += 1
    }
    return nil
  }

  private func trimmed(_ range: Range<Int>) -> ArraySlice<UInt8> {
    var slice = bytes[range].drop(while: isSpace)
    while let last = slice.last, isSpace(last) { slice.removeLast() }
    return slice
  }

  private mutating func place(of offset: Int) -> Place {
    while counted < offset {
      let byte = bytes[counted]
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      counted += 1
    }
    return Place(template: template, line: line, column: column)
  }

  private func show(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// Space or tab: what may stand beside a standalone tag.
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// White space inside a tag.
func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || (0x0A...0x0D).contains(byte) }

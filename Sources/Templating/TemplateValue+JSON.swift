extension TemplateValue {
  /// The value as JSON text: keys sorted, so equal values give equal bytes; markup is a string; a number that
  /// JSON cannot hold is the string a template shows ("inf", "nan"). `<` is written as an escape, so the text may
  /// stand inside an HTML script element.
  ///
  /// - Parameter indented: one member a line, two spaces a level; otherwise no white space at all.
  package func json(indented: Bool = true) -> String {
    var writer = JSONWriter(indented: indented)
    writer.write(self, level: 0)
    return String(decoding: writer.out, as: UTF8.self)
  }
}

private struct JSONWriter {
  let indented: Bool
  var out: [UInt8] = []

  init(indented: Bool) { self.indented = indented }

  mutating func write(_ value: TemplateValue, level: Int) {
    switch value {
    case .null: append("null")
    case .bool, .integer: append(value.text ?? "")
    case .number(let number) where number.isFinite: append(value.text ?? "")
    case .number, .text, .markup: write(string: value.text ?? "")
    case .list(let items):
      write(members: items, between: "[", "]", level: level) { writer, item in
        writer.write(item, level: level + 1)
      }
    case .object(let members):
      write(members: members.sorted { $0.key < $1.key }, between: "{", "}", level: level) { writer, member in
        writer.write(string: member.key)
        writer.append(writer.indented ? ": " : ":")
        writer.write(member.value, level: level + 1)
      }
    }
  }

  mutating func write<Member>(
    members: [Member], between opening: String, _ closing: String, level: Int,
    each write: (inout JSONWriter, Member) -> Void
  ) {
    append(opening)
    for (index, member) in members.enumerated() {
      if index > 0 { append(",") }
      breakLine(level: level + 1)
      write(&self, member)
    }
    if !members.isEmpty { breakLine(level: level) }
    append(closing)
  }

  mutating func breakLine(level: Int) {
    guard indented else { return }
    out.append(UInt8(ascii: "\n"))
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  mutating func write(string: String) {
    out.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0..<0x20, UInt8(ascii: "<"):
        let hex = String(byte, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  mutating func append(_ text: String) { out.append(contentsOf: text.utf8) }
}

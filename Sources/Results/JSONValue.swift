/// A JSON value of any kind, for small documents.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A whole number written without point or exponent, which a `Double` may not hold exactly.
  case integer(Int)
  case unsigned(UInt64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order written; names are unique.
  case object([Member])

  package struct Member: Sendable, Equatable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// What it is, for a message: `a number`.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .unsigned, .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension JSONValue {
  /// Appends the value to a document, members in the order of their names' UTF-8 bytes.
  package func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .integer(let value): writer.integer(value)
    case .unsigned(let value): writer.unsigned(value)
    case .number(let value): Self.write(value, to: &writer)
    case .string(let value): writer.string(value)
    case .array(let values):
      writer.array { list in
        for value in values { list.element { value.write(to: &$0) } }
      }
    case .object(let members):
      writer.object { object in
        for member in members.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
          object.member(member.name) { member.value.write(to: &$0) }
        }
      }
    }
  }

  /// A whole number in the digits that it would be read back from as an integer.
  private static func write(_ value: Double, to writer: inout JSONWriter) {
    if let whole = UInt64(exactly: value), value.sign == .plus {
      writer.unsigned(whole)
    } else if let whole = Int(exactly: value), whole != 0 {
      writer.integer(whole)
    } else {
      writer.number(value)
    }
  }

  /// Canonical text: sorted members, one line, no final newline.
  package var canonicalText: String {
    var writer = JSONWriter(brokenDepth: -1)
    write(to: &writer)
    var bytes = writer.bytes
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension JSONValue: Decodable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let object = try? container.decode([String: JSONValue].self) {
      let names = object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      self = .object(names.map { Member($0, object[$0] ?? .null) })
    } else if let values = try? container.decode([JSONValue].self) {
      self = .array(values)
    } else {
      self = try Self.scalar(from: container)
    }
  }

  private static func scalar(from container: any SingleValueDecodingContainer) throws -> JSONValue {
    if container.decodeNil() { return .null }
    if let value = try? container.decode(Bool.self) { return .bool(value) }
    // Before the numbers: a decoder may read the text "inf" as one.
    if let value = try? container.decode(String.self) { return .string(value) }
    if let value = try? container.decode(Int.self) { return .integer(value) }
    if let value = try? container.decode(UInt64.self) { return .unsigned(value) }
    return .number(try container.decode(Double.self))
  }
}

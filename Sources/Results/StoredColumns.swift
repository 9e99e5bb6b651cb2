/// A part of a stored document that is mostly columns: each column's name and place are written once, for writing
/// and for reading.
protocol StoredColumns {
  /// Columns of numbers by their names in the stored form; NaN is `null` there.
  static var numberColumns: [(name: String, path: WritableKeyPath<Self, [Double]>)] { get }
}

extension StoredColumns {
  func writeColumns(to object: inout JSONWriter) {
    for (name, path) in Self.numberColumns { object.member(name) { $0.numbers(self[keyPath: path]) } }
  }

  mutating func readColumns(_ fields: StoredFields) throws {
    for (name, path) in Self.numberColumns { self[keyPath: path] = try fields.numbers(name) }
  }

  /// - Parameter optional: columns that may be empty
  func checkColumns(_ count: Int, optional: Set<String> = [], _ place: String) throws(Failure) {
    for (name, path) in Self.numberColumns {
      let found = self[keyPath: path].count
      if found == 0, optional.contains(name) { continue }
      guard found == count else {
        throw DocumentCheck.contradiction(
          "“\(place).\(name)” has \(found) entries where \(count) are expected")
      }
    }
  }
}

/// The members of a stored object, by the names that they have there.
struct StoredFields {
  private let container: KeyedDecodingContainer<Key>

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }

    /// The name after the decoder's conversion from snake case.
    init(stored: String) {
      let words = stored.split(separator: "_")
      stringValue = words.dropFirst().reduce(String(words.first ?? "")) {
        $0 + $1.prefix(1).uppercased() + $1.dropFirst()
      }
    }
  }

  init(_ decoder: any Decoder) throws { container = try decoder.container(keyedBy: Key.self) }

  func value<Value: Decodable>(_ name: String, _: Value.Type = Value.self) throws -> Value {
    try container.decode(Value.self, forKey: Key(stored: name))
  }

  func optional<Value: Decodable>(_ name: String, _: Value.Type = Value.self) throws -> Value? {
    try container.decodeIfPresent(Value.self, forKey: Key(stored: name))
  }

  /// A number, NaN where it is `null` or absent.
  func number(_ name: String) throws -> Double { try optional(name) ?? .nan }

  func numbers(_ name: String) throws -> [Double] { try value(name, Numbers.self).values }
}

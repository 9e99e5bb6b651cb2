import Results

/// Reads Universal Binary JSON (draft 12), the default format of XGBoost models: big-endian, with typed and counted
/// lists and objects.
struct UBJSONDocumentReader {
  private let bytes: [UInt8]
  private let name: String
  private var position = 0
  private var depth = 0

  /// - Parameter name: what to call the document in messages
  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// - Throws: a `data` failure that names the byte.
  mutating func document() throws(Failure) -> DocumentValue {
    let value = try value(of: marker())
    guard position == bytes.count else { throw failure("there is more after the end of the document") }
    return value
  }

  /// The next marker that is not a no-op.
  private mutating func marker() throws(Failure) -> UInt8 {
    while position < bytes.count {
      position += 1
      if bytes[position - 1] != UInt8(ascii: "N") { return bytes[position - 1] }
    }
    throw failure("the file ends where a value should be")
  }

  private mutating func value(of type: UInt8) throws(Failure) -> DocumentValue {
    switch type {
    case UInt8(ascii: "Z"): return .null
    case UInt8(ascii: "T"): return .bool(true)
    case UInt8(ascii: "F"): return .bool(false)
    case UInt8(ascii: "S"): return .text(try text())
    case UInt8(ascii: "C"): return .text(String(Character(Unicode.Scalar(UInt8(try bits(1)) & 0x7F))))
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "{"): return try object()
    default: return .number(try number(of: type))
    }
  }

  /// Bytes that a number of that type takes; nil for what is no number.
  private static func size(of type: UInt8) -> Int? {
    switch type {
    case UInt8(ascii: "i"), UInt8(ascii: "U"): 1
    case UInt8(ascii: "I"): 2
    case UInt8(ascii: "l"), UInt8(ascii: "d"): 4
    case UInt8(ascii: "L"), UInt8(ascii: "D"): 8
    default: nil
    }
  }

  private mutating func number(of type: UInt8) throws(Failure) -> Double {
    guard let size = Self.size(of: type) else {
      throw failure(
        "“\(Character(Unicode.Scalar(type & 0x7F)))” marks no type that a model uses", at: position - 1)
    }
    let bits = try bits(size)
    switch type {
    case UInt8(ascii: "i"): return Double(Int8(truncatingIfNeeded: bits))
    case UInt8(ascii: "U"): return Double(bits)
    case UInt8(ascii: "I"): return Double(Int16(truncatingIfNeeded: bits))
    case UInt8(ascii: "l"): return Double(Int32(truncatingIfNeeded: bits))
    case UInt8(ascii: "L"): return Double(Int64(bitPattern: bits))
    case UInt8(ascii: "d"): return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    default: return Double(bitPattern: bits)
    }
  }

  private mutating func bits(_ count: Int) throws(Failure) -> UInt64 {
    guard count <= bytes.count - position else { throw failure("the file ends inside a value") }
    var bits: UInt64 = 0
    for index in position..<position + count { bits = bits << 8 | UInt64(bytes[index]) }
    position += count
    return bits
  }

  /// A count of things that take at least a byte each, so that a wrong one cannot ask for more than the file holds.
  private mutating func count() throws(Failure) -> Int {
    let start = position
    let type = try marker()
    let number = try number(of: type)
    guard let count = Int(exactly: number), count >= 0, count <= bytes.count - position else {
      throw failure("a length of \(NumberText.text(number)) is more than the file holds", at: start)
    }
    return count
  }

  private mutating func text() throws(Failure) -> String {
    let count = try count()
    let start = position
    position += count
    guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
      throw failure("this text is not valid UTF-8", at: start)
    }
    return text
  }

  /// `$type` and `#count`, where they stand.
  private mutating func header() throws(Failure) -> (type: UInt8?, count: Int?) {
    guard depth < DocumentValue.deepest else { throw failure("values are nested too deeply") }
    depth += 1
    var type: UInt8?
    if take(UInt8(ascii: "$")) {
      type = try marker()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "#") else {
        throw failure("a count should follow the type of a list")
      }
    }
    return (type, take(UInt8(ascii: "#")) ? try count() : nil)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func list() throws(Failure) -> DocumentValue {
    let (type, count) = try header()
    defer { depth -= 1 }
    if let type, let count {
      guard let size = Self.size(of: type) else {
        throw failure("only numbers may be listed with their type in front")
      }
      guard count <= (bytes.count - position) / size else {
        throw failure("a list of \(count) numbers is more than the file holds")
      }
      var numbers: [Double] = []
      numbers.reserveCapacity(count)
      for _ in 0..<count { numbers.append(try number(of: type)) }
      return count == 0 ? .list([]) : .numbers(numbers)
    }
    var elements = DocumentValue.ListBuilder()
    if let count {
      for _ in 0..<count { elements.append(try value(of: marker())) }
    } else {
      while true {
        let next = try marker()
        if next == UInt8(ascii: "]") { break }
        elements.append(try value(of: next))
      }
    }
    return elements.value
  }

  private mutating func object() throws(Failure) -> DocumentValue {
    let (type, count) = try header()
    defer { depth -= 1 }
    guard type == nil else { throw failure("an object with one type for all its members is not supported") }
    var members: [String: DocumentValue] = [:]
    var left = count ?? .max
    while left > 0, !(count == nil && take(UInt8(ascii: "}"))) {
      left -= 1
      let start = position
      let name = try text()
      guard members.updateValue(try value(of: marker()), forKey: name) == nil else {
        throw failure("“\(name)” is given twice", at: start)
      }
    }
    return .object(members)
  }

  private func failure(_ message: String, at position: Int? = nil) -> Failure {
    Failure(
      .data, "\(name): byte \(position ?? self.position): \(message)",
      advice: "The file may be cut short or not be UBJSON; write it again.")
  }
}

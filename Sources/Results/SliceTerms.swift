/// Reads predicates as slices are named: `sex=Female & race=Black`.
package enum SliceTerms {
  /// The terms of a predicate, at its separators; an ampersand within a name is escaped.
  package static func split(_ predicate: String) -> [String] {
    var terms: [[UInt8]] = [[]]
    let bytes = Array(predicate.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: [0x20, 0x26, 0x20]) {
        terms.append([])
        index += 3
        continue
      }
      let width = bytes[index] == UInt8(ascii: "\\") ? 2 : 1
      terms[terms.count - 1] += bytes[index..<min(index + width, bytes.count)]
      index += width
    }
    return terms.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of a term as it stands in the data; nil where it is missing there.
  package static func value(_ term: String) -> String? {
    let bytes = Array(term.utf8)
    var index = 0
    while index < bytes.count, bytes[index] != UInt8(ascii: "=") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    let written = bytes.dropFirst(index + 1)
    guard !written.elementsEqual("(missing)".utf8) else { return nil }
    var value: [UInt8] = []
    var isEscaped = false
    for byte in written {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
      } else {
        value.append(byte)
        isEscaped = false
      }
    }
    return String(decoding: value, as: UTF8.self)
  }
}

import Results

/// Short, stable names for links and files.
enum Names {
  /// ASCII letters, digits and single hyphens, at most 60, never empty: `sex-race` for `sex*race`.
  static func slug(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars where result.utf8.count < 60 {
      switch scalar {
      case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
      case "A"..."Z": result += String(scalar).lowercased()
      default: if !result.isEmpty, result.last != "-" { result += "-" }
      }
    }
    while result.last == "-" { result.removeLast() }
    return result.isEmpty ? "family" : result
  }

  /// Slugs for all families; a later one that is already taken gets a number.
  static func slugs(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      let base = slug(name)
      var candidate = base
      var number = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(base)-\(number)"
        number += 1
      }
      return candidate
    }
  }

  /// Twelve hexadecimal digits that depend on the predicate alone, so that links survive a new run: two FNV-1a
  /// hashes (Fowler, Noll & Vo) of its UTF-8 bytes with different bases.
  static func permalink(_ predicate: String) -> String {
    let bytes = Array(predicate.utf8)
    return hex(fnv(bytes, basis: 0x811C_9DC5), digits: 8)
      + hex(fnv(bytes, basis: 0x1234_5671) & 0xFFFF, digits: 4)
  }

  private static func fnv(_ bytes: [UInt8], basis: UInt32) -> UInt32 {
    bytes.reduce(basis) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// The terms of a predicate, `sex=Female` and `race=Black`: an ampersand inside a name is escaped, so the
  /// separator is unmistakable.
  static func terms(_ predicate: String) -> [String] {
    var terms: [String] = []
    var current: [UInt8] = []
    let bytes = Array(predicate.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: [0x20, 0x26, 0x20]) {
        terms.append(String(decoding: current, as: UTF8.self))
        current = []
        index += 3
      } else if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        current += bytes[index...index + 1]
        index += 2
      } else {
        current.append(bytes[index])
        index += 1
      }
    }
    return terms + [String(decoding: current, as: UTF8.self)]
  }
}

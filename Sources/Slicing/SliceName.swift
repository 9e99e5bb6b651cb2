/// How slices and families are written: `sex=Female & race=Black`, `sex*race`.
package enum SliceName {
  package static let overall = "overall"
  package static let missing = "(missing)"

  /// A name or value with `&`, `=`, `*`, `:` and `\` escaped by a backslash, and so the literals
  /// `overall` and `(missing)` where they are ordinary text.
  package static func escape(_ text: String) -> String {
    if text == overall || text == missing { return "\\" + text }
    guard text.utf8.contains(where: isSpecial) else { return text }
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      if isSpecial(byte) { escaped.append(UInt8(ascii: "\\")) }
      escaped.append(byte)
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  /// `sex*race` from the plain names of features.
  package static func family(_ features: [String]) -> String {
    features.map(escape).joined(separator: "*")
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: ":"), UInt8(ascii: "\\"):
      true
    default: false
    }
  }
}

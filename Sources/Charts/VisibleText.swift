/// Text from data, made safe to show: nothing in it can hide, reorder its neighbours or break XML.
package enum VisibleText {
  /// Control characters and noncharacters are dropped, line breaks and tabs become spaces, and bidi
  /// controls, zero-width and other invisible characters are spelled out as `⟨U+202E⟩`. A zero-width joiner
  /// inside an emoji stays. Idempotent.
  package static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch kind(of: scalar) {
      case .plain: result.append(scalar)
      case .space: result.append(" ")
      case .dropped: continue
      case .hidden:
        let next = index + 1 < scalars.count ? scalars[index + 1] : nil
        if scalar.value == 0x200D, isEmojiPart(previous), isEmojiPart(next) {
          result.append(scalar)
        } else {
          result.append(contentsOf: "⟨U+\(hex(scalar.value))⟩".unicodeScalars)
        }
      }
      previous = scalar
    }
    return String(result)
  }

  private enum Kind { case plain, space, dropped, hidden }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: return .space
    case 0..<0x20, 0x7F..<0xA0: return .dropped
    case 0x20..<0x7F: return .plain
    case 0xFDD0...0xFDEF: return .dropped
    case let value where value & 0xFFFE == 0xFFFE: return .dropped
    // Variation selectors only choose a glyph; joiners and marks of real scripts stay.
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return .plain
    default:
      return scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .format
        ? .hidden : .plain
    }
  }

  private static func isEmojiPart(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.value == 0xFE0F || (scalar.properties.isEmoji && scalar.value > 0xFF)
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

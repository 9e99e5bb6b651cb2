/// Text widths without a font: average advances of a wide sans serif (DejaVu Sans), so that the text fits
/// in narrower ones too.
package enum TextMetrics {
  static let ellipsis = "…"

  /// Estimated width in pixels at a font size in pixels. Complexity: O(scalars).
  package static func width(
    of text: String, size: Double, weight: TextRun.Weight = .regular
  ) -> Double {
    var sum = 0.0
    for character in text { sum += advance(of: character) }
    return sum * size * (weight == .semibold ? 1.12 : 1)
  }

  /// The text, cut at a whole character with an ellipsis where it is too long.
  package static func fit(
    _ text: String, width limit: Double, size: Double, weight: TextRun.Weight = .regular
  ) -> String {
    let scale = size * (weight == .semibold ? 1.12 : 1)
    if width(of: text, size: size, weight: weight) <= limit { return text }
    var room = limit - width(of: ellipsis, size: scale)
    var kept = ""
    for character in text {
      let need = advance(of: character) * scale
      if need > room { break }
      room -= need
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + ellipsis
  }

  /// The text in at most `lines` lines, broken after spaces and joining signs where possible, inside a word
  /// where not; the last one is cut if need be.
  package static func wrap(
    _ text: String, width limit: Double, size: Double, weight: TextRun.Weight = .regular, lines: Int
  ) -> [String] {
    func isShort(_ text: String) -> Bool { width(of: text, size: size, weight: weight) <= limit }
    var done: [String] = []
    var rest = text[...]
    while done.count < lines - 1, !isShort(String(rest)) {
      var line = ""
      var space: String.Index?
      var joint: String.Index?
      var index = rest.startIndex
      while index < rest.endIndex, isShort(line + String(rest[index])) {
        line.append(rest[index])
        index = rest.index(after: index)
        if line.last == " " { space = index }
        if let last = line.last, "-/&×_=,.".contains(last) { joint = index }
      }
      if index < rest.endIndex, rest[index] == " " { space = index }
      // A space, unless it would leave most of the line empty.
      if let early = space, joint != nil, rest.distance(from: rest.startIndex, to: early) * 5 < line.count * 2
      {
        space = nil
      }
      let end = space ?? joint ?? max(index, rest.index(after: rest.startIndex))
      done.append(trimmed(rest[..<end]))
      rest = rest[end...].drop { $0 == " " }
    }
    if !rest.isEmpty || done.isEmpty {
      done.append(fit(String(rest), width: limit, size: size, weight: weight))
    }
    return done
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Advance in em. What a joiner ties together, and a flag's two letters, is one picture.
  private static func advance(of character: Character) -> Double {
    let scalars = character.unicodeScalars
    if let first = scalars.first, scalars.count == 1 { return advance(of: first) }
    var sum = 0.0
    var isJoined = false
    for scalar in scalars {
      let isFlagEnd = sum > 0 && (0x1F1E6...0x1F1FF).contains(scalar.value)
      if !isJoined, !isFlagEnd, !scalar.properties.isEmojiModifier { sum += advance(of: scalar) }
      isJoined = scalar.value == 0x200D
    }
    return sum
  }

  /// Advance in em by character class.
  private static func advance(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "J", "'", ".", ",", ";", ":", "|", " ", "·", "\u{A0}": return 0.33
    case "f", "t", "r", "(", ")", "[", "]", "{", "}", "-", "/", "\\", "!", "\"": return 0.42
    case "m", "%", "W", "@", "…", "—", "→": return 1.0
    case "w", "M", "+", "=", "<", ">", "~", "±", "−", "×", "≤", "≥", "≈", "&", "#": return 0.87
    case "0"..."9": return 0.64
    case "a"..."z": return 0.62
    case "A"..."Z": return 0.74
    case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁺", "⁻": return 0.5
    default: return otherAdvance(of: scalar)
    }
  }

  private static func otherAdvance(of scalar: Unicode.Scalar) -> Double {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0..<0x80: return 0.65
    case 0x80..<0x370: return 0.68
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 1.0
    case 0x1F000...0x1FAFF: return 1.35
    default: return 0.85
    }
  }
}

/// Text in a terminal.
package enum TerminalText {
  /// Text that is safe to print: characters that would steer a terminal, turn the reading direction or hide
  /// are written as `\u{1B}`.
  package static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isSteering) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if isSteering(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  /// C0, DEL and C1 controls, line separators, bidirectional controls, what is invisible and no joiner of a
  /// script or an emoji, and noncharacters, which XML forbids.
  private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFDD0...0xFDEF, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    case let value: value & 0xFFFE == 0xFFFE
    }
  }

  /// Columns that a text takes in a terminal: none for marks that combine, two for East Asian wide
  /// characters and emoji.
  package static func width(_ text: String) -> Int {
    text.reduce(0) { width, character in
      guard let first = character.unicodeScalars.first else { return width }
      switch first.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return width
      default: return width + (isWide(first) ? 2 : 1)
      }
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// A line that a job's log does not take for a command: `::` at its start (GitHub), `##[` anywhere (Azure).
  package static func inert(_ line: String) -> String {
    let indent = line.prefix { $0 == " " }
    let rest = line.dropFirst(indent.count)
    let start = rest.hasPrefix("::") ? "\(indent)\\u{3A}\(rest.dropFirst())" : line
    return start.replacing("##[", with: "\\u{23}#[").replacing("##vso", with: "\\u{23}#vso")
  }

  /// The text, cut at a whole character with an ellipsis where it is wider.
  package static func cut(_ text: String, to width: Int) -> String {
    guard self.width(text) > width else { return text }
    var result = ""
    var used = 1
    for character in text {
      used += self.width(String(character))
      if used > width { break }
      result.append(character)
    }
    return result + "…"
  }

  /// Lines no wider than `width`, broken at blanks, and inside a word that is wider by itself. Lines after the
  /// first are indented.
  package static func wrapped(_ text: String, width: Int, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      for piece in pieces(word, width: max(1, width - indent)) {
        let need = self.width(piece)
        let isFresh = used == 0 || used == indent && line == margin
        if !isFresh, used + 1 + need > width {
          lines.append(line)
          (line, used) = (margin + piece, indent + need)
        } else {
          line += (isFresh ? "" : " ") + piece
          used += (isFresh ? 0 : 1) + need
        }
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// A word, cut where it is wider than a line.
  private static func pieces(_ word: Substring, width limit: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in word {
      let need = width(String(character))
      if used + need > limit, !piece.isEmpty {
        pieces.append(piece)
        (piece, used) = ("", 0)
      }
      piece.append(character)
      used += need
    }
    return pieces + [piece]
  }
}

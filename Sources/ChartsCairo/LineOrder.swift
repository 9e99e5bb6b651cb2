/// Keeps what follows a name that is written from right to left on its right: without a mark, the numbers of
/// `NAME 0.5 [0.4, 0.6]` would be taken for a part of the name (Unicode Standard Annex 9).
enum LineOrder {
  private static let mark: Unicode.Scalar = "\u{200E}"

  /// The text with a left-to-right mark behind each stretch that runs from right to left.
  static func kept(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isLeftwards) else { return text }
    var result = String.UnicodeScalarView()
    // Neutral signs since the last letter that runs leftwards; nil outside a stretch.
    var pending: [Unicode.Scalar]?
    for scalar in text.unicodeScalars {
      if isLeftwards(scalar) || (pending?.isEmpty == true && isMark(scalar)) {
        result.append(contentsOf: pending ?? [])
        result.append(scalar)
        pending = []
      } else if pending != nil, isNeutral(scalar) {
        pending?.append(scalar)
      } else {
        if let signs = pending { result.append(contentsOf: [mark] + signs) }
        pending = nil
        result.append(scalar)
      }
    }
    if let signs = pending { result.append(contentsOf: [mark] + signs) }
    return String(result)
  }

  private static func isNeutral(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
  }

  /// Whether it belongs to the letter before it.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
  }

  /// Whether it lies in a block of scripts that are written from right to left.
  private static func isLeftwards(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}

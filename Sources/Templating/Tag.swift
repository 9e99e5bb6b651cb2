/// A tag as it stands in the text of a template.
struct Tag {
  enum Kind: Equatable {
    case variable
    case unescaped
    case section
    case inverted
    case close
    case partial
    case parent
    case block
    case comment
    case delimiters
  }

  let kind: Kind
  /// What stands between sigil and delimiter, trimmed; for a dynamic name without space after the asterisk.
  let content: String
  /// From the first byte of the opening delimiter to behind the closing one.
  let range: Range<Int>
  let place: Place
}

/// What else is on a tag's line.
struct Surroundings {
  /// Where the white space before the tag begins.
  let leadStart: Int
  let isBlankBefore: Bool
  /// Behind the line's end, if only white space follows the tag.
  let nextLine: Int?

  var isStandalone: Bool { isBlankBefore && nextLine != nil }
}

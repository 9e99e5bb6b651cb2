/// A script without comments, indentation and blanks that mean nothing. Names stay, so that an error in a reader's console
/// can be found in the source.
///
/// It knows as much of the language as the built-in scripts use: strings, templates within templates, regular expressions
/// where a value may stand, and line ends that end a statement. A line end stays wherever it might.
package struct ScriptText {
  private let source: [UInt8]
  private var place = 0
  private var result: [UInt8] = []

  /// Complexity: O(bytes).
  package static func stripped(_ script: String) -> String {
    var text = ScriptText(source: Array(script.utf8))
    while text.place < text.source.count { text.step() }
    text.result.append(10)
    return String(decoding: text.result, as: UTF8.self)
  }

  private init(source: [UInt8]) { self.source = source }

  private mutating func step() {
    switch source[place] {
    case 32, 9, 10, 13: skipBlanks()
    case UInt8(ascii: "'"), UInt8(ascii: "\""): copyString()
    case UInt8(ascii: "`"): copyTemplate()
    case UInt8(ascii: "/"):
      if isComment(at: place) {
        skipBlanks()
      } else if startsValue {
        copyExpression()
      } else {
        copy()
      }
    default: copy()
    }
  }

  private mutating func copy() {
    result.append(source[place])
    place += 1
  }

  // MARK: Blanks

  private func isComment(at index: Int) -> Bool {
    guard index + 1 < source.count, source[index] == UInt8(ascii: "/") else { return false }
    return source[index + 1] == UInt8(ascii: "/") || source[index + 1] == UInt8(ascii: "*")
  }

  /// Blanks and comments up to the next token, and in their place what is needed of them.
  private mutating func skipBlanks() {
    var hasLineEnd = false
    while place < source.count {
      if isComment(at: place) {
        let isLine = source[place + 1] == UInt8(ascii: "/")
        place += 2
        while place < source.count, isLine ? source[place] != 10 : !endsComment {
          hasLineEnd = hasLineEnd || source[place] == 10
          place += 1
        }
        if !isLine { place = min(source.count, place + 2) }
      } else if [32, 9, 10, 13].contains(source[place]) {
        hasLineEnd = hasLineEnd || source[place] == 10
        place += 1
      } else {
        break
      }
    }
    guard let before = result.last, place < source.count else { return }
    if hasLineEnd, !ScriptText.goesOn(before, source[place]) {
      result.append(10)
    } else if ScriptText.wouldMerge(before, source[place]) {
      result.append(hasLineEnd ? 10 : 32)
    }
  }

  private var endsComment: Bool {
    source[place] == UInt8(ascii: "*") && place + 1 < source.count && source[place + 1] == UInt8(ascii: "/")
  }

  /// Whether no statement can end between these two.
  private static func goesOn(_ before: UInt8, _ after: UInt8) -> Bool {
    "{([,;:?&|=<>*%\n".utf8.contains(before) || "})],;:?.&|=*%".utf8.contains(after)
  }

  /// Whether two tokens would be read as another one without a blank.
  private static func wouldMerge(_ before: UInt8, _ after: UInt8) -> Bool {
    if isWord(before) && isWord(after) { return true }
    if before == after, "+-/".utf8.contains(before) { return true }
    return before == UInt8(ascii: "/") && isWord(after)
      || before == UInt8(ascii: "<") && after == UInt8(ascii: "!")
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 128...255:
      true
    default: false
    }
  }

  // MARK: Literals

  private mutating func copyString() {
    let quote = source[place]
    copy()
    while place < source.count, source[place] != quote {
      if source[place] == UInt8(ascii: "\\") { copy() }
      if place < source.count { copy() }
    }
    if place < source.count { copy() }
  }

  /// As it is, with whatever is set into it.
  private mutating func copyTemplate() {
    copy()
    while place < source.count, source[place] != UInt8(ascii: "`") {
      if source[place] == UInt8(ascii: "\\") {
        copy()
        if place < source.count { copy() }
      } else if source[place] == UInt8(ascii: "$"), place + 1 < source.count,
        source[place + 1] == UInt8(ascii: "{")
      {
        copy()
        copyBraces()
      } else {
        copy()
      }
    }
    if place < source.count { copy() }
  }

  private mutating func copyBraces() {
    var depth = 0
    repeat {
      switch source[place] {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): copyString()
      case UInt8(ascii: "`"): copyTemplate()
      case UInt8(ascii: "{"):
        depth += 1
        copy()
      case UInt8(ascii: "}"):
        depth -= 1
        copy()
      default: copy()
      }
    } while depth > 0 && place < source.count
  }

  /// Whether a value may begin here, so that a slash begins a regular expression and is no division.
  private var startsValue: Bool {
    guard let last = result.last(where: { $0 != 32 }) else { return true }
    guard ScriptText.isWord(last) else { return !")]}".utf8.contains(last) }
    let word = result.reversed().drop { $0 == 32 }.prefix { ScriptText.isWord($0) }.reversed()
    return ["return", "typeof", "case", "of", "in"].contains(String(decoding: word, as: UTF8.self))
  }

  private mutating func copyExpression() {
    var isSet = false
    repeat {
      if source[place] == UInt8(ascii: "\\") { copy() }
      guard place < source.count else { return }
      if source[place] == UInt8(ascii: "[") { isSet = true }
      if source[place] == UInt8(ascii: "]") { isSet = false }
      copy()
    } while place < source.count && (isSet || source[place] != UInt8(ascii: "/"))
    if place < source.count { copy() }
  }
}

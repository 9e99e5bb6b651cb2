import Results

/// Takes an expression apart into words.
struct CustomScanner {
  let text: String

  /// Longer ones before those that they begin with.
  private static let symbols = [
    "<=", ">=", "==", "!=", "<>", "+", "-", "*", "/", "(", ")", ",", "<", ">", "=",
  ]
  /// What is typed for a symbol elsewhere.
  private static let likenesses: [Character: String] = [
    "−": "-", "×": "*", "·": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
  ]

  /// - Throws: `data` where a character has no place in an expression, or quotes are not closed.
  func tokens() throws(Failure) -> [CustomToken] {
    let characters = Array(text)
    var tokens: [CustomToken] = []
    var place = 0
    while place < characters.count {
      let character = characters[place]
      if character.isWhitespace {
        place += 1
      } else if character.isLetter || character == "_" {
        let word = characters[place...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        tokens.append(CustomToken(kind: .name, text: String(word), place: place + 1))
        place += word.count
      } else if character.isASCII, character.isNumber || character == "." {
        tokens.append(try number(characters, &place))
      } else if "\"'`".contains(character) {
        tokens.append(try quoted(characters, &place))
      } else {
        tokens.append(try symbol(characters, &place))
      }
    }
    return tokens + [CustomToken(kind: .end, text: "", place: characters.count + 1)]
  }

  private func number(_ characters: [Character], _ place: inout Int) throws(Failure) -> CustomToken {
    let start = place
    while place < characters.count {
      let next = characters[place]
      let isSign = (next == "+" || next == "-") && "eE".contains(characters[place - 1])
      guard next.isASCII, next.isNumber || next == "." || next == "e" || next == "E" || isSign else { break }
      place += 1
    }
    let word = String(characters[start..<place])
    let digits = (word.hasPrefix(".") ? "0" : "") + word + (word.hasSuffix(".") ? "0" : "")
    guard let value = Double(digits), value.isFinite else {
      throw Self.failure(text, at: start + 1, "“\(word)” is no number")
    }
    return CustomToken(kind: .number(value), text: word, place: start + 1)
  }

  private func quoted(_ characters: [Character], _ place: inout Int) throws(Failure) -> CustomToken {
    let start = place
    guard let end = characters[(start + 1)...].firstIndex(of: characters[start]), end > start + 1 else {
      throw Self.failure(
        text, at: start + 1, "this quote does not close a name",
        advice: "Quotes stand around the name of a column: sum(`loan amount`).")
    }
    place = end + 1
    return CustomToken(kind: .quoted, text: String(characters[(start + 1)..<end]), place: start + 1)
  }

  private func symbol(_ characters: [Character], _ place: inout Int) throws(Failure) -> CustomToken {
    let start = place
    if let meant = Self.likenesses[characters[start]] {
      place += 1
      return CustomToken(kind: .symbol, text: meant, place: start + 1)
    }
    for symbol in Self.symbols where characters[start...].starts(with: symbol) {
      place += symbol.count
      return CustomToken(kind: .symbol, text: symbol, place: start + 1)
    }
    throw Self.failure(
      text, at: start + 1, "“\(characters[start])” has no place in an expression",
      advice: "There are + - * / ( ), comparisons, names and numbers.")
  }

  static func failure(_ text: String, at place: Int, _ message: String, advice: String? = nil) -> Failure {
    Failure(.data, "“\(text)”, character \(place): \(message)", advice: advice)
  }
}

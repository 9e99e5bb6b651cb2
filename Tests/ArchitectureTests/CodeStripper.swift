/// Takes comments and string literals out of Swift source, keeping lines and interpolated code.
struct CodeStripper {
  private let text: [Character]
  private var position = 0
  private var output = ""

  init(_ text: String) { self.text = Array(text) }

  mutating func strip() -> String {
    skipCode(until: nil)
    return output
  }

  /// Copies code up to an unmatched closing parenthesis, or to the end.
  private mutating func skipCode(until end: Character?) {
    var depth = 0
    while position < text.count {
      if starts(with: "//") {
        while position < text.count, !text[position].isNewline { position += 1 }
      } else if starts(with: "/*") {
        skipBlockComment()
      } else if let hashes = stringStart() {
        skipString(hashes: hashes)
      } else {
        let character = text[position]
        if end != nil {
          if character == "(" { depth += 1 }
          if character == ")" {
            if depth == 0 { return }
            depth -= 1
          }
        }
        output.append(character)
        position += 1
      }
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        position += 2
      } else if starts(with: "*/") {
        depth -= 1
        position += 2
      } else {
        keepNewline()
      }
    } while depth > 0 && position < text.count
  }

  /// Number of `#` before a quote that opens here; nil where none does.
  private func stringStart() -> Int? {
    var end = position
    while end < text.count, text[end] == "#" { end += 1 }
    return end < text.count && text[end] == "\"" ? end - position : nil
  }

  private mutating func skipString(hashes: Int) {
    position += hashes
    let marks = String(repeating: "#", count: hashes)
    let isBlock = starts(with: "\"\"\"")
    let quote = isBlock ? "\"\"\"" : "\""
    position += quote.count
    output += "\"\""
    while position < text.count {
      if starts(with: quote + marks) {
        position += quote.count + hashes
        return
      }
      if starts(with: "\\" + marks) {
        position += 1 + hashes
        guard position < text.count else { return }
        if text[position] == "(" {
          skipInterpolation()
        } else {
          keepNewline()
        }
      } else if !isBlock, text[position].isNewline {
        // No literal goes on past its line: a quote in a regular expression, most likely.
        return
      } else {
        keepNewline()
      }
    }
  }

  private mutating func skipInterpolation() {
    position += 1
    output += " "
    skipCode(until: ")")
    position += 1
    output += " "
  }

  private mutating func keepNewline() {
    if text[position].isNewline { output.append("\n") }
    position += 1
  }

  private func starts(with prefix: String) -> Bool {
    var index = position
    for character in prefix {
      guard index < text.count, text[index] == character else { return false }
      index += 1
    }
    return true
  }
}

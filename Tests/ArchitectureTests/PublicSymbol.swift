/// A declaration that users of the library see, with the comment above it.
struct PublicSymbol {
  let path: String
  /// 1-based.
  let line: Int
  /// From the keyword to the brace or the end of the line, on one line.
  let declaration: String
  /// Without the slashes, line by line; empty where there is none.
  let comment: [String]

  /// Those of a file: what is `public`, and the cases of public enumerations.
  static func all(in file: SourceFile) -> [PublicSymbol] {
    let code = file.code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let text = file.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var symbols: [PublicSymbol] = []
    var depth = 0
    // How deep the cases of the public enumerations stand that are open.
    var open: [Int] = []
    for (index, line) in code.enumerated() {
      let words = line.drop { $0 == " " }
      let isCase = words.hasPrefix("case ") && open.last == depth
      if words.contains(#/^(?:@\w+(?:\([^)]*\))? +)*public (?!import)/#) || isCase {
        symbols.append(
          PublicSymbol(
            path: file.path, line: index + 1, declaration: declaration(code[index...]),
            comment: comment(above: index, in: text)))
      }
      if words.contains(#/^public (?:indirect )?enum /#) { open.append(depth + 1) }
      depth += line.count { $0 == "{" } - line.count { $0 == "}" }
      while let last = open.last, depth < last { open.removeLast() }
    }
    return symbols
  }

  private static func declaration(_ lines: ArraySlice<String>) -> String {
    var result = ""
    for line in lines.prefix(12) {
      let part = line.prefix { $0 != "{" }
      result += (result.isEmpty ? "" : " ") + part.drop { $0 == " " }
      let isOpen = result.count { $0 == "(" } > result.count { $0 == ")" }
      if part.count < line.count || !isOpen && !result.contains("func ") { break }
    }
    return result
  }

  /// Attributes may stand between a comment and what it is about.
  private static func comment(above index: Int, in text: [String]) -> [String] {
    var comment: [String] = []
    var line = index - 1
    while line >= 0 {
      let words = text[line].drop { $0 == " " }
      if words.hasPrefix("///") {
        comment.insert(String(words.dropFirst(3)), at: 0)
      } else if !words.hasPrefix("@") {
        break
      }
      line -= 1
    }
    return comment
  }

  /// What a function calls its parameters inside.
  var parameters: [String] {
    guard declaration.contains("func "), let open = declaration.firstIndex(of: "(") else { return [] }
    var parts = [""]
    var depth = 0
    for character in declaration[declaration.index(after: open)...] {
      if "([{<".contains(character) { depth += 1 }
      if ")]}>".contains(character), !parts[parts.count - 1].hasSuffix("-") { depth -= 1 }
      if depth < 0 { break }
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.compactMap { $0.prefix { $0 != ":" }.split(separator: " ").last.map(String.init) }
  }

  /// What the comment does not say, in words.
  var missing: [String] {
    guard comment.contains(where: { !$0.isEmpty }) else { return ["has no comment"] }
    var missing: [String] = []
    if declaration.contains(/\bthrows\b/), !comment.contains(where: { $0.contains("- Throws:") }) {
      missing.append("does not say what it throws")
    }
    for name in parameters
    where !comment.contains(where: { $0.contains("- Parameter \(name):") || $0.contains("  - \(name):") }) {
      missing.append("does not say what \(name) is")
    }
    return missing
  }
}

extension Rules {
  /// Every public declaration says what it is; a function what it takes, and throws.
  static func undocumented(_ project: Project) -> [String] {
    project.targets.filter(\.isProduct).flatMap(\.files).flatMap(PublicSymbol.all).flatMap { symbol in
      symbol.missing.map { "\(symbol.path):\(symbol.line) \($0): \(symbol.declaration)" }
    }
  }
}

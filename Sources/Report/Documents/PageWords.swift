import ChartsCairo

/// The words of a rendered template as blocks of text: what a page says, a document says in the same words.
///
/// Reads paragraphs, list items, headings and definitions; tables, drawings and what is folded up are left out.
struct PageWords {
  enum Kind { case heading, paragraph, item }

  struct Block {
    var kind: Kind
    var runs: [Paragraph.Run]

    var text: String { runs.map(\.text).joined() }
  }

  private(set) var blocks: [Block] = []
  private var kind: Kind?
  private var runs: [Paragraph.Run] = []
  private var bold = 0
  private var mono = 0
  /// Depth inside an element that is left out.
  private var hidden: [String] = []

  static func blocks(of markup: String) -> [Block] {
    var reader = PageWords()
    reader.read(markup)
    return reader.blocks
  }

  private static let kinds: [String: Kind] = [
    "p": .paragraph, "li": .item, "h2": .heading, "h3": .heading, "h4": .heading, "dt": .item,
  ]
  private static let leftOut: Set<String> = [
    "details", "table", "svg", "script", "style", "figure", "summary", "dl",
  ]

  private mutating func read(_ markup: String) {
    var rest = markup[...]
    while !rest.isEmpty {
      if rest.first == "<", let end = rest.firstIndex(of: ">") {
        tag(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
      } else {
        let end = rest.dropFirst().firstIndex(of: "<") ?? rest.endIndex
        append(PageWords.decoded(rest[..<end]))
        rest = rest[end...]
      }
    }
    close()
  }

  private mutating func tag(_ text: Substring) {
    let isEnd = text.hasPrefix("/")
    let name = text.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
    if PageWords.leftOut.contains(name) {
      if isEnd {
        if hidden.last == name { hidden.removeLast() }
      } else {
        hidden.append(name)
      }
      return
    }
    guard hidden.isEmpty else { return }
    switch name {
    case "b", "strong": bold += isEnd ? -1 : 1
    case "code": mono += isEnd ? -1 : 1
    default:
      guard let kind = PageWords.kinds[name] else { return }
      close()
      self.kind = isEnd ? nil : kind
    }
  }

  private mutating func append(_ text: String) {
    guard kind != nil, hidden.isEmpty else { return }
    var words = ""
    for character in text {
      if !character.isWhitespace || character == "\u{A0}" {
        words.append(character)
      } else if words.isEmpty ? !(runs.last?.text.hasSuffix(" ") ?? true) : words.last != " " {
        words.append(" ")
      }
    }
    if !words.isEmpty { runs.append(Paragraph.Run(words, isBold: bold > 0, isMono: mono > 0)) }
  }

  private mutating func close() {
    if let kind, runs.contains(where: { $0.text.contains { !$0.isWhitespace } }) {
      blocks.append(Block(kind: kind, runs: runs))
    }
    runs = []
  }

  /// The five characters that the templates escape.
  private static func decoded(_ text: Substring) -> String {
    String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}

/// Walks a template's nodes and writes the page as UTF-8.
struct Renderer {
  /// How deep sections, blocks and inclusions may nest while rendering: a recursive partial that never ends becomes an
  /// error before it exhausts the stack (of which this depth takes less than 2 MB in a debug build, 1 MB in release).
  static let maximumDepth = 600

  let library: TemplateLibrary
  private(set) var out: [UInt8] = []
  /// The context stack, innermost last.
  private var stack: [TemplateValue]
  /// What each line of the template being rendered begins with.
  var indent: [UInt8] = []
  /// How much of the next line's indentation stands already.
  var written = 0
  /// The arguments that are given to the template being rendered.
  var scope = Scope.empty
  private var depth = 0

  init(library: TemplateLibrary, value: TemplateValue) {
    self.library = library
    stack = [value]
  }

  mutating func render(_ nodes: [Node]) throws(TemplateError) {
    for node in nodes {
      switch node {
      case .text(let text): write(text)
      case .variable(let variable): try write(variable)
      case .section(let section): try render(section)
      case .inclusion(let inclusion): try render(inclusion)
      case .block(let block): try render(block)
      }
    }
  }

  /// Renders nodes one level deeper.
  mutating func descend(_ nodes: [Node], from place: Place) throws(TemplateError) {
    guard depth < Renderer.maximumDepth else {
      throw TemplateError(
        "templates nest deeper than \(Renderer.maximumDepth) levels: does one include itself without end?",
        at: place)
    }
    depth += 1
    defer { depth -= 1 }
    try render(nodes)
  }

  private mutating func render(_ section: SectionNode) throws(TemplateError) {
    let value = look(up: section.path)
    if section.isInverted {
      if value.isFalsey { try descend(section.body, from: section.place) }
      return
    }
    guard !value.isFalsey else { return }
    guard case .list(let items) = value else {
      return try render(section, with: value)
    }
    for item in items { try render(section, with: item) }
  }

  private mutating func render(_ section: SectionNode, with value: TemplateValue) throws(TemplateError) {
    stack.append(value)
    defer { stack.removeLast() }
    try descend(section.body, from: section.place)
  }

  /// The first part of a dotted name is sought from the innermost context outwards, the others in what it names.
  func look(up path: Path) -> TemplateValue {
    guard let first = path.components.first else { return stack.last ?? .null }
    for context in stack.reversed() {
      guard case .object(let members) = context, var value = members[first] else { continue }
      for component in path.components.dropFirst() {
        guard case .object(let members) = value, let member = members[component] else { return .null }
        value = member
      }
      return value
    }
    return .null
  }
}

extension Renderer {
  private mutating func write(_ text: TextNode) {
    if indent.isEmpty {
      out.append(contentsOf: text.bytes)
      return
    }
    if text.startsLine { beginLine() }
    for (index, line) in Indentation.split(text.bytes).enumerated() {
      if index > 0 { beginLine() }
      out.append(contentsOf: line)
    }
  }

  mutating func beginLine() {
    out.append(contentsOf: indent.dropFirst(written))
    written = 0
  }

  private mutating func write(_ variable: VariableNode) throws(TemplateError) {
    let value = look(up: variable.path)
    guard let text = value.text else {
      let name = variable.path.components.isEmpty ? "." : variable.path.components.joined(separator: ".")
      throw TemplateError(
        "\"\(name)\" is a list or an object here and has no text: it wants a section", at: variable.place)
    }
    switch value {
    case .text where variable.isEscaped: HTML.escape(text, into: &out)
    default: out.append(contentsOf: text.utf8)
    }
  }
}

/// Parses the text of a template into nodes: recursive descent, one call a nested tag.
struct Parser {
  /// How deep tags may nest in one template.
  static let maximumDepth = 200

  /// What the nodes being parsed are the body of; decides how the closing tag's line is treated.
  enum Role {
    case template
    case section
    case parameter
    case argument
    case parent
  }

  var scanner: TagScanner
  var cursor = 0
  var depth = 0

  init(_ text: String, template: String) {
    scanner = TagScanner(text, template: template)
  }

  mutating func parse() throws(TemplateError) -> [Node] {
    try nodes(of: nil, role: .template)
  }

  /// The nodes up to the tag that closes `owner`, or up to the end of the text.
  mutating func nodes(of owner: Tag?, role: Role) throws(TemplateError) -> [Node] {
    if let owner {
      guard depth < Parser.maximumDepth else {
        throw TemplateError("tags nest deeper than \(Parser.maximumDepth) levels", at: owner.place)
      }
    }
    depth += 1
    defer { depth -= 1 }
    var nodes: [Node] = []
    while let tag = try scanner.tag(from: cursor) {
      if tag.kind == .close {
        try close(tag, of: owner, role: role, into: &nodes)
        return nodes
      }
      try add(tag, role: role, to: &nodes)
    }
    if let owner {
      throw TemplateError("\"\(owner.content)\" is opened here and never closed", at: owner.place)
    }
    addText(upTo: scanner.bytes.count, to: &nodes)
    return nodes
  }

  private mutating func close(
    _ tag: Tag, of owner: Tag?, role: Role, into nodes: inout [Node]
  ) throws(TemplateError) {
    guard let owner else {
      throw TemplateError("\"\(tag.content)\" is closed here but was not opened", at: tag.place)
    }
    guard owner.content == tag.content else {
      throw TemplateError(
        "\"\(tag.content)\" is closed here, but \"\(owner.content)\" is open (since line \(owner.place.line))",
        at: tag.place)
    }
    switch role {
    case .template, .section, .parameter: _ = pass(tag, to: &nodes)
    case .argument:
      // Whatever stands behind the tag belongs to the parent tag and is dropped.
      let line = scanner.surroundings(of: tag.range)
      addText(upTo: line.isBlankBefore ? max(cursor, line.leadStart) : tag.range.lowerBound, to: &nodes)
      cursor = tag.range.upperBound
    case .parent: cursor = tag.range.upperBound
    }
  }

  private mutating func add(_ tag: Tag, role: Role, to nodes: inout [Node]) throws(TemplateError) {
    switch tag.kind {
    case .comment, .delimiters, .close: _ = pass(tag, to: &nodes)
    case .variable, .unescaped:
      addInlineText(before: tag, to: &nodes)
      let path = try path(tag.content, of: tag)
      nodes.append(
        .variable(VariableNode(path: path, isEscaped: tag.kind == .variable, place: tag.place)))
    case .section, .inverted:
      let path = try path(tag.content, of: tag)
      _ = pass(tag, to: &nodes)
      let body = try self.nodes(of: tag, role: .section)
      nodes.append(
        .section(
          SectionNode(path: path, isInverted: tag.kind == .inverted, body: body, place: tag.place)))
    case .partial:
      let line = pass(tag, to: &nodes)
      let indent = line.isStandalone ? Array(scanner.bytes[line.leadStart..<tag.range.lowerBound]) : nil
      nodes.append(
        .inclusion(Inclusion(name: try name(of: tag), indent: indent, arguments: [], place: tag.place)))
    case .parent: try addParent(tag, to: &nodes)
    case .block:
      nodes.append(.block(role == .parent ? try argument(tag) : try parameter(tag, after: &nodes)))
    }
  }

  func path(_ name: String, of tag: Tag) throws(TemplateError) -> Path {
    guard let path = Path(name) else {
      throw TemplateError("a dotted name has an empty part: \"\(name)\"", at: tag.place)
    }
    return path
  }

  func name(of tag: Tag) throws(TemplateError) -> Inclusion.Name {
    guard tag.content.hasPrefix("*") else { return .fixed(tag.content) }
    return .dynamic(try path(String(tag.content.dropFirst()), of: tag))
  }
}

extension Parser {
  /// Adds the text before a tag that prints nothing itself and goes behind the tag; a standalone tag takes its
  /// whole line with it.
  mutating func pass(_ tag: Tag, to nodes: inout [Node]) -> Surroundings {
    let line = scanner.surroundings(of: tag.range)
    if line.isBlankBefore, let nextLine = line.nextLine {
      addText(upTo: line.leadStart, to: &nodes)
      cursor = nextLine
    } else {
      addInlineText(before: tag, to: &nodes)
    }
    return line
  }

  mutating func addInlineText(before tag: Tag, to nodes: inout [Node]) {
    addText(upTo: tag.range.lowerBound, to: &nodes)
    if scanner.isLineStart(cursor) { nodes.append(.text(TextNode(bytes: [], startsLine: true))) }
    cursor = tag.range.upperBound
  }

  /// Adds the text from the cursor to `end` and moves the cursor there.
  mutating func addText(upTo end: Int, to nodes: inout [Node]) {
    guard cursor < end else { return }
    nodes.append(
      .text(TextNode(bytes: Array(scanner.bytes[cursor..<end]), startsLine: scanner.isLineStart(cursor))))
    cursor = end
  }
}

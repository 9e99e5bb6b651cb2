extension Parser {
  /// A parent tag with all it holds. It is standalone if nothing else stands before its opening and behind its closing
  /// tag, which need not be on one line.
  mutating func addParent(_ tag: Tag, to nodes: inout [Node]) throws(TemplateError) {
    let name = try name(of: tag)
    let line = scanner.surroundings(of: tag.range)
    addText(upTo: line.isBlankBefore ? line.leadStart : tag.range.lowerBound, to: &nodes)
    let lead = cursor..<tag.range.lowerBound
    cursor = tag.range.upperBound
    let body = try self.nodes(of: tag, role: .parent)
    let arguments = body.compactMap { node -> Block? in
      if case .block(let block) = node { block } else { nil }
    }
    var indent: [UInt8]?
    if line.isBlankBefore {
      if let nextLine = scanner.surroundings(of: tag.range.lowerBound..<cursor).nextLine {
        indent = Array(scanner.bytes[lead])
        cursor = nextLine
      } else {
        nodes.append(.text(TextNode(bytes: Array(scanner.bytes[lead]), startsLine: true)))
      }
    }
    nodes.append(.inclusion(Inclusion(name: name, indent: indent, arguments: arguments, place: tag.place)))
  }

  /// A block directly inside a parent tag. Its lines lose the indentation that they share: the parameter that it
  /// replaces has its own.
  mutating func argument(_ tag: Tag) throws(TemplateError) -> Block {
    let nextLine = scanner.surroundings(of: tag.range).nextLine
    cursor = nextLine ?? tag.range.upperBound
    var body = try nodes(of: tag, role: .argument)
    if let shared = Indentation.shared(by: body) { Indentation.remove(shared.count, from: &body) }
    return Block(name: tag.content, body: body, isFresh: nextLine != nil, indent: [], place: tag.place)
  }

  /// A block anywhere else. What replaces it is indented like its default content, or else like its tag.
  mutating func parameter(_ tag: Tag, after nodes: inout [Node]) throws(TemplateError) -> Block {
    let line = pass(tag, to: &nodes)
    let lead = line.isBlankBefore ? Array(scanner.bytes[line.leadStart..<tag.range.lowerBound]) : []
    let body = try self.nodes(of: tag, role: .parameter)
    let indent = line.isStandalone ? Indentation.shared(by: body) ?? lead : lead
    return Block(name: tag.content, body: body, isFresh: line.isStandalone, indent: indent, place: tag.place)
  }
}

/// The white space that the lines of a block's body begin with.
enum Indentation {
  /// The longest white space that begins every line that is not blank; nil if there is no such line.
  static func shared(by nodes: [Node]) -> [UInt8]? {
    var shared: [UInt8]?
    for node in nodes {
      for indent in indents(in: node) {
        guard let known = shared else {
          shared = indent
          continue
        }
        shared = Array(zip(known, indent).prefix { $0 == $1 }.map(\.0))
      }
    }
    return shared
  }

  private static func indents(in node: Node) -> [[UInt8]] {
    switch node {
    case .text(let text): lines(of: text).compactMap(indent)
    case .variable: []
    case .section(let section): shared(by: section.body).map { [$0] } ?? []
    case .inclusion(let inclusion): inclusion.indent.map { [$0] } ?? []
    case .block(let block): shared(by: block.body).map { [$0] } ?? []
    }
  }

  /// A line's leading white space; nil for a blank line. A line that ends without a newline goes on with a tag.
  private static func indent(of line: ArraySlice<UInt8>) -> [UInt8]? {
    let lead = line.prefix(while: isBlank)
    let rest = line[lead.endIndex...]
    return rest.first == UInt8(ascii: "\n") || rest.elementsEqual("\r\n".utf8) ? nil : Array(lead)
  }

  /// The lines that begin in a text, newlines included.
  private static func lines(of text: TextNode) -> [ArraySlice<UInt8>] {
    if text.bytes.isEmpty { return text.startsLine ? [[]] : [] }
    let lines = split(text.bytes)
    return text.startsLine ? lines : Array(lines.dropFirst())
  }

  static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(rest[...end])
      rest = rest[(end + 1)...]
    }
    if !rest.isEmpty { lines.append(rest) }
    return lines
  }

  /// Takes `count` bytes of white space, or what there is, from the beginning of every line.
  static func remove(_ count: Int, from nodes: inout [Node]) {
    guard count > 0 else { return }
    nodes = nodes.map { removing(count, from: $0) }
  }

  private static func removing(_ count: Int, from node: Node) -> Node {
    switch node {
    case .text(var text):
      let lines = split(text.bytes).enumerated().map { index, line in
        index > 0 || text.startsLine ? line.dropFirst(min(count, line.prefix(while: isBlank).count)) : line
      }
      text.bytes = Array(lines.joined())
      return .text(text)
    case .variable: return node
    case .section(var section):
      remove(count, from: &section.body)
      return .section(section)
    case .inclusion(var inclusion):
      inclusion.indent = inclusion.indent.map { Array($0.dropFirst(count)) }
      return .inclusion(inclusion)
    case .block(var block):
      block.indent = Array(block.indent.dropFirst(count))
      remove(count, from: &block.body)
      return .block(block)
    }
  }
}

/// A parsed piece of a template.
enum Node: Sendable {
  case text(TextNode)
  case variable(VariableNode)
  case section(SectionNode)
  /// A partial or a parent.
  case inclusion(Inclusion)
  /// A block that stands for a parameter of its template.
  case block(Block)
}

struct TextNode: Sendable {
  var bytes: [UInt8]
  /// Whether the text begins a line of its template, so that an inclusion's indentation goes before it. A line that
  /// begins with an inline tag has an empty text for this.
  let startsLine: Bool
}

struct VariableNode: Sendable {
  let path: Path
  let isEscaped: Bool
  let place: Place
}

struct SectionNode: Sendable {
  let path: Path
  let isInverted: Bool
  var body: [Node]
  let place: Place
}

/// `{{>name}}` or `{{<name}}…{{/name}}`: a partial is a parent without arguments.
struct Inclusion: Sendable {
  enum Name: Sendable {
    case fixed(String)
    /// `*path`: the name is looked up in the data.
    case dynamic(Path)
  }

  let name: Name
  /// What stands before a standalone tag and goes before each line of what it includes; nil for an inline tag.
  var indent: [UInt8]?
  let arguments: [Block]
  let place: Place
}

/// `{{$name}}…{{/name}}`: a parameter with its default, or, directly inside a parent tag, an argument.
struct Block: Sendable {
  let name: String
  var body: [Node]
  /// A parameter: the tag has its line to itself. An argument: the body begins on the line after the tag.
  let isFresh: Bool
  /// A parameter: the indentation of what replaces the body. An argument's body is stored without its own.
  var indent: [UInt8]
  let place: Place
}

/// A dotted name; no components at all for `.`.
struct Path: Equatable, Sendable {
  let components: [String]

  /// Nil if a component is empty.
  init?(_ name: String) {
    guard name != "." else {
      components = []
      return
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    components = parts.map(String.init)
  }
}

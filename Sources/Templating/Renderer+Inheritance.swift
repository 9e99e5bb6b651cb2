/// The arguments in force where a template is rendered.
///
/// An argument is rendered in the scope in which it was written, so a block inside it is a parameter of the template
/// that holds it, and an argument named like a parameter in its own body does not replace that.
final class Scope: Sendable {
  struct Argument: Sendable {
    let block: Block
    let scope: Scope
  }

  static let empty = Scope([:])

  let arguments: [String: Argument]

  init(_ arguments: [String: Argument]) { self.arguments = arguments }

  /// This scope with what a parent tag adds. What was there before wins: the outermost template has the last word.
  func adding(_ blocks: [Block]) -> Scope {
    guard !blocks.isEmpty else { return self }
    var merged: [String: Argument] = [:]
    for block in blocks { merged[block.name] = Argument(block: block, scope: self) }
    return Scope(merged.merging(arguments) { _, outer in outer })
  }
}

extension Renderer {
  mutating func render(_ inclusion: Inclusion) throws(TemplateError) {
    guard let template = try template(for: inclusion) else { return }
    let saved = (indent, scope)
    if let own = inclusion.indent, !template.isVerbatim {
      indent += own
    } else {
      indent = []
      written = 0
    }
    scope = scope.adding(inclusion.arguments)
    try descend(template.nodes, from: inclusion.place)
    (indent, scope) = saved
  }

  private func template(for inclusion: Inclusion) throws(TemplateError) -> Template? {
    var name = ""
    switch inclusion.name {
    case .fixed(let fixed): name = fixed
    case .dynamic(let path): name = look(up: path).text ?? ""
    }
    if let template = library.templates[name] { return template }
    guard library.isStrict else { return nil }
    throw TemplateError(
      name.isEmpty ? "a dynamic name leads to no text" : "there is no template \"\(name)\" to include",
      at: inclusion.place)
  }

  mutating func render(_ block: Block) throws(TemplateError) {
    guard let argument = scope.arguments[block.name] else {
      return try descend(block.body, from: block.place)
    }
    let saved = (indent, scope)
    indent += block.indent
    scope = argument.scope
    switch (block.isFresh, argument.block.isFresh) {
    case (true, false): beginLine()
    // The white space before an inline parameter is there already.
    case (false, true): written = indent.count
    default: break
    }
    try descend(argument.block.body, from: block.place)
    if !block.isFresh { written = 0 }
    (indent, scope) = saved
  }
}

/// The templates of one page or program, which may include one another by name.
package struct TemplateLibrary: Sendable {
  let templates: [String: Template]
  /// Whether a partial or parent that does not exist is an error; the specification's rule is an empty text.
  package let isStrict: Bool

  /// Parses all templates; in strict mode, also checks that every partial and parent named in them exists. A source
  /// whose name ends in `.css` or `.js` is no template: it is included as it is, without indentation.
  ///
  /// - Parameter sources: the templates' texts by name.
  /// - Throws: the first `TemplateError` in the order of names.
  package init(sources: [String: String], strict: Bool = false) throws(TemplateError) {
    var templates: [String: Template] = [:]
    for (name, text) in sources.sorted(by: { $0.key < $1.key }) {
      templates[name] =
        TemplateLibrary.isVerbatim(name)
        ? Template(verbatim: text, name: name) : try Template(parsing: text, name: name)
    }
    self.templates = templates
    isStrict = strict
    if strict {
      for name in names { try check(templates[name]?.nodes ?? []) }
    }
  }

  /// The templates' names, sorted.
  package var names: [String] { templates.keys.sorted() }

  /// The page that a template makes of a value.
  ///
  /// - Throws: `TemplateError` if there is no such template, a list or object is interpolated, templates include one
  ///   another without end, or (in strict mode) a dynamic name leads nowhere.
  package func render(_ name: String, with value: TemplateValue) throws(TemplateError) -> String {
    guard let template = templates[name] else {
      throw TemplateError("there is no template of this name", template: name, line: 0, column: 0)
    }
    var renderer = Renderer(library: self, value: value)
    try renderer.render(template.nodes)
    return String(decoding: renderer.out, as: UTF8.self)
  }

  /// The name under which a library holds a file, given its path in the templates' folder: without `.mustache`, but
  /// with `.css` or `.js`; nil for any other file.
  package static func name(ofFile path: String) -> String? {
    let ending = ".mustache"
    if path.hasSuffix(ending) { return String(path.dropLast(ending.count)) }
    return isVerbatim(path) ? path : nil
  }

  private static func isVerbatim(_ name: String) -> Bool { name.hasSuffix(".css") || name.hasSuffix(".js") }

  private func check(_ nodes: [Node]) throws(TemplateError) {
    for node in nodes {
      switch node {
      case .text, .variable: break
      case .section(let section): try check(section.body)
      case .block(let block): try check(block.body)
      case .inclusion(let inclusion):
        if case .fixed(let name) = inclusion.name, templates[name] == nil {
          throw TemplateError("there is no template \"\(name)\" to include", at: inclusion.place)
        }
        for argument in inclusion.arguments { try check(argument.body) }
      }
    }
  }
}

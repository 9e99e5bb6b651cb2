/// A parsed Mustache template (https://mustache.github.io/mustache.5.html and its specification): variables,
/// sections, partials, delimiters, and the optional inheritance and dynamic names. No lambdas.
package struct Template: Sendable {
  package let name: String
  let nodes: [Node]
  /// Whether this is a plain text, whose lines are never indented.
  let isVerbatim: Bool

  /// - Throws: `TemplateError` with the place of a tag that is not closed, not opened, badly named or too deeply nested.
  /// - Complexity: O(n) in the length of the text.
  package init(parsing text: String, name: String) throws(TemplateError) {
    self.name = name
    isVerbatim = false
    var parser = Parser(text, template: name)
    nodes = try parser.parse()
  }

  /// A text without tags, such as a style sheet.
  init(verbatim text: String, name: String) {
    self.name = name
    isVerbatim = true
    nodes = [.text(TextNode(bytes: Array(text.utf8), startsLine: false))]
  }
}

/// A parsed Mustache template (https://mustache.github.io/mustache.5.html and its specification): variables,
/// sections, partials, delimiters, and the optional inheritance and dynamic names. No lambdas.
package struct Template: Sendable {
  package let name: String
  let nodes: [Node]

  /// - Throws: `TemplateError` with the place of a tag that is not closed, not opened, badly named or too deeply nested.
  /// - Complexity: O(n) in the length of the text.
  package init(parsing text: String, name: String) throws(TemplateError) {
    self.name = name
    var parser = Parser(text, template: name)
    nodes = try parser.parse()
  }
}

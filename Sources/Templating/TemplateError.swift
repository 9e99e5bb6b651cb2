/// What is wrong in a template, and where.
package struct TemplateError: Error, Equatable, Sendable, CustomStringConvertible {
  package let message: String
  /// The template's name in its library.
  package let template: String
  /// Counted from 1. 0 where no single place is to blame.
  package let line: Int
  /// Counted from 1, in Unicode scalars. 0 where no single place is to blame.
  package let column: Int

  package init(_ message: String, template: String, line: Int, column: Int) {
    self.message = message
    self.template = template
    self.line = line
    self.column = column
  }

  init(_ message: String, at place: Place) {
    self.init(message, template: place.template, line: place.line, column: place.column)
  }

  package var description: String {
    line > 0 ? "\(template):\(line):\(column): \(message)" : "\(template): \(message)"
  }
}

/// Where a tag stands.
struct Place: Equatable, Sendable {
  let template: String
  let line: Int
  let column: Int
}

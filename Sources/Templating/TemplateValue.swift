/// What a template is rendered with: a JSON-like value, and HTML that is already safe.
package enum TemplateValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  /// Safe HTML, such as an SVG chart: interpolated as it is, never escaped.
  case markup(String)
  case list([TemplateValue])
  case object([String: TemplateValue])
}

extension TemplateValue {
  /// Whether a section of this value is skipped (and its inverted section rendered): null, false, an
  /// empty list, an empty text. A number never is: a count of 0 is a result.
  var isFalsey: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .integer, .number, .object: false
    case .text(let text), .markup(let text): text.isEmpty
    case .list(let items): items.isEmpty
    }
  }

  /// What an interpolation of this value shows, before escaping; nil for a list or an object, which have no text.
  var text: String? {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): TemplateValue.shortest(value)
    case .text(let text), .markup(let text): text
    case .list, .object: nil
    }
  }

  /// The shortest text that reads back as the same number; whole numbers without ".0".
  static func shortest(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

import Templating

extension TemplateValue {
  /// A member of an object; null where there is none.
  subscript(_ name: String) -> TemplateValue {
    if case .object(let members) = self { return members[name] ?? .null }
    return .null
  }

  /// The elements of a list; none of anything else.
  var elements: [TemplateValue] {
    if case .list(let elements) = self { return elements }
    return []
  }

  /// The text that a template would show; nil for nothing, and for what has no text.
  var words: String? {
    switch self {
    case .text(let text): text.isEmpty ? nil : text
    case .integer(let number): String(number)
    default: nil
    }
  }

  var isTrue: Bool { self == .bool(true) }

  /// An estimate as a page has it: value and interval, or why there is none.
  var estimateWords: String {
    guard let shown = self["shown"].words else { return "— " + (self["reason"].words ?? "no value") }
    return shown + (self["interval"].words.map { " " + $0 } ?? "")
  }
}

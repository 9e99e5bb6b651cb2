import Results
import Slicing

/// Which slices a check is about.
package struct Selector: Sendable, Equatable {
  enum Form: Sendable, Equatable {
    case all
    case overall
    /// Every group of a feature or cross, by its name in the evaluation.
    case family(String)
    /// `sex=Female & race=*`: features with the pattern of their groups.
    case groups([Term])
  }

  struct Term: Sendable, Equatable {
    var feature: String
    var pattern: Pattern
  }

  /// As the policy has it.
  package let text: String
  let form: Form

  /// Reads `sex`, `sex*race`, `overall`, `all`, `sex=Female`, `sex=Female & race=B*`. In the value of a group
  /// `*` stands for any text; a backslash takes the next character as it is.
  package init(_ text: String) {
    self.text = text
    switch text {
    case "all": form = .all
    case SliceName.overall: form = .overall
    default:
      let terms = EscapedText(text).terms
      form =
        terms.isEmpty
        ? .family(SliceName.family(EscapedText(text).split(at: "*").map(\.plain)))
        : .groups(terms.map { Term(feature: $0.feature.plain, pattern: Pattern($0.group)) })
    }
  }

  /// A pattern of a text, in which unescaped `*` stand for any text.
  struct Pattern: Sendable, Equatable {
    /// What stands between the stars.
    let parts: [String]

    init(_ text: EscapedText) { parts = text.split(at: "*").map(\.plain) }

    /// Complexity: O(|text| · |parts|).
    func matches(_ text: String) -> Bool {
      guard parts.count > 1, let first = parts.first, let last = parts.last else {
        return text == parts.first
      }
      guard text.hasPrefix(first), text.dropFirst(first.count).hasSuffix(last) else { return false }
      var rest = text.dropFirst(first.count).dropLast(last.count)
      for part in parts.dropFirst().dropLast() where !part.isEmpty {
        guard let found = rest.firstRange(of: part) else { return false }
        rest = rest[found.upperBound...]
      }
      return true
    }
  }
}

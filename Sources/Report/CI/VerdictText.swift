/// A sentence about a verdict, in which our own words and what comes from data, policies and waivers are told
/// apart, so that each output can escape and mark up the latter.
struct VerdictText: Sendable, Equatable, ExpressibleByStringInterpolation {
  enum Part: Sendable, Equatable {
    case own(String)
    /// A name or another value from outside.
    case foreign(String)
    /// Words from outside that read as part of the sentence: a reason, a remark, the name of a metric.
    case prose(String)
  }

  private(set) var parts: [Part] = []

  init() {}

  init(stringLiteral value: String) { parts = [.own(value)] }

  init(stringInterpolation: Builder) { parts = stringInterpolation.parts }

  /// What somebody else wrote.
  static func foreign(_ text: String) -> VerdictText {
    var result = VerdictText()
    result.parts = [.foreign(text)]
    return result
  }

  /// The words as they are.
  var plain: String { rendered { $0 } }

  /// - Parameters:
  ///   - foreign: how names are escaped and marked up
  ///   - prose: how words from outside are escaped; as names are, unless given
  func rendered(_ foreign: (String) -> String, prose: ((String) -> String)? = nil) -> String {
    rendered(own: { $0 }, foreign: foreign, prose: prose)
  }

  func rendered(
    own: (String) -> String, foreign: (String) -> String, prose: ((String) -> String)? = nil
  ) -> String {
    parts.reduce(into: "") { text, part in
      switch part {
      case .own(let words): text += own(words)
      case .foreign(let words): text += foreign(words)
      case .prose(let words): text += prose?(words) ?? foreign(words)
      }
    }
  }

  static func + (a: VerdictText, b: VerdictText) -> VerdictText {
    var result = a
    result.parts += b.parts
    return result
  }

  static func += (a: inout VerdictText, b: VerdictText) { a = a + b }

  /// `\(x)` is ours, `\(foreign: x)` is not.
  struct Builder: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.own(literal)) }
    }

    mutating func appendInterpolation(_ own: String) { appendLiteral(own) }
    mutating func appendInterpolation(_ text: VerdictText) { parts += text.parts }
    mutating func appendInterpolation(foreign: String) { parts.append(.foreign(foreign)) }
    mutating func appendInterpolation(prose: String) { parts.append(.prose(prose)) }
  }
}

extension [VerdictText] {
  func joined(separator: String) -> VerdictText {
    enumerated().reduce(into: VerdictText()) { text, part in
      text += part.offset == 0 ? part.element : VerdictText(stringLiteral: separator) + part.element
    }
  }
}

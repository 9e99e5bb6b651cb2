import Results

extension SliceSpec {
  /// Reads `sex`, `sex*race`, `age:edges=25,45,65`, `age:quantiles=4`, `age:values`, `sex=Female` and
  /// crosses of these. A backslash takes the next character as it is.
  ///
  /// - Throws: `Failure` of kind `data` that quotes the spec and says what a spec looks like.
  package init(parsing text: String) throws(Failure) {
    var features: [Feature] = []
    for part in EscapedText(text).split(at: "*") {
      features.append(try Self.feature(part, in: text))
    }
    let names = features.map(\.name)
    if let twice = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
      throw Self.malformed(text, "names “\(twice)” twice")
    }
    self.init(features: features)
  }

  private static func feature(_ part: EscapedText, in text: String) throws(Failure) -> Feature {
    let (head, choice) = part.cut(at: "=", unlessAfter: ":")
    let (name, option) = head.cut(at: ":")
    guard !name.plain.isEmpty else { throw malformed(text, "names no feature") }
    var feature = Feature(name: name.plain)
    if let option { feature.binning = try binning(option, in: text) }
    if let choice { feature.only = choice.isMissingLiteral ? .missing : .value(choice.plain) }
    return feature
  }

  private static func binning(_ option: EscapedText, in text: String) throws(Failure) -> Binning {
    let (kind, argument) = option.cut(at: "=")
    switch (kind.plain, argument?.plain) {
    case ("values", nil):
      return .values
    case ("edges", let list?):
      let edges = list.split(separator: ",").map { Double(trimming($0)) }
      let numbers = edges.compactMap { $0 }
      guard !numbers.isEmpty, numbers.count == edges.count, numbers.allSatisfy(\.isFinite),
        zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
      else { throw malformed(text, "needs ascending numbers after “edges=”, as in edges=25,45,65") }
      return .edges(numbers)
    case ("quantiles", let count?):
      guard let bins = Int(trimming(count[...])), (2...100).contains(bins) else {
        throw malformed(text, "needs a number from 2 to 100 after “quantiles=”")
      }
      return .quantiles(bins)
    default:
      throw malformed(text, "has “:\(option.plain)”, which is none of edges=…, quantiles=…, values")
    }
  }

  private static func trimming(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  private static func malformed(_ text: String, _ what: String) -> Failure {
    Failure(
      .data, "slice “\(text)” \(what)",
      advice: "write a feature (sex), a cross (sex*race), bins (age:edges=25,45,65 or age:quantiles=4) or "
        + "one group (sex=Female); put \\ before a * : = & or \\ that belongs to a name")
  }
}

/// Text in which a backslash takes the next character as it is.
package struct EscapedText: Sendable {
  private var characters: [(character: Character, escaped: Bool)]

  package init(_ text: String) {
    characters = []
    var escaping = false
    for character in text {
      if !escaping, character == "\\" {
        escaping = true
      } else {
        characters.append((character, escaping))
        escaping = false
      }
    }
    if escaping { characters.append(("\\", true)) }
  }

  private init(characters: ArraySlice<(character: Character, escaped: Bool)>) {
    self.characters = Array(characters)
  }

  /// The text with the escapes taken out.
  package var plain: String { String(characters.map(\.character)) }

  /// `(missing)`, not escaped: the missing group and no value of that name.
  var isMissingLiteral: Bool { plain == SliceName.missing && characters.first?.escaped == false }

  package func split(at separator: Character) -> [EscapedText] {
    characters.split(omittingEmptySubsequences: false) { $0.character == separator && !$0.escaped }
      .map(EscapedText.init(characters:))
  }

  /// The parts before and after the first separator; after `guarded`, one separator more is let pass
  /// (`age:edges=1,2=[1, 2)` is cut at the second `=`).
  func cut(
    at separator: Character, unlessAfter guarded: Character? = nil
  ) -> (before: EscapedText, after: EscapedText?) {
    var passes = 0
    for (index, (character, escaped)) in characters.enumerated() where !escaped {
      if character == guarded, passes == 0 {
        passes = String(characters[index...].map(\.character)).hasPrefix(":values") ? 0 : 1
      } else if character == separator {
        if passes == 0 {
          let after = EscapedText(characters: characters[(index + 1)...])
          return (EscapedText(characters: characters[..<index]), after)
        }
        passes -= 1
      }
    }
    return (self, nil)
  }

  /// The parts of a predicate (`sex=Female & race=Black`): feature and group of each. Empty where the text
  /// is none.
  package var terms: [(feature: EscapedText, group: EscapedText)] {
    let parts = split(at: "&").map(\.trimmed)
    let terms = parts.compactMap { part -> (feature: EscapedText, group: EscapedText)? in
      let (feature, group) = part.cut(at: "=")
      return group.map { (feature, $0) }
    }
    return terms.count == parts.count ? terms : []
  }

  /// Without the spaces around it.
  private var trimmed: EscapedText {
    var rest = characters[...]
    while let first = rest.first, first.character == " ", !first.escaped { rest.removeFirst() }
    while let last = rest.last, last.character == " ", !last.escaped { rest.removeLast() }
    return EscapedText(characters: rest)
  }
}

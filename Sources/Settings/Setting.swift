import Results

/// A value that somebody set, and how to speak of it when it is wrong.
package struct Setting: Sendable, Equatable {
  package var value: JSONValue
  /// Where it was set: `fairslice.json5:7: threshold`, `--threshold`.
  package var place: String
  /// `usage` for a flag, `data` for a file.
  package var kind: Failure.Kind
  /// The file that it is in, so that parts of it are named with their own lines.
  private var source: Source?

  /// A file by the lines of its values.
  package struct Source: Sendable, Equatable {
    var name: String
    var lines: [String: Int]
    /// Of the setting, as `lines` has it.
    var path: String

    package init(name: String, lines: [String: Int], path: String) {
      (self.name, self.lines, self.path) = (name, lines, path)
    }
  }

  package init(_ value: JSONValue, place: String, kind: Failure.Kind, source: Source? = nil) {
    self.value = value
    self.place = place
    self.kind = kind
    self.source = source
  }

  /// A part of the value.
  ///
  /// - Parameter step: how it is reached: `.name`, `[3]`.
  private func part(_ value: JSONValue, _ step: String) -> Setting {
    guard var source else { return Setting(value, place: place + step, kind: kind) }
    source.path += step
    let line = source.lines[source.path].map { ":\($0)" } ?? ""
    return Setting(value, place: "\(source.name)\(line): \(source.path)", kind: kind, source: source)
  }

  package func failure(expected: String, advice: String? = nil) -> Failure {
    let found =
      switch value {
      case .string(let text): "“\(text)”"
      case .integer, .unsigned, .number, .bool: value.canonicalText
      default: value.kind
      }
    return Failure(kind, "\(place): expected \(expected), found \(found)", advice: advice)
  }

  package func text() throws(Failure) -> String {
    guard case .string(let text) = value else { throw failure(expected: "text in quotes") }
    return text
  }

  /// The name of a column: text that is not empty.
  package func name() throws(Failure) -> String {
    guard case .string(let text) = value, !text.isEmpty else {
      throw failure(expected: "the name of a column")
    }
    return text
  }

  package func bool() throws(Failure) -> Bool {
    guard case .bool(let flag) = value else { throw failure(expected: "true or false") }
    return flag
  }

  package func number(_ range: (Double) -> Bool, _ expected: String) throws(Failure) -> Double {
    let number: Double? =
      switch value {
      case .integer(let whole): Double(whole)
      case .unsigned(let whole): Double(whole)
      case .number(let number): number
      default: nil
      }
    guard let number, number.isFinite, range(number) else { throw failure(expected: expected) }
    return number
  }

  package func integer(_ range: ClosedRange<Int>, _ expected: String) throws(Failure) -> Int {
    guard case .integer(let whole) = value, range.contains(whole) else { throw failure(expected: expected) }
    return whole
  }

  package func unsigned() throws(Failure) -> UInt64 {
    switch value {
    case .integer(let whole) where whole >= 0: return UInt64(whole)
    case .unsigned(let whole): return whole
    default: throw failure(expected: "a whole number from 0 to \(UInt64.max)")
    }
  }

  /// A text, number or truth value as the text that stands in the data.
  package func dataText() throws(Failure) -> String {
    switch value {
    case .string(let text): return text
    case .bool, .integer, .unsigned: return value.canonicalText
    case .number(let number) where number.isFinite: return NumberText.text(number)
    default: throw failure(expected: "text, a number, true or false")
    }
  }

  package func list() throws(Failure) -> [Setting] {
    guard case .array(let values) = value else { throw failure(expected: "a list in [ ]") }
    return values.enumerated().map { index, value in
      // A flag that is repeated has no index that its user would know.
      kind == .usage ? Setting(value, place: place, kind: kind) : part(value, "[\(index)]")
    }
  }

  package func members() throws(Failure) -> [(name: String, setting: Setting)] {
    guard case .object(let members) = value else { throw failure(expected: "an object in { }") }
    return members.map { ($0.name, part($0.value, ".\($0.name)")) }
  }

  package func texts() throws(Failure) -> [String] {
    var texts: [String] = []
    for setting in try list() { texts.append(try setting.text()) }
    return texts
  }

  /// One of the words that an enumeration knows.
  package func choice<Choice: RawRepresentable<String>>(_ choices: [Choice]) throws(Failure) -> Choice {
    let words = choices.map(\.rawValue)
    let expected = "one of " + words.map { "“\($0)”" }.joined(separator: ", ")
    guard case .string(let text) = value else { throw failure(expected: expected) }
    guard let choice = choices.first(where: { $0.rawValue == text }) else {
      let near = Suggestion.nearest(to: text, among: words)
      throw failure(expected: expected, advice: near.map { "Did you mean “\($0)”?" })
    }
    return choice
  }
}

extension Setting {
  /// The members of an object by name, refused where one is not among `known`.
  ///
  /// - Parameter what: what the object is, for the message: `model`
  package func members(among known: [String], of what: String) throws(Failure) -> [String: Setting] {
    var found: [String: Setting] = [:]
    for (name, setting) in try members() {
      guard known.contains(name) else {
        let near = Suggestion.nearest(to: name, among: known)
        throw Failure(
          kind, "\(place): “\(name)” is not a key of “\(what)”",
          advice: near.map { "Did you mean “\($0)”?" } ?? "The keys are: \(known.joined(separator: ", ")).")
      }
      if setting.value != .null { found[name] = setting }
    }
    return found
  }
}

import Results

/// A part of a document and where it stands, for messages: `xgb.json: learner.objective.name`.
struct DocumentPart {
  let value: DocumentValue
  let place: String

  /// The whole document. - Parameter name: of the file
  init(_ value: DocumentValue, name: String) {
    self.init(value: value, place: name)
  }

  private init(value: DocumentValue, place: String) {
    self.value = value
    self.place = place
  }

  func failure(_ message: String, advice: String? = nil) -> Failure {
    Failure(.data, "\(place): \(message)", advice: advice)
  }

  private func wrong(_ expected: String) -> Failure {
    failure("expected \(expected), found \(value.kind)")
  }

  // MARK: parts

  func object() throws(Failure) -> [String: DocumentValue] {
    guard case .object(let members) = value else { throw wrong("an object") }
    return members
  }

  /// The member of that name, where there is one and it is not null.
  func optional(_ name: String) throws(Failure) -> DocumentPart? {
    guard let member = try object()[name] else { return nil }
    if case .null = member { return nil }
    return DocumentPart(value: member, place: place.contains(": ") ? "\(place).\(name)" : "\(place): \(name)")
  }

  func member(_ name: String) throws(Failure) -> DocumentPart {
    guard let member = try optional(name) else { throw failure("“\(name)” is missing") }
    return member
  }

  /// Whether there is no member beside these; the first of others in the order of names is told.
  func allows(only names: [String]) throws(Failure) {
    for name in try object().keys.sorted() where !names.contains(name) {
      throw failure("“\(name)” is not known here", advice: Suggestion.phrase(for: name, among: names))
    }
  }

  func list() throws(Failure) -> [DocumentPart] {
    switch value {
    case .list(let values):
      return values.enumerated().map { DocumentPart(value: $1, place: "\(place)[\($0)]") }
    case .numbers(let numbers):
      return numbers.enumerated().map { DocumentPart(value: .number($1), place: "\(place)[\($0)]") }
    default: throw wrong("a list")
    }
  }

  // MARK: values

  func text() throws(Failure) -> String {
    guard case .text(let text) = value else { throw wrong("text") }
    return text
  }

  func texts() throws(Failure) -> [String] {
    var texts: [String] = []
    for part in try list() { texts.append(try part.text()) }
    return texts
  }

  func bool() throws(Failure) -> Bool {
    guard case .bool(let flag) = value else { throw wrong("true or false") }
    return flag
  }

  /// A number, also one in quotes, as XGBoost writes its parameters.
  func number() throws(Failure) -> Double {
    switch value {
    case .number(let number): return number
    case .text(let text):
      guard let number = Double(text) else { throw failure("expected a number, found “\(text.prefix(40))”") }
      return number
    default: throw wrong("a number")
    }
  }

  func integer(_ range: ClosedRange<Int>) throws(Failure) -> Int {
    let number = try number()
    guard let whole = Int(exactly: number), range.contains(whole) else {
      throw failure(
        "expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(number)")
    }
    return whole
  }

  /// A list of numbers; truth values count as 0 and 1.
  func numbers() throws(Failure) -> [Double] {
    if case .numbers(let numbers) = value { return numbers }
    var numbers: [Double] = []
    for part in try list() {
      if case .bool(let flag) = part.value {
        numbers.append(flag ? 1 : 0)
      } else {
        numbers.append(try part.number())
      }
    }
    return numbers
  }

  func integers(_ range: ClosedRange<Int>) throws(Failure) -> [Int] {
    var integers: [Int] = []
    for (index, number) in try numbers().enumerated() {
      guard let whole = Int(exactly: number), range.contains(whole) else {
        throw failure(
          "element \(index): expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(number)"
        )
      }
      integers.append(whole)
    }
    return integers
  }
}

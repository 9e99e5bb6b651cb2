/// A value of a JSON or UBJSON document. A list of nothing but numbers is kept as such, for model files are little else.
enum DocumentValue: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  /// At least one.
  case numbers([Double])
  case list([DocumentValue])
  case object([String: DocumentValue])

  /// What it is, for a message: `a number`.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .text: "text"
    case .numbers, .list: "a list"
    case .object: "an object"
    }
  }

  /// Collects elements of a list, as bare numbers while there is nothing else.
  struct ListBuilder {
    private var numbers: [Double] = []
    private var others: [DocumentValue]?

    mutating func append(_ value: DocumentValue) {
      if others == nil, case .number(let number) = value {
        numbers.append(number)
      } else {
        if others == nil {
          others = numbers.map { .number($0) }
          numbers = []
        }
        others?.append(value)
      }
    }

    var value: DocumentValue {
      if let others { return .list(others) }
      return numbers.isEmpty ? .list([]) : .numbers(numbers)
    }
  }

  /// Deeper nesting is refused, so that no file can exhaust the stack.
  static let deepest = 64
}

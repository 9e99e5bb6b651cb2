/// A named column of values, one a row; nil is a missing value.
public struct InputColumn: Sendable {
  /// What requests call it.
  public let name: String
  let values: Values

  enum Values: Sendable {
    case numbers([Double?])
    case integers([Int?])
    case texts([String?])
    case flags([Bool?])
  }

  /// Real numbers, each taken to the last digit. NaN is a missing value; infinite ones are refused where numbers are
  /// wanted.
  public init(_ name: String, numbers: [Double?]) { (self.name, values) = (name, .numbers(numbers)) }

  /// Whole numbers: identifiers, counts, classes.
  public init(_ name: String, integers: [Int?]) { (self.name, values) = (name, .integers(integers)) }

  /// Categories and identifiers. The empty text is a missing value.
  public init(_ name: String, texts: [String?]) { (self.name, values) = (name, .texts(texts)) }

  /// Yes and no, which requests call `true` and `false`.
  public init(_ name: String, flags: [Bool?]) { (self.name, values) = (name, .flags(flags)) }

  /// Rows.
  public var count: Int {
    switch values {
    case .numbers(let values): values.count
    case .integers(let values): values.count
    case .texts(let values): values.count
    case .flags(let values): values.count
    }
  }
}

import Evaluator
import Results

/// Where scores are cut into decisions.
public enum ScoreThreshold: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// At a number, in the unit of the scores.
  case value(Double)
  /// The median of the scores of all rows that are evaluated.
  case median

  /// Takes a number as it is.
  public init(floatLiteral value: Double) { self = .value(value) }

  /// Takes a whole number as it is.
  public init(integerLiteral value: Int) { self = .value(Double(value)) }

  /// Reads a number or `median`; nil for anything else.
  public init?(_ text: String) {
    if text == Threshold.medianWord {
      self = .median
    } else if let value = Double(text) {
      self = .value(value)
    } else {
      return nil
    }
  }

  var setting: JSONValue {
    switch self {
    case .value(let value): .number(value)
    case .median: .string(Threshold.medianWord)
    }
  }
}

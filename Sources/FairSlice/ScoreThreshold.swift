import Evaluator
import Results

/// Where scores are cut into decisions.
public enum ScoreThreshold: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// At a number, in the unit of the scores.
  case value(Double)
  /// The median of the scores of all rows that are evaluated.
  case median
  /// Below so many rows with the highest scores of all rows that are evaluated.
  case top(rows: Int)
  /// Below so many in a hundred of them, above 0 and at most 100, rounded down to rows.
  case topPercent(Double)

  /// Takes a number as it is.
  public init(floatLiteral value: Double) { self = .value(value) }

  /// Takes a whole number as it is.
  public init(integerLiteral value: Int) { self = .value(Double(value)) }

  /// Reads a number, `median`, or the highest scores as `top:100` or `top:10%`; nil for anything else.
  public init?(_ text: String) {
    if let number = Double(text) {
      self = .value(number)
      return
    }
    switch Threshold(word: text) {
    case .median: self = .median
    case .top(let rows): self = .top(rows: rows)
    case .topPercent(let percent): self = .topPercent(percent)
    case .value, nil: return nil
    }
  }

  var setting: JSONValue {
    switch self {
    case .value(let value): .number(value)
    case .median: .string(Threshold.median.text)
    case .top(let rows): .string(Threshold.top(rows: rows).text)
    case .topPercent(let percent): .string(Threshold.topPercent(percent).text)
    }
  }
}

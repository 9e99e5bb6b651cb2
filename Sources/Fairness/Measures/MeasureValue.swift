/// A measure's value, or why it has none. A ratio x/0 is infinite; 0/0 has no value.
package enum MeasureValue: Sendable, Equatable {
  case value(Double)
  /// The reason, as a short phrase: `no positives in Asian`.
  case undefined(String)

  /// nil where there is none.
  package var value: Double? { if case .value(let value) = self { value } else { nil } }

  /// Why there is no value; nil where there is one.
  package var reason: String? { if case .undefined(let reason) = self { reason } else { nil } }

  /// What `transform` makes of the value.
  package func map(_ transform: (Double) -> Double) -> MeasureValue {
    switch self {
    case .value(let value): .value(transform(value))
    case .undefined: self
    }
  }

  /// Two values taken together; the first reason where one has none, and where the result is no number.
  package static func combine(
    _ a: MeasureValue, _ b: MeasureValue, _ operation: (Double, Double) -> Double
  ) -> MeasureValue {
    switch (a, b) {
    case (.undefined, _): return a
    case (_, .undefined): return b
    case (.value(let first), .value(let second)):
      let result = operation(first, second)
      return result.isNaN ? .undefined("infinite values cannot be compared") : .value(result)
    }
  }
}

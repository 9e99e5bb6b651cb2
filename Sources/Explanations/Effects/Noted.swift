/// Values, and what was left out or done otherwise.
package struct Noted<Value: Sendable>: Sendable {
  package struct Note: Sendable, Equatable {
    /// Index of the explained feature.
    package let feature: Int
    /// A sentence for the reader.
    package let message: String
  }

  package var values: [Value] = []
  package var notes: [Note] = []
}

extension Noted: Equatable where Value: Equatable {}

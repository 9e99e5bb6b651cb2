/// Values, and what was left out or done otherwise.
package struct Noted<Value: Sendable>: Sendable {
  package var values: [Value]
  package var notes: [EffectNote]

  package init(values: [Value] = [], notes: [EffectNote] = []) {
    self.values = values
    self.notes = notes
  }
}

extension Noted: Equatable where Value: Equatable {}

package struct EffectNote: Sendable, Equatable {
  /// Index of the explained feature.
  package let feature: Int
  /// A sentence for the reader.
  package let message: String

  package init(feature: Int, message: String) {
    self.feature = feature
    self.message = message
  }
}

/// A flag that a command knows.
struct Flag: Sendable {
  /// Without the dashes.
  let name: String
  /// What its value is called in the help; nil for a switch.
  let value: String?
  let isRepeatable: Bool
  let help: String

  /// A flag with a value.
  init(_ name: String, _ value: String, repeatable: Bool = false, _ help: String) {
    (self.name, self.value, self.help) = (name, value, help)
    isRepeatable = repeatable
  }

  /// A switch.
  init(_ name: String, _ help: String) {
    (self.name, self.help) = (name, help)
    value = nil
    isRepeatable = false
  }
}

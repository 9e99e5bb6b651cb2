/// A flag that a command knows.
struct Flag: Sendable {
  /// Without the dashes.
  let name: String
  /// What its value is called in the help; nil for a switch.
  let value: String?
  let isRepeatable: Bool
  let help: String

  init(_ name: String, _ value: String? = nil, repeatable: Bool = false, _ help: String) {
    self.name = name
    self.value = value
    isRepeatable = repeatable
    self.help = help
  }
}

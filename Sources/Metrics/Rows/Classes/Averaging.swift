/// How one-versus-rest values of several classes become one number.
enum Averaging: String, Sendable, CaseIterable {
  /// Outcomes are summed over classes first.
  case micro
  /// The mean over the classes that have a value.
  case macro
  /// The mean over the classes that have a value, by how many rows have the class.
  case weighted
}

/// Why a run has no verdict, in words for the person who started it.
///
/// Every room throws this one type, so that the command line can turn any of them into one clear message
/// and the exit code of its kind.
package struct Failure: Error, Equatable, Sendable {
  /// What kind of thing went wrong; decides the exit code (sysexits).
  package enum Kind: String, Sendable {
    /// A flag or its value on the command line (64).
    case usage
    /// Data, configuration or policy is wrong, or names something that does not exist (65).
    case data
    /// An input file is missing or unreadable (66).
    case missingInput
    /// A scorer or server is unavailable (69).
    case unavailable
    /// A defect of ours (70).
    case defect
    /// An output cannot be written (73).
    case unwritable
  }

  package let kind: Kind
  /// What is wrong and where: file, line, column, offending text.
  package let message: String
  /// What to do about it.
  package let advice: String?

  package init(_ kind: Kind, _ message: String, advice: String? = nil) {
    self.kind = kind
    self.message = message
    self.advice = advice
  }
}

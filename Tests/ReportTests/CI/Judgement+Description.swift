import Results
import Testing

/// A test's log names a judgement in a line, not in all its members.
extension Judgement: CustomTestStringConvertible {
  package var testDescription: String { "\(title): \(verdict.rawValue), \(checks.count) checks" }
}

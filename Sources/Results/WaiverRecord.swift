/// A waiver as the gate found it: what it accepts, for how long, and whether it did anything.
package struct WaiverRecord: Sendable, Equatable, Codable {
  package enum Status: String, Sendable, Codable, CaseIterable {
    /// In force, and a failure is waived by it.
    case applied
    /// In force and matching a group, but that group did not fail.
    case idle
    /// In force, but the group is worse than what was accepted: it fails.
    case exceeded
    /// Past its last day: it waives nothing.
    case expired
    /// Names a check or a slice that the run does not have.
    case unmatched
  }

  package var check: String
  /// Selector of the groups it covers.
  package var slice: String
  /// The worst value that is accepted.
  package var accepted: Double
  package var owner: String
  package var reason: String
  /// Days, `2026-03-01`; `expires` is the last day on which it holds.
  package var created: String
  package var expires: String
  /// Days from `created` to the day of the run; days left until `expires`, negative when expired.
  package var age: Int
  package var remaining: Int
  package var status: Status
  /// Line of the waiver file.
  package var line: Int?

  package init(
    check: String, slice: String, accepted: Double, owner: String, reason: String, created: String,
    expires: String, age: Int, remaining: Int, status: Status, line: Int?
  ) {
    self.check = check
    self.slice = slice
    self.accepted = accepted
    self.owner = owner
    self.reason = reason
    self.created = created
    self.expires = expires
    self.age = age
    self.remaining = remaining
    self.status = status
    self.line = line
  }
}

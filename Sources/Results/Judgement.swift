/// What a gate found: every check with every group it looked at, and what that means for the run.
///
/// Every output of a gate is made from this value, so that no two can disagree.
package struct Judgement: Sendable, Equatable, Codable {
  /// Version of the stored form; raised when a reader of the old form would misread the new one.
  package static let schemaVersion = 1

  /// What to do with an exit status where a check is inconclusive and none failed.
  package enum Folding: String, Sendable, Codable, CaseIterable { case inconclusive, pass, fail }

  /// How p-values are adjusted for the number of groups and checks.
  package enum Correction: String, Sendable, Codable, CaseIterable {
    /// Weighted Holm (1979): each check has the same share, divided evenly among its groups.
    case holm
    /// The joint distribution of the largest statistic (Westfall & Young 1993).
    case maxT = "max_t"
  }

  /// A file that the gate was given.
  package struct Source: Sendable, Equatable, Codable {
    /// Base name.
    package var name: String
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    package var sha256: String

    package init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// What the candidate was compared with.
  package struct Baseline: Sendable, Equatable, Codable {
    /// Base name of the file, or the column with the baseline's scores or decisions.
    package var name: String
    /// SHA-256 of a stored evaluation; nil for a column.
    package var sha256: String?
    /// Whether candidate and baseline were compared row by row.
    package var isPaired: Bool

    package init(name: String, sha256: String?, isPaired: Bool) {
      self.name = name
      self.sha256 = sha256
      self.isPaired = isPaired
    }
  }

  package var producer: Producer
  /// Title of the evaluation.
  package var title: String
  /// `fail` where an error-severity check failed, `inconclusive` where one is and none failed, else
  /// `pass`. Never `waived`.
  package var verdict: Verdict
  /// Of the command that ends with this verdict: 0, 1 or 3.
  package var exitCode: Int
  package var folding: Folding
  package var policy: Source
  package var baseline: Baseline?
  package var waiverFile: Source?
  /// The day by which waivers were judged, `2026-03-01`; nil without waivers.
  package var asOf: String?
  /// One-sided size of every test: 1 − confidence level.
  package var alpha: Double
  package var correction: Correction
  package var inputs: [InputRecord]
  /// Rows evaluated.
  package var rows: Int
  /// In the order of the policy.
  package var checks: [CheckResult]
  package var waivers: [WaiverRecord]
  /// What a reader must know besides: a waiver that never matched, a baseline made from other rows.
  package var notes: [String]

  package init(
    producer: Producer, title: String, verdict: Verdict, exitCode: Int, folding: Folding,
    policy: Source, baseline: Baseline? = nil, waiverFile: Source? = nil, asOf: String? = nil,
    alpha: Double, correction: Correction, inputs: [InputRecord], rows: Int, checks: [CheckResult],
    waivers: [WaiverRecord] = [], notes: [String] = []
  ) {
    self.producer = producer
    self.title = title
    self.verdict = verdict
    self.exitCode = exitCode
    self.folding = folding
    self.policy = policy
    self.baseline = baseline
    self.waiverFile = waiverFile
    self.asOf = asOf
    self.alpha = alpha
    self.correction = correction
    self.inputs = inputs
    self.rows = rows
    self.checks = checks
    self.waivers = waivers
    self.notes = notes
  }
}

/// One run in short, as a line of `runs.jsonl` keeps it: what went in, by hashes, and what came out. No clock, no host
/// and no path stands in it; runs are ordered by their lines.
package struct RunRecord: Sendable, Equatable, Decodable {
  /// Version of the stored form; raised when a reader of the old form would misread the new one.
  package static let schemaVersion = 1
  package static let schemaName = "fairslice-run"

  /// Which command made it.
  package enum Kind: String, Sendable, Codable, CaseIterable { case evaluate, gate }

  /// What the evaluation does not know of its run.
  package struct Origin: Sendable, Equatable, Decodable {
    package var kind: Kind
    /// The folder that was written, relative to that of `runs.jsonl`.
    package var folder: String
    /// What the user calls the run: a commit, a day.
    package var label: String?
    /// `2026-03-01T12:00:00Z`, from SOURCE_DATE_EPOCH; nil where that is not set.
    package var date: String?

    package init(kind: Kind, folder: String, label: String? = nil, date: String? = nil) {
      self.kind = kind
      self.folder = folder
      self.label = label
      self.date = date
    }
  }

  /// A file by its base name and, where it is one, its SHA-256.
  package struct Source: Sendable, Equatable, Decodable {
    package var name: String
    package var sha256: String?

    package init(name: String, sha256: String?) {
      self.name = name
      self.sha256 = sha256
    }
  }

  package struct Input: Sendable, Equatable, Decodable {
    package var name: String
    package var sha256: String
    package var rowsRead: Int
    package var rowsRejected: Int

    package init(name: String, sha256: String, rowsRead: Int, rowsRejected: Int) {
      self.name = name
      self.sha256 = sha256
      self.rowsRead = rowsRead
      self.rowsRejected = rowsRejected
    }
  }

  /// A number with its interval.
  package struct Reading: Sendable, Equatable, Decodable {
    package var value: Double?
    package var lower: Double?
    package var upper: Double?

    package init(_ value: Double? = nil, _ lower: Double? = nil, _ upper: Double? = nil) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  package var origin: Origin
  package var producer: Producer
  package var title: String
  package var task: TaskKind
  package var level: Double
  package var inputs: [Input]
  /// Rows evaluated, and how many slices they were cut into.
  package var rows: Int
  package var slices: Int
  /// SHA-256 of the configuration in force.
  package var configuration: String
  package var policy: Source?
  package var waivers: Source?
  package var baseline: Source?
  package var model: Source?
  /// The smallest count that is shown, where small ones were withheld.
  package var suppressedBelow: Int?
  /// Nil where the run was not judged.
  package var verdict: Verdict?
  package var exitCode: Int?
  /// In the order of the policy.
  package var checks: [Check]
  /// The largest differences between groups, by family.
  package var gaps: [Gap]
  /// Families beyond those of `gaps`.
  package var familiesLeftOut: Int
  /// Metrics over all rows.
  package var overall: [Metric]

  package init(
    origin: Origin, producer: Producer, title: String, task: TaskKind, level: Double, inputs: [Input],
    rows: Int, slices: Int, configuration: String, policy: Source? = nil, waivers: Source? = nil,
    baseline: Source? = nil, model: Source? = nil, suppressedBelow: Int? = nil, verdict: Verdict? = nil,
    exitCode: Int? = nil, checks: [Check] = [], gaps: [Gap] = [], familiesLeftOut: Int = 0,
    overall: [Metric] = []
  ) {
    self.origin = origin
    self.producer = producer
    self.title = title
    self.task = task
    self.level = level
    self.inputs = inputs
    self.rows = rows
    self.slices = slices
    self.configuration = configuration
    self.policy = policy
    self.waivers = waivers
    self.baseline = baseline
    self.model = model
    self.suppressedBelow = suppressedBelow
    self.verdict = verdict
    self.exitCode = exitCode
    self.checks = checks
    self.gaps = gaps
    self.familiesLeftOut = familiesLeftOut
    self.overall = overall
  }
}

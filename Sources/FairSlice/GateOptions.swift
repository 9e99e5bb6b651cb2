/// What to judge by.
public struct GateOptions: Sendable {
  /// A JSON5 policy; the `gate` section of the configuration where nil.
  public var policy: String?
  /// The text of such a policy, instead of its file.
  public var policyText: String?
  /// A JSON5 file of waivers.
  public var waivers: String?
  /// The `evaluation.json` of another run to compare with.
  public var baseline: String?
  /// The day by which waivers are judged, `2026-03-01`; today (UTC) where nil.
  public var asOf: String?
  /// `pass` or `fail`: what an inconclusive check counts as, unless it says so itself.
  public var inconclusive: String?

  /// Options that leave everything to the configuration.
  public init() {}

  /// Options with the path of a policy.
  public init(policy: String) { self.policy = policy }

  /// Options with the text of a policy, JSON5: `{ checks: [{ gap: "equal_opportunity", slices: "sex", max: 0.1 }] }`.
  public init(policyText: String) { self.policyText = policyText }
}

/// Which stored evaluation to judge, and what to write.
public struct GateRequest: Sendable {
  /// An `evaluation.json`.
  public var evaluation: String
  /// What to judge by; the policy must be named.
  public var options: GateOptions
  /// Folder to write to; nothing is written without one.
  public var output: String?
  /// Identifier of a check whose arithmetic is told instead of the table.
  public var explain: String?
  /// Whether to write `report.html` with the verdict.
  public var writesReport = false
  /// Counts from 1 to one less are withheld from every output, after the policy was applied.
  public var suppressBelow: Int?
  /// `inline`: style sheet and script are in the page; `split`: they are files beside it.
  public var assets: String?
  /// Folder of templates that replace built-in ones.
  public var templates: String?
  /// Whether to add a line to `runs.jsonl` beside the output folder.
  public var keepsHistory = true
  /// What the run is called there: a commit, a day.
  public var runLabel: String?
  /// The environment, in which continuous integration tells about itself.
  public var environment: [String: String] = [:]
  /// Columns of the terminal that the summary is for.
  public var width = 100

  /// Makes a request for one stored evaluation.
  public init(evaluation: String, options: GateOptions) {
    self.evaluation = evaluation
    self.options = options
  }
}

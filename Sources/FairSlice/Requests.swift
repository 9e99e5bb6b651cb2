/// What to evaluate and how. What is nil is taken from the configuration file, or has its default.
public struct EvaluateRequest: Sendable {
  /// A JSON5 configuration file.
  public var configuration: String?
  /// Predictions, labels and features: a file, or `-` for standard input.
  public var data: String?
  /// `csv`, `tsv`, `jsonl` or `automatic`.
  public var format: String?
  /// The character between columns.
  public var delimiter: String?
  /// Texts that stand for a missing value.
  public var missing: [String]?
  /// `stop` or `skip`.
  public var badRows: String?
  /// `binary`, `multiclass`, `multilabel`, `regression` or `ranking`; inferred where it is nil.
  public var task: String?
  /// The column of what rows are ranked for: a query, a list, a search.
  public var query: String?
  /// What the names of score columns begin with, one a class or label: `prob_`.
  public var scorePrefix: String?
  /// What the names of label columns begin with, in a task of several labels.
  public var labelPrefix: String?
  /// What the names of decision columns begin with, in a task of several labels.
  public var decisionPrefix: String?
  /// The k of metrics of the first k: 1, 5, 10.
  public var cutoffs: [Int]?
  /// Cuts of the score at which the metrics of decisions are told besides.
  public var atThresholds: [Double]?
  /// The column with the true outcome. Without one only what needs no truth is computed: how often groups are
  /// selected and how they are scored.
  public var label: String?
  /// The label that counts as positive; without a label, the decision.
  public var positive: String?
  /// The column with the model's scores.
  public var score: String?
  /// `probability` or `ranking`.
  public var scoreKind: String?
  /// The column with the model's decisions.
  public var decision: String?
  /// Where scores become decisions.
  public var threshold: ScoreThreshold?
  /// `at_least` or `above`.
  public var thresholdRule: String?
  /// The column with weights.
  public var weight: String?
  /// Whether to leave the weights out of the metrics.
  public var unweighted: Bool?
  /// The column that names the unit a row belongs to.
  public var unit: String?
  /// A file with a second model's predictions, joined by `unit`; or `-` for standard input.
  public var baselineData: String?
  /// The scores of a second model on the same rows.
  public var baselineScore: String?
  /// The decisions of a second model on the same rows.
  public var baselineDecision: String?
  /// What to slice by: `sex`, `sex*race`, `age:edges=25,45,65`, `age:quantiles=4`, `sex=Female`.
  public var slices: [String]?
  /// Reference groups, `sex=Male`; they add to those of the configuration file.
  public var references: [String] = []
  /// Metrics by identifier or another tool's name.
  public var metrics: [String]?
  /// Gaps by identifier or another tool's name.
  public var gaps: [String]?
  /// A rule or tool whose choices stand where nothing else is said, and whose indicators are computed: `four-fifths`, `nyc-ll144`, `ecoa`,
  /// `clarify`, `aequitas`, `fairness-indicators` or `ai-act`.
  public var preset: String?
  /// `between_groups`, `to_overall`, `to_reference`, `to_complement`, `to_best`, `to_largest`.
  public var comparisons: [String]?
  /// Fairness measures beside the gaps: identifiers, other tools' names for them, a tool (`clarify`) or `all`.
  public var measures: [String]?
  /// Features within whose levels groups are compared, as slices are written.
  public var controls: [String]?
  /// `positive`, or `negative` where the positive class is the one to be feared.
  public var favourable: String?
  /// Columns by which rows are near each other.
  public var neighbourFeatures: [String]?
  /// `fairlearn`, `aequitas`, `aif360`, `clarify` or `tfma`: whose conventions are taken over.
  public var compatibility: String?
  /// Confidence level, in (0, 1).
  public var level: Double?
  /// Seed of all random draws.
  public var seed: UInt64?
  /// Threads to use; one a core unless said. Results do not depend on it.
  public var threads: Int?
  /// Title of the report.
  public var title: String?
  /// Folder of templates that replace built-in ones.
  public var templates: String?
  /// Folder to write to; nothing is written without one.
  public var output: String?
  /// Whether to write `report.html`.
  public var writesReport: Bool?
  /// Whether to write `charts/`.
  public var writesCharts: Bool?
  /// Whether to write `report.pdf`, `model-card.md` and `model-card.html`.
  public var writesDocuments: Bool?
  /// Whether to add a line to `runs.jsonl` beside the output folder.
  public var keepsHistory: Bool?
  /// What the run is called there: a commit, a day.
  public var runLabel: String?
  /// Counts from 1 to one less are withheld from every output, after the gate has judged.
  public var suppressBelow: Int?
  /// `inline`: style sheet and script are in the page; `split`: they are files beside it.
  public var assets: String?
  /// The model to ask for explanations, and for scores where the data hold no predictions.
  public var model = ModelOptions()
  /// What to judge by; the run is not judged where nil.
  public var gate: GateOptions?
  /// The environment, in which continuous integration tells about itself.
  public var environment: [String: String] = [:]
  /// Columns of the terminal that the summary is for.
  public var width = 100

  /// A request that leaves everything to the configuration.
  public init() {}
}

/// What to make again from a stored evaluation.
public struct ReportRequest: Sendable {
  /// An `evaluation.json`.
  public var evaluation: String
  /// Folder to write to; that of the evaluation where nil.
  public var output: String?
  /// Folder of templates that replace built-in ones.
  public var templates: String?
  /// Whether to write `charts/`.
  public var writesCharts = true
  /// Whether to write `report.pdf`, `model-card.md` and `model-card.html`.
  public var writesDocuments = true
  /// Counts from 1 to one less are withheld.
  public var suppressBelow: Int?
  /// `inline`: style sheet and script are in the page; `split`: they are files beside it.
  public var assets: String?
  /// Where to write what the templates see, as JSON: a path, or `-` for the summary's place. Then nothing else is
  /// written.
  public var context: String?
  /// Columns of the terminal that the summary is for.
  public var width = 100

  /// Makes a request for one stored evaluation.
  public init(evaluation: String) { self.evaluation = evaluation }
}

/// Which data to write a configuration for.
public struct InitialiseRequest: Sendable {
  /// The data to look at.
  public var data: String
  /// The file to write, `-` for the summary only.
  public var output = "fairslice.json5"

  /// Makes a request for one data set.
  public init(data: String) { self.data = data }
}

/// What a run did.
public struct RunResult: Sendable {
  /// Files written, in the order of their making.
  public let files: [String]
  /// A short account for a terminal.
  public let summary: String
  /// The exit status of a command that ends with this result.
  public let exitCode: Int32
}

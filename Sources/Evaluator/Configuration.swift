import Fairness
import Metrics
import Results
import Settings
import Slicing
import TableIngest

/// Everything that decides what a run does. Read from a JSON5 file, then overridden by flags.
package struct Configuration: Sendable, Equatable {
  package enum BadRows: String, Sendable, CaseIterable {
    /// The first bad row stops the run.
    case stop
    /// Bad rows are left out, counted and listed.
    case skip
  }

  package enum ColumnType: String, Sendable, CaseIterable { case automatic, number, category }
  package enum Format: String, Sendable, CaseIterable { case automatic, csv, tsv, jsonl }
  package enum ScoreKind: String, Sendable, CaseIterable {
    case probability
    /// Any real number: metrics of probabilities are left out.
    case ranking
  }

  package enum Assets: String, Sendable, CaseIterable {
    /// Style sheet and script are in the page.
    case inline
    /// They are files beside it.
    case split
  }

  /// Where the policy stands.
  package enum GateSection: Sendable, Equatable {
    /// In a file of its own.
    case file(String)
    /// In the configuration itself: the value, the lines of its parts, and the file's name.
    case section(Setting, lines: [String: Int], name: String)
  }

  package var title: String?

  // Reading
  /// Path, or `-` for standard input.
  package var data: String?
  /// Inputs that are at hand, by the path that names them; any other path is a file.
  package var memory: [String: [UInt8]] = [:]
  package var format = Format.automatic
  package var delimiter: Character?
  package var missing = ["", "NA", "NaN", "null"]
  package var badRows = BadRows.stop
  package var types: [String: ColumnType] = [:]

  // Roles
  /// Nil where no truth is known: then only what needs none is computed.
  package var label: String?
  package var positive: String?
  package var score: String?
  package var scoreKind = ScoreKind.probability
  package var decision: String?
  package var threshold: Threshold = 0.5
  /// score > threshold instead of score ≥ threshold (TFMA's rule).
  package var thresholdIsStrict = false
  /// The tool whose signs, zero rules and names fairness measures take over.
  package var compatibility: Compatibility?
  package var weight: String?
  /// Ignore the weight column in metrics; it is still summed.
  package var unweighted = false
  package var unit: String?
  /// Path of a file with the baseline's predictions, joined by `unit`, or `-` for standard input.
  package var baselineData: String?
  package var baselineScore: String?
  package var baselineDecision: String?

  /// What kind of thing is predicted.
  package var task = TaskSettings()

  // Slicing
  package var slices: [SliceSpec] = []
  /// Reference group by feature: `["sex": "Male"]`.
  package var references: [String: String] = [:]

  // What to compute; nil = all that apply
  package var metrics: [String]?
  package var gaps: [String]?
  package var comparisons: [Gap.Comparison]?
  /// Fairness measures beside the gaps.
  package var measures = MeasureSettings()

  /// A rule or tool whose choices stand where nothing else is said, and whose indicators are computed.
  package var preset: PresetSettings?
  /// What was said, so that a preset does not say otherwise.
  package var given = GivenKeys()
  /// Metrics that the configuration defines.
  package var custom: [CustomMetricSpec] = []
  /// Cuts of the score, ascending, at which the metrics of decisions are told besides.
  package var atThresholds: [Double] = []
  /// What each class counts in averages over classes; 0 for those that are not named. nil: all alike.
  package var classWeights: [String: Double]?

  // Statistics
  package var level = 0.95
  package var seed: UInt64 = 42
  package var bootstrapReplicates = 1000
  package var calibrationBins = 10

  /// Counts from 1 to one less are withheld from every output, after the gate has judged.
  package var suppressBelow: Int?

  /// The model to ask for explanations, and for scores where no column has predictions.
  package var model: ModelSettings?
  package var explain = ExplainSettings()

  /// The policy to judge by.
  package var gate: GateSection?

  /// What people say of the model, for its card.
  package var card: ModelCard?

  // Running
  /// Nil = as many as there are cores.
  package var threads: Int?
  package var output: String?
  package var writesReport = true
  package var writesCharts = true
  /// `report.pdf` and the model card.
  package var writesDocuments = true
  /// Whether the run adds a line to `runs.jsonl` beside its output folder, and what it is called there.
  package var keepsHistory = true
  package var runLabel: String?
  package var assets = Assets.inline

  package init() {}
}

extension Configuration {
  /// The threads to use: as asked, or one a core.
  package var threadCount: Int { max(1, threads ?? Workers.cores) }
}

/// Everything a run found: the one value that every output is made from.
///
/// Slices are stored column by column: slice `s` has row `s` in every column. Slice 0 is always
/// `overall`. A family is a contiguous range of slices.
package struct Evaluation: Sendable, Equatable {
  /// Version of the stored form; raised when a reader of the old form would misread the new one.
  package static let schemaVersion = 1

  package var producer: Producer
  package var title: String
  package var task: TaskKind
  package var level: Double
  package var seed: UInt64
  package var bootstrapReplicates: Int
  package var roles: Roles
  package var inputs: [InputRecord]
  package var rejections: Rejections
  /// The configuration in force, as canonical JSON text.
  package var configuration: String
  /// What the reader of the report must know: constant predictions, a group without positives.
  package var notes: [String]
  package var metrics: [MetricEntry]
  package var families: [SliceFamily]
  package var slices: SliceColumns
  /// One column a metric, in the order of `metrics`.
  package var estimates: [EstimateColumns]
  package var gaps: [Gap]
  /// Threshold curves; nil without a score.
  package var curves: ThresholdCurves?
  /// Calibration bins; nil unless scores are probabilities.
  package var calibration: CalibrationColumns?
  /// Candidate against baseline on the same rows; nil without a baseline.
  package var paired: PairedColumns?
  /// What the gate found; nil where the run was not judged.
  package var judgement: Judgement?
  /// Which features quality and gaps rest on; nil where no model was asked.
  package var explanation: Explanation?
  /// Other thresholds; nil without a score and a label.
  package var lab: DecisionLab?
  /// What the configuration says about the model's use; nil where it says nothing.
  package var card: ModelCard?
  /// What was withheld; nil where everything is shown.
  package var suppression: Suppression?
  /// What is drawn of a task that is not binary; nil in a binary one.
  package var details: TaskDetails?
  /// Fairness measures that were asked for; nil where none were.
  package var measures: MeasureTable?
  /// Indicators of a preset; nil where none was chosen.
  package var preset: PresetRecord?
  /// How much of the gaps between groups is noise; nil where no groups were compared.
  package var spreads: SpreadTable?
  /// How groups go together that share units.
  package var unitCorrelations: UnitCorrelations

  package init(
    producer: Producer, title: String, task: TaskKind, level: Double, seed: UInt64,
    bootstrapReplicates: Int, roles: Roles, inputs: [InputRecord], rejections: Rejections,
    configuration: String, notes: [String], metrics: [MetricEntry], families: [SliceFamily],
    slices: SliceColumns, estimates: [EstimateColumns], gaps: [Gap], curves: ThresholdCurves?,
    calibration: CalibrationColumns?, paired: PairedColumns? = nil, judgement: Judgement? = nil,
    explanation: Explanation? = nil, lab: DecisionLab? = nil, card: ModelCard? = nil,
    suppression: Suppression? = nil, details: TaskDetails? = nil, measures: MeasureTable? = nil,
    spreads: SpreadTable? = nil, unitCorrelations: UnitCorrelations = .none
  ) {
    self.producer = producer
    self.title = title
    self.task = task
    self.level = level
    self.seed = seed
    self.bootstrapReplicates = bootstrapReplicates
    self.roles = roles
    self.inputs = inputs
    self.rejections = rejections
    self.configuration = configuration
    self.notes = notes
    self.metrics = metrics
    self.families = families
    self.slices = slices
    self.estimates = estimates
    self.gaps = gaps
    self.curves = curves
    self.calibration = calibration
    self.paired = paired
    self.judgement = judgement
    self.explanation = explanation
    self.lab = lab
    self.card = card
    self.suppression = suppression
    self.details = details
    self.measures = measures
    self.spreads = spreads
    self.unitCorrelations = unitCorrelations
  }
}

/// What kind of thing a model predicts.
package enum TaskKind: String, Sendable, Codable, CaseIterable {
  /// One of two classes.
  case binary
  /// One of several classes.
  case multiclass
  /// Any number of several labels, each of them there or not.
  case multilabel
  /// A number.
  case regression
  /// The order of the rows of each query.
  case ranking
}

package struct Producer: Sendable, Equatable, Codable {
  package var name: String
  package var version: String

  package init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}

/// Which column played which part.
package struct Roles: Sendable, Equatable, Codable {
  /// The column of the true outcome; nil where none was given. Then nothing is known about right and wrong:
  /// every row is counted as label-negative (selected rows are false positives, the others true
  /// negatives), and only metrics that need no label are there.
  package var label: String?
  /// The label value that counts as positive, as written in the data; without a label, the value of the
  /// decision column that does, empty where decisions come from scores.
  package var positive: String
  package var score: String?
  /// Whether scores are probabilities in [0, 1].
  package var scoreIsProbability: Bool
  package var decision: String?
  /// The cut that made decisions from scores; nil where a decision column was given.
  package var threshold: Double?
  /// Whether the decision is score > threshold (a compatibility preset) and not score ≥ threshold.
  package var thresholdIsStrict: Bool
  package var weight: String?
  package var unit: String?
  package var baseline: String?
  /// What rows are ranked for; nil in other tasks.
  package var query: String?
  /// The names of classes or labels, in report order; nil in tasks without them and in a binary one.
  package var classes: [String]?
  /// How many units the rows of a binary task are of, where some unit has several: then they are what is independent,
  /// and counts of rows say less than they seem to.
  package var units: Int?

  package init(
    label: String?, positive: String, score: String?, scoreIsProbability: Bool, decision: String?,
    threshold: Double?, thresholdIsStrict: Bool, weight: String?, unit: String?, baseline: String?,
    query: String? = nil, classes: [String]? = nil, units: Int? = nil
  ) {
    self.label = label
    self.positive = positive
    self.score = score
    self.scoreIsProbability = scoreIsProbability
    self.decision = decision
    self.threshold = threshold
    self.thresholdIsStrict = thresholdIsStrict
    self.weight = weight
    self.unit = unit
    self.baseline = baseline
    self.query = query
    self.classes = classes
    self.units = units
  }
}

/// A file that was read.
package struct InputRecord: Sendable, Equatable, Codable {
  /// Base name, or `-` for standard input.
  package var name: String
  /// `CSV`, `TSV`, `JSON Lines`, with `, gzip` where compressed.
  package var format: String
  /// SHA-256 of the bytes as they were given, in lower-case hexadecimal.
  package var sha256: String
  package var bytes: Int
  package var rowsRead: Int
  package var rowsRejected: Int

  package init(
    name: String, format: String, sha256: String, bytes: Int, rowsRead: Int, rowsRejected: Int
  ) {
    self.name = name
    self.format = format
    self.sha256 = sha256
    self.bytes = bytes
    self.rowsRead = rowsRead
    self.rowsRejected = rowsRejected
  }
}

/// Rows that were left out, with the first of them listed.
package struct Rejections: Sendable, Equatable, Codable {
  package struct Row: Sendable, Equatable, Codable {
    package var line: Int
    package var column: String
    package var text: String
    package var reason: String

    package init(line: Int, column: String, text: String, reason: String) {
      self.line = line
      self.column = column
      self.text = text
      self.reason = reason
    }
  }

  package var count: Int
  package var listed: [Row]

  package init(count: Int, listed: [Row]) {
    self.count = count
    self.listed = listed
  }
}

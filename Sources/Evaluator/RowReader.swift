import Explanations
import Metrics
import Results
import Slicing
import TableIngest

/// Works out which columns a configuration needs, and reads them.
struct RowReader {
  private let configuration: Configuration
  private let path: String?
  private let format: ReadRequest.Format
  private let delimiter: UInt8?
  private var columns: [ReadRequest.ColumnRequest] = []
  private var prefixes: [ReadRequest.PrefixRequest] = []

  /// - Throws: `Failure` when a role that every run needs is not named, or one column is wanted both as
  ///   text and as numbers.
  ///
  /// - Parameter model: reads columns of its own
  init(_ configuration: Configuration, model: AskedModel? = nil) throws(Failure) {
    self.configuration = configuration
    path = configuration.data
    format =
      switch configuration.format {
      case .automatic: .automatic
      case .csv: .csv
      case .tsv: .tsv
      case .jsonl: .jsonLines
      }
    delimiter = configuration.delimiter?.asciiValue
    if let kind = configuration.task.said, kind != .binary {
      try addTask(kind)
      return
    }
    guard configuration.score != nil || configuration.decision != nil || model != nil else {
      throw Failure(
        .data, "neither a score nor a decision column is named",
        advice: "say what the model predicted: --score COLUMN or --decision COLUMN")
    }
    if let label = configuration.label { try add(label, .category, isRequired: true) }
    let joins = configuration.baselineData != nil
    for score in [configuration.score, joins ? nil : configuration.baselineScore] {
      if let score { try add(score, .number, isRequired: true) }
    }
    for decision in [configuration.decision, joins ? nil : configuration.baselineDecision] {
      if let decision { try add(decision, .category, isRequired: true) }
    }
    try addRest(joins: joins)
    for (name, kind) in model?.requests ?? [] { try add(name, model: kind) }
    guard model != nil else { return }
    for name in configuration.explain.strata { try add(name, .automatic, isRequired: false) }
    for name in Diagnostics.partitionNames.sorted() where !columns.contains(where: { $0.name == name }) {
      try add(name, .category, isRequired: false, mayBeAbsent: true)
    }
  }

  /// Weights, units, what custom metrics read and what is sliced by.
  private mutating func addRest(joins: Bool) throws(Failure) {
    for name in configuration.custom.flatMap(\.columns) { try add(name, .number, isRequired: true) }
    if let weight = configuration.weight { try add(weight, .number, isRequired: true, minimum: 0) }
    if let unit = configuration.unit { try add(unit, .category, isRequired: joins) }
    for spec in configuration.slices {
      for feature in spec.features { try add(feature) }
    }
    guard configuration.measures.names != nil else { return }
    for feature in try configuration.controlFeatures() { try add(feature) }
    for name in configuration.measures.neighbourFeatures ?? [] {
      try add(name, .automatic, isRequired: false)
    }
  }

  /// The columns of a task that is not binary.
  private mutating func addTask(_ kind: TaskKind) throws(Failure) {
    let task = configuration.task
    let joins = configuration.baselineData != nil
    let hasNumbers = kind == .regression || kind == .ranking
    if kind != .multilabel, let label = configuration.label {
      try add(label, hasNumbers ? .number : .category, isRequired: true)
    }
    if hasNumbers {
      for score in [configuration.score, joins ? nil : configuration.baselineScore] {
        if let score { try add(score, .number, isRequired: true) }
      }
    }
    if kind == .ranking, let query = task.query { try add(query, .category, isRequired: true) }
    if kind == .multiclass {
      for decision in [configuration.decision, configuration.baselineDecision] {
        if let decision { try add(decision, .category, isRequired: true) }
      }
    }
    try addRest(joins: joins)
    if !hasNumbers, let prefix = task.scorePrefix { prefixes.append(.init(prefix, kind: .number)) }
    guard kind == .multilabel else { return }
    for prefix in [task.labelPrefix, task.decisionPrefix] {
      if let prefix { prefixes.append(.init(prefix, kind: .category)) }
    }
    if !joins { addPrefixes(configuration.secondPrefixes) }
  }

  private mutating func addPrefixes(_ second: (score: String?, decision: String?)) {
    if let score = second.score { prefixes.append(.init(score, kind: .number)) }
    if let decision = second.decision { prefixes.append(.init(decision, kind: .category)) }
  }

  /// A column that the model reads; what `types` says of it has the last word.
  private mutating func add(_ name: String, model kind: ReadRequest.Kind) throws(Failure) {
    switch (kind, configuration.types[name]) {
    case (.automatic, .number?): try add(name, .number, isRequired: false)
    case (.automatic, .category?): try add(name, .category, isRequired: false)
    default: try add(name, kind, isRequired: false)
    }
  }

  /// Reads the file with the baseline's predictions, whose format is its own.
  init(_ baseline: BaselineRequest, _ configuration: Configuration) throws(Failure) {
    self.configuration = configuration
    path = configuration.baselineData
    format = .automatic
    delimiter = nil
    if let unit = configuration.unit { try add(unit, .category, isRequired: true) }
    if configuration.task.said == .multilabel {
      addPrefixes(configuration.secondPrefixes)
      return
    }
    if let score = baseline.score {
      try add(score, .number, isRequired: true, mayBeAbsent: !baseline.isRequired(score))
    }
    if let decision = baseline.decision {
      try add(decision, .category, isRequired: true, mayBeAbsent: !baseline.isRequired(decision))
    }
    if let label = configuration.label, !columns.contains(where: { $0.name == label }) {
      try add(label, .category, isRequired: false, mayBeAbsent: true)
    }
  }

  private mutating func add(_ feature: SliceSpec.Feature) throws(Failure) {
    let needsNumbers =
      switch feature.binning {
      case .edges, .quantiles: true
      case .automatic, .values: false
      }
    switch configuration.types[feature.name] {
    case .number?: try add(feature.name, .number, isRequired: false)
    case .category?: try add(feature.name, .category, isRequired: false)
    default: try add(feature.name, needsNumbers ? .number : .automatic, isRequired: false)
    }
  }

  private mutating func add(
    _ name: String, _ kind: ReadRequest.Kind, isRequired: Bool, minimum: Double? = nil,
    mayBeAbsent: Bool = false
  ) throws(Failure) {
    guard let known = columns.firstIndex(where: { $0.name == name }) else {
      columns.append(
        .init(
          name: name, kind: kind, isRequired: isRequired, minimum: minimum, mayBeAbsent: mayBeAbsent))
      return
    }
    let old = columns[known]
    guard old.kind == kind || old.kind == .automatic || kind == .automatic else {
      throw Failure(
        .data, "column “\(name)” is wanted both as text and as numbers",
        advice: "use it in one role only, or copy it under another name")
    }
    columns[known] = .init(
      name: name, kind: old.kind == .automatic ? kind : old.kind,
      isRequired: old.isRequired || isRequired, minimum: old.minimum ?? minimum,
      mayBeAbsent: old.mayBeAbsent && mayBeAbsent)
  }

  func read() throws(Failure) -> ReadOutcome {
    guard let path else {
      throw Failure(
        .usage, "no data is named", advice: "give the file of predictions, or - for standard input")
    }
    var request = ReadRequest(
      columns: columns, format: format, delimiter: delimiter,
      missing: configuration.missing,
      badRows: configuration.badRows == .stop ? .stop : .skip(listing: Self.listedRejections),
      threads: configuration.threadCount)
    request.prefixes = prefixes
    if let bytes = configuration.memory[path] {
      return try TableReader.read(bytes: bytes, name: path, request)
    }
    return try TableReader.read(path: path, request)
  }

  /// How many rejected rows are listed one by one.
  static let listedRejections = 100
}

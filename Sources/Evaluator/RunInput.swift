import Metrics
import Results
import TableIngest
import Tables

/// The rows of a run in the form that the kernels take, with what was learned on the way.
struct RunInput: Sendable {
  let observations: Observations
  /// The label value that counts as positive, as written in the data; without a label that of the decisions,
  /// empty where a threshold makes them.
  let positive: String
  /// The cut that made decisions from scores; nil where a column holds them.
  let threshold: Double?
  /// The median of the scores where a bias audit counts rows above it; nil where decisions come from another cut.
  let scoringCut: Double?
  /// The unit of each row where some unit has several; nil where rows are independent.
  let units: [UInt32]?
  var notes: [String] = []

  /// - Parameter baseline: the baseline's rows where they come from another file.
  init(
    _ outcome: ReadOutcome, _ baseline: BaselineRows? = nil, _ configuration: Configuration
  ) throws(Failure) {
    let columns = RoleColumns(outcome.table)
    guard outcome.table.rowCount > 0 else {
      throw Failure(
        .data, "\(outcome.table.origin.source): every row was rejected",
        advice: "look at the first of them with --bad-rows stop")
    }
    let classes = try columns.classes(configuration, baseline)
    let scores = try configuration.score.map { name throws(Failure) in try columns.scores(name, configuration)
    }
    let weights = try columns.weights(configuration)
    let cut = configuration.cut(scores ?? [])
    let decide = Decider(classes: classes, cut: cut, isStrict: configuration.thresholdIsStrict)
    let isCut = configuration.label == nil && configuration.decision == nil
    positive = isCut ? "" : classes?.positiveText ?? ""
    threshold = configuration.decision == nil ? cut : nil
    scoringCut = configuration.scoringCut(scores, decidedAt: threshold)
    if let classes, configuration.label != nil {
      try baseline?.checkLabels(classes, outcome.table, configuration)
    }
    let second = try Baseline(baseline, columns, decide, configuration)
    observations = Observations(
      labels: configuration.label == nil
        ? [UInt8](repeating: 0, count: outcome.table.rowCount) : classes?.marks ?? [],
      decisions: try configuration.decision.map { name throws(Failure) in
        try decide.column(columns.category(name))
      } ?? decide.scores(scores ?? []),
      scores: scores, scoresAreProbabilities: configuration.scoreKind == .probability,
      weights: configuration.unweighted ? nil : weights,
      baselineDecisions: second?.decisions, baselineScores: second?.scores)
    units = try configuration.unit.flatMap { name throws(Failure) in try columns.repeatedUnits(name) }
    notes = try columns.notes(observations, cut: cut, configuration) + (baseline?.notes ?? [])
  }
}

/// The second model's predictions, in the order of the data's rows.
private struct Baseline {
  let decisions: [UInt8]
  let scores: [Double]?

  /// nil without a second model.
  init?(
    _ file: BaselineRows?, _ own: RoleColumns, _ decide: Decider, _ configuration: Configuration
  ) throws(Failure) {
    let columns = file.map { RoleColumns($0.table) } ?? own
    let scoreName = file == nil ? configuration.baselineScore : file?.score
    let decisionName = file == nil ? configuration.baselineDecision : file?.decision
    func joined<Value>(_ values: [Value]) -> [Value] { file?.rows.map { values[$0] } ?? values }
    scores = try scoreName.map { name throws(Failure) in joined(try columns.scores(name, configuration)) }
    if let decisionName {
      decisions = joined(try decide.column(columns.category(decisionName)))
    } else if let scores {
      decisions = decide.scores(scores)
    } else {
      return nil
    }
  }
}

/// Makes decisions, 1 or 0 a row, of what a model said.
private struct Decider {
  let classes: BinaryClasses?
  let cut: Double
  /// Whether a score must be above the cut.
  let isStrict: Bool

  func column(_ column: CategoryColumn) throws(Failure) -> [UInt8] {
    guard let classes else { throw Failure(.defect, "column “\(column.name)” has no classes") }
    return try classes.decisions(column)
  }

  func scores(_ scores: [Double]) -> [UInt8] {
    isStrict ? scores.map { $0 > cut ? 1 : 0 } : scores.map { $0 >= cut ? 1 : 0 }
  }
}

/// The columns of a table by the part they play.
struct RoleColumns {
  let table: Table

  init(_ table: Table) { self.table = table }

  /// A column that was asked for as a category.
  func category(_ name: String?) throws(Failure) -> CategoryColumn {
    guard let name, case .category(let column)? = table.column(named: name) else {
      throw Failure(.defect, "column “\(name ?? "")” was not read as text")
    }
    return column
  }

  /// The classes of the label, or else of the decisions; nil where there is neither.
  func classes(_ configuration: Configuration, _ baseline: BaselineRows?) throws(Failure) -> BinaryClasses? {
    let positive = configuration.positive
    if let label = configuration.label {
      return try BinaryClasses(label: category(label), positive: positive)
    }
    if configuration.decision == nil, let baseline {
      guard let decision = baseline.decision else { return nil }
      return try BinaryClasses(decision: RoleColumns(baseline.table).category(decision), positive: positive)
    }
    guard let decision = configuration.decision ?? configuration.baselineDecision else { return nil }
    return try BinaryClasses(decision: category(decision), positive: positive)
  }

  private func numbers(_ name: String) throws(Failure) -> [Double] {
    guard case .numbers(let column)? = table.column(named: name) else {
      throw Failure(.defect, "column “\(name)” was not read as numbers")
    }
    return column.values
  }

  /// Scores, refused where they can be no probabilities but should be.
  func scores(_ name: String, _ configuration: Configuration) throws(Failure) -> [Double] {
    let scores = try numbers(name)
    guard configuration.scoreKind == .probability else { return scores }
    if let row = scores.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
      throw Failure(
        .data,
        "\(table.origin.place(ofRow: row)): column “\(name)”: \(scores[row]) is no probability in [0, 1]",
        advice: "if scores are margins or ranks, say --score-kind ranking (log loss, Brier score and "
          + "calibration are then left out) and give the --threshold that makes decisions")
    }
    return scores
  }

  func weights(_ configuration: Configuration) throws(Failure) -> [Double]? {
    guard let name = configuration.weight else { return nil }
    let weights = try numbers(name)
    guard weights.contains(where: { $0 > 0 }) else {
      throw Failure(
        .data, "\(table.origin.source): column “\(name)”: all weights are zero",
        advice: "name another weight column, or leave weights out")
    }
    return weights
  }

  /// The unit of each row; nil where every row has its own.
  func repeatedUnits(_ name: String) throws(Failure) -> [UInt32]? {
    let column = try category(name)
    guard column.codes.count - column.missingCount > column.categories.count else { return nil }
    return RowTaskMaker.codes(column)
  }

  /// What a reader of the report must know about the rows.
  func notes(
    _ observations: Observations, cut: Double, _ configuration: Configuration
  ) throws(Failure) -> [String] {
    var notes: [String] = []
    if configuration.label == nil {
      notes.append(
        "No label was given, so the truth is not known: groups are compared by how often they are selected and how "
          + "they are scored. Nothing is said about errors, accuracy or calibration.")
    }
    let selected = observations.decisions.reduce(0) { $0 + Int($1) }
    switch configuration.threshold {
    case .value: break
    case .median:
      notes.append(
        "The threshold \(NumberText.text(cut)) is the median of \(configuration.score ?? "") over all "
          + "\(observations.rowCount) rows, each counted once.")
    case .top, .topPercent:
      notes.append(
        "The threshold \(NumberText.text(cut)) is \(configuration.threshold.text) of \(configuration.score ?? "") over all "
          + "\(observations.rowCount) rows, each counted once: \(selected) are decided positively, rows that tie for the last place "
          + "\(configuration.thresholdIsStrict ? "not" : "too").")
    }
    if selected == 0 || selected == observations.rowCount {
      notes.append(
        "The model decides \(selected == 0 ? "negatively" : "positively") on every row: gaps in its "
          + "decisions are all zero and say nothing about fairness.")
    }
    if let unit = configuration.unit, let units = try repeatedUnits(unit) {
      let count = Set(units).count
      notes.append(
        "\(units.count - count) rows repeat a \(unit) that came before. Intervals and tests take the \(count) units as "
          + "independent, not the rows.")
    }
    if observations.weights != nil {
      notes.append(
        "Weights from \(configuration.weight ?? "") are in force: intervals use Kish's effective sample "
          + "size or a sandwich variance. Of metrics only counts of rows are unweighted.")
    }
    return notes
  }
}

import Metrics
import Results
import TableIngest
import Tables

/// The rows of a run whose task is not binary, as metrics that can be measured over any of them.
struct RowTask: Sendable {
  let kind: TaskKind
  let rowCount: Int
  /// In reporting order.
  private(set) var metrics: [any RowMetric]
  /// The same of the second model; empty without one.
  private(set) var baseline: [any RowMetric]
  /// The unit of each row: its query, or what the configuration names; nil where rows are independent.
  let units: [UInt32]?
  /// nil without weights.
  let weights: [Double]?
  /// Names of classes or labels.
  let classes: [String]?
  var notes: [String] = []
  /// What fairness measures look at besides the metrics.
  var material = Material.none
  /// What is drawn of some slices besides.
  let details: @Sendable (_ slices: [[UInt32]]) -> TaskDetails
}

extension RowTask {
  /// The task with more metrics.
  ///
  /// - Parameter before: the same of the second model, where there is one.
  func adding(
    _ more: [any RowMetric], baseline before: () throws(Failure) -> [any RowMetric]
  ) throws(Failure) -> RowTask {
    var task = self
    task.metrics += more
    if !baseline.isEmpty { task.baseline += try before() }
    return task
  }

  /// Labels and predictions as fairness measures take them.
  enum Material: Sendable {
    case none
    case numbers(labels: [Double], predictions: [Double])
    case classes(ClassObservations)
    case lists(RankedObservations, cutoffs: [Int])
  }
}

/// Makes the task of a run from its columns.
struct RowTaskMaker {
  let outcome: ReadOutcome
  let second: BaselineRows?
  let configuration: Configuration
  let columns: RoleColumns

  init(_ outcome: ReadOutcome, _ second: BaselineRows?, _ configuration: Configuration) {
    (self.outcome, self.second, self.configuration) = (outcome, second, configuration)
    columns = RoleColumns(outcome.table)
  }

  private var settings: TaskSettings { configuration.task }

  func make(_ kind: TaskKind) throws(Failure) -> RowTask {
    guard outcome.table.rowCount > 0 else {
      throw Failure(
        .data, "\(outcome.table.origin.source): every row was rejected",
        advice: "look at the first of them with --bad-rows stop")
    }
    let weights = configuration.unweighted ? nil : try columns.weights(configuration)
    let units = try configuration.unit.flatMap { name throws(Failure) in try columns.repeatedUnits(name) }
    switch kind {
    case .regression, .binary: return try regression(weights, units)
    case .ranking: return try ranking(weights)
    case .multiclass: return try added(to: MulticlassMaker(self).make(weights, units))
    case .multilabel: return try added(to: MultilabelMaker(self).make(weights, units))
    }
  }

  /// With the metrics that the configuration defines; without labels and scores that are numbers.
  private func added(to task: RowTask) throws(Failure) -> RowTask {
    let custom = try CustomColumns(outcome, configuration)
    func metrics() throws(Failure) -> [any RowMetric] {
      try custom.metrics(
        task.kind, labels: nil, scores: nil, weights: task.weights, rowCount: task.rowCount)
    }
    return try task.adding(try metrics(), baseline: metrics)
  }

  /// The same with numbers that labels and scores are.
  private func added(
    to task: RowTask, labels: [Double], scores: [Double], before: [Double]?
  ) throws(Failure) -> RowTask {
    let custom = try CustomColumns(outcome, configuration)
    func metrics(_ scores: [Double]?) throws(Failure) -> [any RowMetric] {
      try custom.metrics(
        task.kind, labels: labels, scores: scores, weights: task.weights, rowCount: task.rowCount)
    }
    return try task.adding(try metrics(scores)) { () throws(Failure) in try metrics(before) }
  }

  // MARK: Numbers

  private func regression(_ weights: [Double]?, _ units: [UInt32]?) throws(Failure) -> RowTask {
    let labels = try columns.numbers(label(), as: "label")
    func metrics(_ predictions: [Double]) -> [any RowMetric] {
      RegressionMetrics.all(
        NumberObservations(labels: labels, predictions: predictions, weights: weights),
        quantiles: settings.quantiles)
    }
    let predictions = try columns.numbers(score(), as: "score")
    let before = try baselineScores()
    let task = RowTask(
      kind: .regression, rowCount: labels.count, metrics: metrics(predictions),
      baseline: before.map(metrics) ?? [], units: units, weights: weights, classes: nil,
      notes: second?.notes ?? [], material: .numbers(labels: labels, predictions: predictions)
    ) {
      DetailsMaker.residuals(labels: labels, predictions: predictions, weights: weights, slices: $0)
    }
    return try added(to: task, labels: labels, scores: predictions, before: before)
  }

  private static let cutoffs = [1, 5, 10]

  private func ranking(_ weights: [Double]?) throws(Failure) -> RowTask {
    guard let query = settings.query else {
      throw Failure(
        .data, "nothing says which rows are ranked together",
        advice: "Name the column of the query, the list or the search: --query COLUMN.")
    }
    let relevance = try columns.numbers(label(), as: "label")
    let column = try columns.category(query)
    let queries = Self.codes(column)
    func observations(_ scores: [Double]) -> RankedObservations {
      RankedObservations(
        relevance: relevance, scores: scores, queries: queries, queryCount: column.categories.count,
        weights: weights, relevantAt: settings.relevantAt)
    }
    func metrics(_ rows: RankedObservations) -> [any RowMetric] {
      RankingMetrics.all(rows, cutoffs: settings.cutoffs ?? Self.cutoffs)
    }
    let scores = try columns.numbers(score(), as: "score")
    let rows = observations(scores)
    let before = try baselineScores()
    let task = RowTask(
      kind: .ranking, rowCount: relevance.count, metrics: metrics(rows),
      baseline: before.map { metrics(observations($0)) } ?? [], units: queries,
      weights: weights, classes: nil,
      notes: [
        "Queries are what is independent: intervals come from how metrics vary over "
          + "\(column.categories.count) of them."
      ] + (second?.notes ?? []), material: .lists(rows, cutoffs: settings.cutoffs ?? Self.cutoffs)
    ) {
      DetailsMaker.exposure(rows, slices: $0)
    }
    return try added(to: task, labels: relevance, scores: scores, before: before)
  }

  /// The second model's numbers, in the order of the data's rows.
  func baselineScores() throws(Failure) -> [Double]? {
    if let second {
      guard let name = second.score else { return nil }
      let values = try RoleColumns(second.table).numbers(name, as: "score")
      return second.rows.map { values[$0] }
    }
    return try configuration.baselineScore.map { name throws(Failure) in
      try columns.numbers(name, as: "baseline score")
    }
  }

  func label() throws(Failure) -> String {
    guard let label = configuration.label else {
      throw Failure(.data, "no label column is named", advice: "Name the true values: --label COLUMN.")
    }
    return label
  }

  private func score() throws(Failure) -> String {
    guard let score = configuration.score else {
      throw Failure(.data, "no score column is named", advice: "Name what the model said: --score COLUMN.")
    }
    return score
  }

  /// Codes of a column without missing values.
  static func codes(_ column: CategoryColumn) -> [UInt32] {
    // A missing unit is a unit of its own.
    var next = UInt32(column.categories.count)
    return column.codes.map { code in
      guard code < 0 else { return UInt32(code) }
      next += 1
      return next - 1
    }
  }
}

extension RoleColumns {
  /// A column of numbers, or of texts that all are numbers.
  func numbers(_ name: String, as role: String) throws(Failure) -> [Double] {
    switch table.column(named: name) {
    case .numbers(let column)?: return column.values
    case .category(let column)?:
      var values: [Double] = []
      for text in column.categories {
        guard let value = Double(text), value.isFinite else {
          throw Failure(
            .data, "\(role) column “\(name)” holds “\(text)”, which is no number",
            advice: "A \(role) of this task is a number in every row.")
        }
        values.append(value)
      }
      return column.codes.map { $0 < 0 ? .nan : values[Int($0)] }
    case nil: throw Failure(.defect, "column “\(name)” was not read")
    }
  }
}

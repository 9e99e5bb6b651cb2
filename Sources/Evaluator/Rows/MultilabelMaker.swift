import Metrics
import Results
import TableIngest
import Tables

/// Makes a task of several labels from columns.
struct MultilabelMaker {
  private let configuration: Configuration
  private let columns: PrefixColumns
  private let labels: [PrefixColumns.Named<UInt8>]
  /// The second model's rows where they come from another file.
  private let rows: BaselineRows?

  init(_ maker: RowTaskMaker) throws(Failure) {
    rows = maker.second
    configuration = maker.configuration
    columns = PrefixColumns(table: maker.outcome.table, configuration: configuration)
    guard let prefix = configuration.task.labelPrefix else {
      throw Failure(
        .data, "nothing says which columns are labels",
        advice: "Say what their names begin with: --label-prefix TEXT.")
    }
    labels = try columns.marks(prefix)
  }

  func make(_ weights: [Double]?, _ units: [UInt32]?) throws(Failure) -> RowTask {
    let names = labels.map(\.name)
    let classWeights = try configuration.weights(of: names, "label")
    func metrics(_ predicted: Predictions) -> [any RowMetric] {
      let rows = LabelSetObservations(
        names: names, labels: labels.map(\.values), decisions: predicted.decisions, scores: predicted.scores,
        weights: weights)
      return LabelSetMetrics.all(
        rows, topK: configuration.task.cutoffs ?? [], classWeights: classWeights)
    }
    let own = Predictions(
      try predictions(columns, configuration.task.scorePrefix, configuration.task.decisionPrefix))
    return RowTask(
      kind: .multilabel, rowCount: columns.table.rowCount, metrics: metrics(own),
      baseline: try second().map(metrics) ?? [], units: units, weights: weights, classes: names,
      notes: rows?.notes ?? []
    ) { _ in TaskDetails() }
  }

  /// What a model said of every label.
  private struct Predictions {
    var scores: [[Double]]
    var decisions: [[UInt8]]

    init(_ parts: (scores: [[Double]], decisions: [[UInt8]])) { (scores, decisions) = parts }
  }

  /// The second model's, in the order of the data's rows; nil without one.
  private func second() throws(Failure) -> Predictions? {
    let prefixes = configuration.secondPrefixes
    guard prefixes.score != nil || prefixes.decision != nil else { return nil }
    guard let rows else { return Predictions(try predictions(columns, prefixes.score, prefixes.decision)) }
    let found = try predictions(
      PrefixColumns(table: rows.table, configuration: configuration), prefixes.score, prefixes.decision)
    return Predictions(
      (
        found.scores.map { column in rows.rows.map { column[$0] } },
        found.decisions.map { column in rows.rows.map { column[$0] } }
      ))
  }

  /// Scores, none without a prefix, and decisions: as given, or scores at the threshold.
  private func predictions(
    _ columns: PrefixColumns, _ score: String?, _ decision: String?
  ) throws(Failure) -> (scores: [[Double]], decisions: [[UInt8]]) {
    let scores = try score.map { prefix throws(Failure) in
      try matching(columns.numbers(prefix, as: "score"), prefix)
    }
    if let decision { return (scores ?? [], try matching(columns.marks(decision), decision)) }
    guard let scores else { throw .nothingPredicted }
    let isStrict = configuration.thresholdIsStrict
    let decisions = scores.map { column -> [UInt8] in
      let cut = configuration.cut(column)
      return column.map { (isStrict ? $0 > cut : $0 >= cut) ? 1 : 0 }
    }
    return (scores, decisions)
  }

  /// The columns in the order of the labels.
  private func matching<Value>(
    _ found: [PrefixColumns.Named<Value>], _ prefix: String
  ) throws(Failure) -> [[Value]] {
    var result: [[Value]] = []
    for label in labels {
      guard let one = found.first(where: { $0.name == label.name }) else {
        throw Failure(
          .data, "label “\(label.name)” has no column “\(prefix)\(label.name)”",
          advice: "There are \(found.map { "“\($0.name)”" }.joined(separator: ", ")).")
      }
      result.append(one.values)
    }
    return result
  }
}

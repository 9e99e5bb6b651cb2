import Metrics
import Results
import TableIngest
import Tables

/// Makes a task of several labels from columns.
struct MultilabelMaker {
  private let configuration: Configuration
  private let columns: PrefixColumns
  private let labels: [PrefixColumns.Named<UInt8>]

  init(_ maker: RowTaskMaker) throws(Failure) {
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
    let scores = try configuration.task.scorePrefix.map { prefix throws(Failure) in
      try matching(columns.numbers(prefix, as: "score"), prefix)
    }
    let names = labels.map(\.name)
    let classWeights = try configuration.weights(of: names, "label")
    let observations = LabelSetObservations(
      names: names, labels: labels.map(\.values), decisions: try decisions(scores), scores: scores ?? [],
      weights: weights)
    return RowTask(
      kind: .multilabel, rowCount: columns.table.rowCount,
      metrics: LabelSetMetrics.all(observations, topK: configuration.task.cutoffs ?? [], classWeights: classWeights), baseline: [],
      units: units, weights: weights, classes: names
    ) { _ in TaskDetails() }
  }

  /// Decisions of every label: as given, or scores at the threshold.
  private func decisions(_ scores: [[Double]]?) throws(Failure) -> [[UInt8]] {
    if let prefix = configuration.task.decisionPrefix {
      return try matching(columns.marks(prefix), prefix)
    }
    guard let scores else { throw .nothingPredicted }
    let isStrict = configuration.thresholdIsStrict
    return scores.map { column in
      let cut = configuration.threshold.cut(column)
      return column.map { (isStrict ? $0 > cut : $0 >= cut) ? 1 : 0 }
    }
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

import Metrics
import Results
import TableIngest
import Tables

/// The rows of a run as the expressions of custom metrics see them.
struct CustomColumns: Sendable {
  let specs: [CustomMetricSpec]
  private let columns: [String: [Double]]
  private let givenWeights: [Double]?

  init(_ outcome: ReadOutcome, _ configuration: Configuration) throws(Failure) {
    specs = configuration.custom
    let table = RoleColumns(outcome.table)
    var columns: [String: [Double]] = [:]
    for name in Set(specs.flatMap(\.columns)).sorted() {
      columns[name] = try table.numbers(name, as: "custom metrics’")
    }
    self.columns = columns
    givenWeights = specs.isEmpty ? nil : try table.weights(configuration)
  }

  /// The metrics of a binary task. Only those that are asked for need what they are made of.
  func metric(
    _ spec: CustomMetricSpec, _ rows: Observations, hasLabel: Bool, hasUnits: Bool
  ) throws(Failure) -> any RowMetric {
    try CustomMetric(
      spec,
      CustomRows(
        labels: rows.labels, decisions: rows.decisions, hasLabel: hasLabel, scores: rows.scores,
        weights: rows.weights, givenWeights: givenWeights, columns: columns), hasUnits: hasUnits)
  }

  /// Those of another task.
  ///
  /// - Parameters:
  ///   - labels, scores: nil where they are no numbers.
  func metrics(
    _ task: TaskKind, labels: [Double]?, scores: [Double]?, weights: [Double]?, rowCount: Int
  ) throws(Failure) -> [any RowMetric] {
    guard !specs.isEmpty else { return [] }
    let rows = CustomRows(
      task: task, rowCount: rowCount, labels: labels, scores: scores, weights: weights,
      givenWeights: givenWeights, columns: columns)
    var metrics: [any RowMetric] = []
    for spec in specs { metrics.append(try CustomMetric(spec, rows, hasUnits: true)) }
    return metrics
  }
}

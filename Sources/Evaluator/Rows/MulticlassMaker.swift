import Metrics
import Results
import TableIngest
import Tables

/// Makes a multi-class task from columns. The classes are those of the label, the decisions and the score columns,
/// in the order of their names.
struct MulticlassMaker {
  private let maker: RowTaskMaker
  private let label: CategoryColumn
  private let decision: CategoryColumn?
  /// The second model's classes, row by row of its own table.
  private let second: CategoryColumn?
  private let scored: [PrefixColumns.Named<Double>]?
  private let classes: [String]

  private static let mostClasses = 100

  init(_ maker: RowTaskMaker) throws(Failure) {
    let configuration = maker.configuration
    self.maker = maker
    label = try maker.columns.category(try maker.label())
    let columns = PrefixColumns(table: maker.outcome.table, configuration: configuration)
    scored = try configuration.task.scorePrefix.map { prefix throws(Failure) in
      try columns.numbers(prefix, as: "score")
    }
    decision = try configuration.decision.map { name throws(Failure) in try maker.columns.category(name) }
    let source = maker.second.map { RoleColumns($0.table) } ?? maker.columns
    let name = maker.second == nil ? configuration.baselineDecision : maker.second?.decision
    second = try name.map { name throws(Failure) in try source.category(name) }
    let written = label.categories + (decision?.categories ?? []) + (second?.categories ?? [])
    classes = Set((scored?.map(\.name) ?? []) + written).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard decision != nil || scored != nil else { throw .nothingPredicted }
    try refuseStrayClass(written)
    try refuseCount()
  }

  private func refuseStrayClass(_ written: [String]) throws(Failure) {
    guard let scored, let stray = written.first(where: { name in !scored.contains { $0.name == name } })
    else {
      return
    }
    throw Failure(
      .data, "class “\(stray)” has no score column “\(maker.configuration.task.scorePrefix ?? "")\(stray)”",
      advice: "There are scores of \(scored.map { "“\($0.name)”" }.joined(separator: ", ")).")
  }

  private func refuseCount() throws(Failure) {
    guard classes.count < 2 || classes.count > Self.mostClasses else { return }
    throw Failure(
      .data,
      "label column “\(label.name)” has \(classes.count) classes, 2 to \(Self.mostClasses) are possible",
      advice: classes.count > 1
        ? "Is it a number? Say --task regression." : "Check how the labels were joined.")
  }

  func make(_ weights: [Double]?, _ units: [UInt32]?) throws(Failure) -> RowTask {
    let scores = try probabilities()
    let labels = codes(label)
    let decisions = decision.map(codes) ?? ClassObservations.decisions(of: scores)
    func observations(_ decisions: [UInt16], _ scores: [[Double]]) -> ClassObservations {
      ClassObservations(
        names: classes, labels: labels, decisions: decisions, scores: scores, weights: weights)
    }
    let classWeights = try maker.configuration.weights(of: classes, "class")
    func metrics(_ rows: ClassObservations) -> [any RowMetric] {
      ClassMetrics.all(
        rows, topK: (maker.configuration.task.cutoffs ?? [2]).filter { $0 > 1 && $0 < classes.count },
        calibrationBins: maker.configuration.calibrationBins, classWeights: classWeights)
        + ClassMetrics.atCuts(
          rows, maker.configuration.classCuts, isStrict: maker.configuration.thresholdIsStrict)
    }
    try maker.configuration.refuseIdleCuts(hasScores: !scores.isEmpty, classes: classes.count)
    let rows = observations(decisions, scores)
    var before: [any RowMetric] = []
    if let second {
      let own = codes(second)
      before = metrics(observations(maker.second?.rows.map { own[$0] } ?? own, []))
    }
    return RowTask(
      kind: .multiclass, rowCount: labels.count, metrics: metrics(rows), baseline: before,
      units: units, weights: weights, classes: classes, notes: maker.second?.notes ?? [],
      material: .classes(rows)
    ) {
      DetailsMaker.confusion(rows, slices: $0)
    }
  }

  /// Codes by the place in `classes`.
  private func codes(_ column: CategoryColumn) -> [UInt16] {
    let places = column.categories.map { name in UInt16(classes.firstIndex(of: name) ?? 0) }
    return column.codes.map { places[Int($0)] }
  }

  /// The scores in the order of the classes; none without score columns.
  private func probabilities() throws(Failure) -> [[Double]] {
    guard let scored else { return [] }
    var scores: [[Double]] = []
    for name in classes {
      guard let one = scored.first(where: { $0.name == name }) else { return [] }
      if let row = one.values.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
        throw Failure(
          .data,
          "\(maker.outcome.table.origin.place(ofRow: row)): the score of “\(name)” is \(one.values[row]), no "
            + "probability in [0, 1]", advice: "Give probabilities, or a column of decisions without scores.")
      }
      scores.append(one.values)
    }
    return scores
  }
}

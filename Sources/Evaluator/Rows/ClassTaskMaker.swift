import Metrics
import Results
import TableIngest
import Tables

/// Makes multi-class and multi-label tasks from columns.
struct ClassTaskMaker {
  private let maker: RowTaskMaker

  init(_ maker: RowTaskMaker) { self.maker = maker }

  private var configuration: Configuration { maker.configuration }
  private var settings: TaskSettings { configuration.task }
  private var table: Table { maker.outcome.table }

  // MARK: One of several classes

  /// The classes are those of the label, the decisions and the score columns, in the order of their names.
  func multiclass(_ weights: [Double]?, _ units: [UInt32]?) throws(Failure) -> RowTask {
    let label = try maker.columns.category(try maker.label())
    let scored = try settings.scorePrefix.map { prefix throws(Failure) in try columns(prefix, "score") }
    let decision = try configuration.decision.map { name throws(Failure) in try maker.columns.category(name) }
    let second = try secondDecision()
    let written = label.categories + (decision?.categories ?? []) + (second?.categories ?? [])
    let names = (scored?.map(\.name) ?? []) + written
    let classes = Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if let scored, let stray = written.first(where: { name in !scored.contains { $0.name == name } }) {
      throw Failure(
        .data, "class “\(stray)” has no score column “\(settings.scorePrefix ?? "")\(stray)”",
        advice: "There are scores of \(scored.map { "“\($0.name)”" }.joined(separator: ", ")).")
    }
    guard classes.count > 1, classes.count <= Self.mostClasses else {
      throw Failure(
        .data,
        "label column “\(label.name)” has \(classes.count) classes, 2 to \(Self.mostClasses) are possible",
        advice: classes.count > 1
          ? "Is it a number? Say --task regression." : "Check how the labels were joined.")
    }
    let scores = try ordered(scored, classes)
    let labels = Self.codes(label, classes)
    func metrics(_ decisions: [UInt16], _ scores: [[Double]]) -> [any RowMetric] {
      ClassMetrics.all(
        ClassObservations(
          names: classes, labels: labels, decisions: decisions, scores: scores, weights: weights),
        topK: (settings.cutoffs ?? [2]).filter { $0 > 1 && $0 < classes.count })
    }
    guard decision != nil || !scores.isEmpty else { throw Self.nothingPredicted }
    let decisions = decision.map { Self.codes($0, classes) } ?? Self.largest(scores)
    return RowTask(
      kind: .multiclass, rowCount: labels.count, metrics: metrics(decisions, scores),
      baseline: second.map { column in
        let codes = Self.codes(column, classes)
        return metrics(maker.second?.rows.map { codes[$0] } ?? codes, [])
      } ?? [], units: units, weights: weights,
      classes: classes
    ) {
      DetailsMaker.confusion(
        classes: classes.count, labels: labels, decisions: decisions, weights: weights, slices: $0)
    }
  }

  /// The second model's classes, row by row of its own table.
  private func secondDecision() throws(Failure) -> CategoryColumn? {
    if let second = maker.second {
      return try second.decision.map { name throws(Failure) in try RoleColumns(second.table).category(name) }
    }
    return try configuration.baselineDecision.map { name throws(Failure) in try maker.columns.category(name) }
  }

  private static let mostClasses = 100

  private static let nothingPredicted = Failure(
    .data, "nothing says what the model predicted",
    advice:
      "Name a column of predicted classes with --decision, or the columns of scores with --score-prefix.")

  /// Codes by the place in `classes`.
  private static func codes(_ column: CategoryColumn, _ classes: [String]) -> [UInt16] {
    let places = column.categories.map { name in UInt16(classes.firstIndex(of: name) ?? 0) }
    return column.codes.map { places[Int($0)] }
  }

  /// The class with the highest score, the first of equal ones.
  private static func largest(_ scores: [[Double]]) -> [UInt16] {
    (scores.first?.indices ?? 0..<0).map { row in
      var best = 0
      for index in scores.indices where scores[index][row] > scores[best][row] { best = index }
      return UInt16(best)
    }
  }

  private func ordered(_ scored: [Named]?, _ classes: [String]) throws(Failure) -> [[Double]] {
    guard let scored else { return [] }
    var scores: [[Double]] = []
    for name in classes {
      guard let one = scored.first(where: { $0.name == name }) else { return [] }
      try refuseImprobable(one)
      scores.append(one.values)
    }
    return scores
  }

  private func refuseImprobable(_ column: Named) throws(Failure) {
    guard let row = column.values.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) else { return }
    throw Failure(
      .data,
      "\(table.origin.place(ofRow: row)): the score of “\(column.name)” is \(column.values[row]), no probability "
        + "in [0, 1]", advice: "Give probabilities, or a column of decisions without scores.")
  }

  // MARK: Several labels

  func multilabel(_ weights: [Double]?, _ units: [UInt32]?) throws(Failure) -> RowTask {
    guard let prefix = settings.labelPrefix else {
      throw Failure(
        .data, "nothing says which columns are labels",
        advice: "Say what their names begin with: --label-prefix TEXT.")
    }
    let labels = try marks(prefix, "label")
    let names = labels.map(\.name)
    func matching<Value>(_ found: [(name: String, values: Value)], _ prefix: String) throws(Failure)
      -> [Value]
    {
      var result: [Value] = []
      for name in names {
        guard let one = found.first(where: { $0.name == name }) else {
          throw Failure(
            .data, "label “\(name)” has no column “\(prefix)\(name)”",
            advice: "There are \(found.map { "“\($0.name)”" }.joined(separator: ", ")).")
        }
        result.append(one.values)
      }
      return result
    }
    var scores: [[Double]] = []
    if let prefix = settings.scorePrefix {
      scores = try matching(columns(prefix, "score").map { ($0.name, $0.values) }, prefix)
    }
    var decisions: [[UInt8]] = []
    if let prefix = settings.decisionPrefix {
      decisions = try matching(marks(prefix, "decision"), prefix)
    } else if !scores.isEmpty {
      let isStrict = configuration.thresholdIsStrict
      decisions = scores.map { column in
        let cut = configuration.threshold.cut(column)
        return column.map { (isStrict ? $0 > cut : $0 >= cut) ? 1 : 0 }
      }
    } else {
      throw Self.nothingPredicted
    }
    let observations = LabelSetObservations(
      names: names, labels: labels.map(\.values), decisions: decisions, scores: scores, weights: weights)
    return RowTask(
      kind: .multilabel, rowCount: table.rowCount,
      metrics: LabelSetMetrics.all(observations, topK: settings.cutoffs ?? []), baseline: [], units: units,
      weights: weights, classes: names
    ) { _ in TaskDetails() }
  }

  // MARK: Columns by prefix

  struct Named {
    /// Without the prefix.
    let name: String
    let values: [Double]
  }

  private func columns(_ prefix: String, _ role: String) throws(Failure) -> [Named] {
    var found: [Named] = []
    for column in table.columns where isMeant(column.name, prefix) {
      found.append(
        Named(
          name: String(column.name.dropFirst(prefix.count)),
          values: try maker.columns.numbers(column.name, as: role)))
    }
    return found
  }

  private func isMeant(_ name: String, _ prefix: String) -> Bool {
    name.hasPrefix(prefix)
      && ![configuration.label, configuration.decision, configuration.weight, configuration.unit].contains(
        name)
  }

  /// Columns of yes and no.
  private func marks(_ prefix: String, _ role: String) throws(Failure) -> [(name: String, values: [UInt8])] {
    var found: [(name: String, values: [UInt8])] = []
    for case .category(let column) in table.columns where isMeant(column.name, prefix) {
      let classes = try BinaryClasses(decision: column, positive: configuration.positive)
      found.append((String(column.name.dropFirst(prefix.count)), classes.marks))
    }
    return found
  }
}

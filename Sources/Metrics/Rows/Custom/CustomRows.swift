import Results

/// The rows of a task as expressions see them.
package struct CustomRows: Sendable {
  let task: TaskKind
  let rowCount: Int
  /// The place of each row's outcome in the order TP, FP, FN, TN; empty in a task that has none.
  let outcomes: [UInt8]
  let hasLabel: Bool
  let labels: [Double]?
  let scores: [Double]?
  let decisions: [Double]?
  /// Those in force; nil where every row counts 1.
  let weights: [Double]?
  /// The column of weights, in force or not.
  let givenWeights: [Double]?
  let columns: [String: [Double]]

  /// Rows of a binary task.
  ///
  /// - Parameters:
  ///   - labels, decisions: 0 or 1.
  ///   - hasLabel: whether `labels` are known; otherwise all are 0.
  ///   - columns: finite numbers by the name of the column.
  package init(
    labels: [UInt8], decisions: [UInt8], hasLabel: Bool, scores: [Double]?, weights: [Double]?,
    givenWeights: [Double]?, columns: [String: [Double]]
  ) {
    task = .binary
    rowCount = labels.count
    outcomes = zip(labels, decisions).map { ($1 == 1 ? 0 : 2) + ($0 == 1 ? 0 : 1) }
    self.hasLabel = hasLabel
    self.labels = hasLabel ? labels.map(Double.init) : nil
    self.scores = scores
    self.decisions = decisions.map(Double.init)
    (self.weights, self.givenWeights, self.columns) = (weights, givenWeights, columns)
  }

  /// Rows of another task, in which labels and scores are numbers or nil.
  package init(
    task: TaskKind, rowCount: Int, labels: [Double]?, scores: [Double]?, weights: [Double]?,
    givenWeights: [Double]?, columns: [String: [Double]]
  ) {
    self.task = task
    self.rowCount = rowCount
    outcomes = []
    hasLabel = labels != nil
    self.labels = labels
    self.scores = scores
    decisions = nil
    (self.weights, self.givenWeights, self.columns) = (weights, givenWeights, columns)
  }

  /// One row of each outcome.
  static let ofOutcomes = CustomRows(
    labels: [1, 0, 1, 0], decisions: [1, 1, 0, 0], hasLabel: true, scores: nil, weights: nil,
    givenWeights: nil, columns: [:])

  func values(_ role: CustomTerm.Role) -> [Double]? {
    switch role {
    case .label: labels
    case .score: scores
    case .decision: decisions
    case .weight: givenWeights
    }
  }

  /// Why these rows do not have a part of a term; nil where they have.
  func lack(_ leaf: CustomTerm) -> String? {
    switch leaf {
    case .outcomes(let mask):
      guard task == .binary else {
        return "counts of true and false positives and negatives are those of a binary task"
      }
      let isOfDecisions = [BinaryBasis.selected, .unselected, .rows].contains(BinaryBasis(mask: mask))
      return hasLabel || isOfDecisions ? nil : "it counts outcomes, and no label is named"
    case .role(let role):
      guard values(role) == nil else { return nil }
      if role == .weight { return "no weight column is named" }
      return task == .binary || task == .regression || task == .ranking
        ? "the \(role.rawValue) is not known"
        : "in a \(task.rawValue) task the \(role.rawValue) is no number"
    case .column(let name): return columns[name] == nil ? "column “\(name)” was not read" : nil
    default: return nil
    }
  }
}

import Results

/// What kind of thing is predicted, and what only some kinds need.
package struct TaskSettings: Sendable, Equatable {
  /// nil: inferred.
  package var kind: TaskKind?
  /// The column of what rows are ranked for.
  package var query: String?
  /// What the names of score columns begin with, one a class or label: `prob_`.
  package var scorePrefix: String?
  /// The same of label columns, one a label.
  package var labelPrefix: String?
  /// The same of decision columns, one a label.
  package var decisionPrefix: String?
  /// The k of metrics of the first k.
  package var cutoffs: [Int]?
  /// Levels of the quantile loss.
  package var quantiles = [0.1, 0.5, 0.9]
  /// The relevance from which a row counts as relevant.
  package var relevantAt = 1.0

  package init() {}

  /// What the settings alone say; nil where the label decides.
  package var said: TaskKind? {
    if let kind { return kind }
    if query != nil { return .ranking }
    if labelPrefix != nil { return .multilabel }
    return scorePrefix == nil ? nil : .multiclass
  }
}

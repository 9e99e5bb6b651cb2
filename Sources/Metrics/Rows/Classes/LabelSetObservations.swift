/// Labels and predictions of a multi-label task: each of several labels is there or not, for every row.
package struct LabelSetObservations: Sendable {
  /// Names of the labels, in report order.
  package let names: [String]
  /// A column for each label: 1 where it is there.
  package let labels: [[UInt8]]
  /// A column for each label: 1 where it is predicted.
  package let decisions: [[UInt8]]
  /// A column for each label, higher where it is likelier; empty where there are none.
  package let scores: [[Double]]
  /// nil where every row counts as one.
  package let weights: [Double]?

  /// - Parameters:
  ///   - labels: 0 or 1; all columns of one length.
  ///   - decisions: like `labels`.
  ///   - scores: finite, like `labels`, or none at all.
  ///   - weights: finite, at least 0.
  package init(
    names: [String], labels: [[UInt8]], decisions: [[UInt8]], scores: [[Double]], weights: [Double]?
  ) {
    self.names = names
    self.labels = labels
    self.decisions = decisions
    self.scores = scores
    self.weights = weights
  }

  var labelCount: Int { names.count }
  var hasScores: Bool { !scores.isEmpty && scores.count == names.count }
}

/// Labels and predictions of a multi-class task, one of each for every row.
package struct ClassObservations: Sendable {
  /// Names of the classes, in report order; the order that weighted kappa goes by.
  package let names: [String]
  /// Index of the true class of each row.
  package let labels: [UInt16]
  /// Index of the predicted class of each row.
  package let decisions: [UInt16]
  /// A column for each class, of probabilities; empty where there are none.
  package let scores: [[Double]]
  /// nil where every row counts as one.
  package let weights: [Double]?

  /// - Parameters:
  ///   - labels: below `names.count`.
  ///   - decisions: below `names.count`; a column of the data, or `decisions(of:)`.
  ///   - scores: finite, as long as `labels`, for all classes or none.
  ///   - weights: finite, at least 0.
  package init(
    names: [String], labels: [UInt16], decisions: [UInt16], scores: [[Double]], weights: [Double]?
  ) {
    self.names = names
    self.labels = labels
    self.decisions = decisions
    self.scores = scores
    self.weights = weights
  }

  var classCount: Int { names.count }
  var hasScores: Bool { !scores.isEmpty && scores.count == names.count }

  /// The class with the highest score of each row, the first of them on ties.
  ///
  /// Complexity: O(rows × classes).
  package static func decisions(of scores: [[Double]]) -> [UInt16] {
    guard var best = scores.first else { return [] }
    var decisions = [UInt16](repeating: 0, count: best.count)
    for (index, column) in scores.enumerated().dropFirst() {
      for row in column.indices where column[row] > best[row] {
        best[row] = column[row]
        decisions[row] = UInt16(index)
      }
    }
    return decisions
  }
}

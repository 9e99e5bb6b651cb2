/// The score columns of classes, in order, and which rows have each class.
final class RankedClasses: Sendable {
  let ranks: [ScoreRanks]
  let weights: [Double]?
  private let isClass: @Sendable (_ index: Int, _ row: Int) -> Bool

  /// Complexity: that of sorting all columns.
  init(
    _ scores: [[Double]], _ weights: [Double]?,
    isClass: @escaping @Sendable (_ index: Int, _ row: Int) -> Bool
  ) {
    ranks = scores.map(ScoreRanks.init)
    self.weights = weights
    self.isClass = isClass
  }

  convenience init(_ observations: ClassObservations) {
    let labels = observations.labels
    self.init(observations.scores, observations.weights) { Int(labels[$1]) == $0 }
  }

  convenience init(_ observations: LabelSetObservations) {
    let labels = observations.labels
    self.init(observations.scores, observations.weights) { labels[$0][$1] == 1 }
  }

  func walk(_ rows: [UInt32], _ index: Int) -> ScoreWalk {
    let isClass = self.isClass
    return ScoreWalk(rows, ranks[index], weights) { isClass(index, $0) }
  }
}

/// The score columns of classes, in order, and which rows have each class.
final class RankedClasses: Sendable {
  let ranks: [ScoreRanks]
  let weights: [Double]?
  /// All scores together.
  let pooled: PooledScores
  private let code: @Sendable (_ index: Int, _ row: Int) -> UInt16
  /// The code of rows that have a class.
  private let own: @Sendable (_ index: Int) -> UInt16

  /// Complexity: that of sorting all columns.
  init(_ observations: ClassObservations) {
    let labels = observations.labels
    ranks = observations.scores.map(ScoreRanks.init)
    weights = observations.weights
    pooled = PooledScores(observations.scores, observations.weights) { Int(labels[$1]) == $0 }
    code = { labels[$1] }
    own = { UInt16($0) }
  }

  /// Complexity: that of sorting all columns.
  init(_ observations: LabelSetObservations) {
    let labels = observations.labels
    ranks = observations.scores.map(ScoreRanks.init)
    weights = observations.weights
    pooled = PooledScores(observations.scores, observations.weights) { labels[$0][$1] == 1 }
    code = { UInt16(labels[$0][$1]) }
    own = { _ in 1 }
  }

  /// The rows by a class's score.
  func sorted(_ rows: [UInt32], _ index: Int) -> SortedScores {
    ranks[index].sorted(rows, weights) { code(index, $0) }
  }

  func walk(_ rows: [UInt32], _ index: Int) -> ScoreWalk {
    ScoreWalk(sorted(rows, index), own: own(index))
  }
}

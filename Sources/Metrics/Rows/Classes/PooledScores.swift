/// The scores of all classes in one order, for curves over every pair of a row and a class.
final class PooledScores: Sendable {
  private let ranks: ScoreRanks
  /// Of every pair; nil where each counts as one.
  private let weights: [Double]?
  private let rowCount: Int
  private let classCount: Int
  private let isOfClass: @Sendable (_ index: Int, _ row: Int) -> Bool

  /// Complexity: that of sorting all scores.
  init(_ scores: [[Double]], _ weights: [Double]?, isOfClass: @escaping @Sendable (Int, Int) -> Bool) {
    ranks = ScoreRanks(scores.flatMap { $0 })
    self.weights = weights.map { own in scores.flatMap { _ in own } }
    rowCount = scores.first?.count ?? 0
    classCount = scores.count
    self.isOfClass = isOfClass
  }

  /// Every pair of one of these rows with a class. Places are those of the rows, so that what pairs add to an error adds
  /// up row by row.
  func walk(_ rows: [UInt32]) -> ScoreWalk {
    var pairs: [UInt32] = []
    pairs.reserveCapacity(rows.count * classCount)
    for index in 0..<classCount {
      let first = UInt32(index * rowCount)
      for row in rows { pairs.append(first + row) }
    }
    var sorted = ranks.sorted(pairs, weights) { pair in
      isOfClass(pair / rowCount, pair % rowCount) ? 1 : 0
    }
    let size = UInt32(max(1, rows.count))
    for index in sorted.entries.indices { sorted.entries[index].place %= size }
    return ScoreWalk(sorted, own: 1)
  }
}

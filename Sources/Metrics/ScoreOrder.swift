/// Rows in ascending order of score, ties in row order: the one sort that every slice shares.
struct ScoreOrder: Sendable {
  /// Row numbers, ascending by score.
  let rows: [UInt32]
  /// The position at which each position's run of equal scores begins.
  let runStart: [UInt32]
  /// Scores in this order.
  let scores: [Double]

  /// - Precondition: scores are finite. Complexity: O(rows), a radix sort of at most six passes.
  init(_ scores: [Double]) {
    rows = RadixSort.order(scores)
    var sorted = [Double](repeating: 0, count: scores.count)
    var starts = [UInt32](repeating: 0, count: scores.count)
    var start: UInt32 = 0
    for (position, row) in rows.enumerated() {
      let score = scores[Int(row)]
      sorted[position] = score
      if position > 0, score != sorted[position - 1] { start = UInt32(position) }
      starts[position] = start
    }
    self.scores = sorted
    runStart = starts
  }

  /// The first position whose score is at least `cut`. Complexity: O(log rows).
  func position(atLeast cut: Double) -> Int { partition { $0 >= cut } }

  /// The first position whose score is above `cut`.
  func position(above cut: Double) -> Int { partition { $0 > cut } }

  private func partition(_ predicate: (Double) -> Bool) -> Int {
    var low = 0
    var high = scores.count
    while low < high {
      let middle = (low + high) / 2
      if predicate(scores[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

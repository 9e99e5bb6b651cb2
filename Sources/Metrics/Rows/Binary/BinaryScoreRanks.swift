/// Rank of each row among the distinct scores, from 0 for the lowest: equal scores share it.
struct BinaryScoreRanks: Sendable {
  let ranks: [UInt32]
  /// The distinct scores, ascending.
  let values: [Double]

  init(_ scores: [Double]) {
    let order = ScoreOrder(scores)
    var ranks = [UInt32](repeating: 0, count: scores.count)
    var values: [Double] = []
    for (position, row) in order.rows.enumerated() {
      if Int(order.runStart[position]) == position { values.append(order.scores[position]) }
      ranks[Int(row)] = UInt32(values.count - 1)
    }
    self.ranks = ranks
    self.values = values
  }

  /// Positions within `rows` in ascending order of score, ties in row order.
  ///
  /// Complexity: O(rows log rows), and O(rows) where they are a large part of all.
  func ascending(_ rows: [UInt32]) -> [Int] {
    guard rows.count * 8 >= values.count else {
      let keys = rows.enumerated().map { UInt64(ranks[Int($1)]) << 32 | UInt64($0) }
      return keys.sorted().map { Int($0 & 0xFFFF_FFFF) }
    }
    var starts = [Int](repeating: 0, count: values.count + 1)
    for row in rows { starts[Int(ranks[Int(row)]) + 1] += 1 }
    for rank in 0..<values.count { starts[rank + 1] += starts[rank] }
    var result = [Int](repeating: 0, count: rows.count)
    for (position, row) in rows.enumerated() {
      let rank = Int(ranks[Int(row)])
      result[starts[rank]] = position
      starts[rank] += 1
    }
    return result
  }
}

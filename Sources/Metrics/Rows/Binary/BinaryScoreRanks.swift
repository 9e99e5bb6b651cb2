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

  /// Positions within `rows` in ascending order of score, ties in row order. Complexity: O(rows).
  func ascending(_ rows: [UInt32]) -> [Int] { ordered(rows).map { Int($0 & 0xFFFF_FFFF) } }

  /// The rank of each of `rows` in the upper half, its position in the lower one, ascending.
  func ordered(_ rows: [UInt32]) -> [UInt64] {
    var keys = rows.enumerated().map { UInt64(ranks[Int($1)]) << 32 | UInt64($0) }
    guard keys.count > 128 else { return keys.sorted() }
    var spare = keys
    // A radix sort of the ranks; positions ascend to begin with.
    for shift in stride(from: UInt64(32), to: 64, by: 11) where (values.count - 1) >> Int(shift - 32) > 0 {
      var starts = [Int](repeating: 0, count: 2049)
      for key in keys { starts[Int(key >> shift & 2047) + 1] += 1 }
      for digit in 0..<2048 { starts[digit + 1] += starts[digit] }
      for key in keys {
        let digit = Int(key >> shift & 2047)
        spare[starts[digit]] = key
        starts[digit] += 1
      }
      swap(&keys, &spare)
    }
    return keys
  }
}

/// The rows of a task in the order of a score, sorted once for all slices.
final class ScoreRanks: Sendable {
  /// Rank of each row's score among the distinct ones, from 0.
  let ranks: [UInt32]
  private let distinctCount: Int
  private let cache = RowCache<[UInt32]>()

  /// Complexity: that of a radix sort.
  init(_ scores: [Double]) {
    var ranks = [UInt32](repeating: 0, count: scores.count)
    var last: Double?
    var rank = -1
    for row in RadixSort.order(scores) {
      if scores[Int(row)] != last { rank += 1 }
      last = scores[Int(row)]
      ranks[Int(row)] = UInt32(rank)
    }
    self.ranks = ranks
    distinctCount = rank + 1
  }

  /// Places in `rows` by ascending score, ties in the order of `rows`.
  ///
  /// Complexity: O(rows + distinct scores) where the rows are many, O(rows log rows) where they are few.
  func order(_ rows: [UInt32]) -> [UInt32] {
    cache.value(for: rows) {
      rows.count > distinctCount / 16 ? counted(rows) : compared(rows)
    }
  }

  private func counted(_ rows: [UInt32]) -> [UInt32] {
    var starts = [UInt32](repeating: 0, count: distinctCount + 1)
    for row in rows { starts[Int(ranks[Int(row)]) + 1] &+= 1 }
    for rank in 1..<starts.count { starts[rank] &+= starts[rank - 1] }
    var order = [UInt32](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() {
      let rank = Int(ranks[Int(row)])
      order[Int(starts[rank])] = UInt32(place)
      starts[rank] &+= 1
    }
    return order
  }

  private func compared(_ rows: [UInt32]) -> [UInt32] {
    var keys = rows.enumerated().map { UInt64(ranks[Int($0.element)]) << 32 | UInt64($0.offset) }
    keys.sort()
    return keys.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The end of the run of equal scores that starts at a place of the order.
  @inline(__always)
  func runEnd(_ order: [UInt32], _ rows: [UInt32], from start: Int) -> Int {
    let rank = ranks[Int(rows[Int(order[start])])]
    var end = start + 1
    while end < order.count, ranks[Int(rows[Int(order[end])])] == rank { end += 1 }
    return end
  }

  /// The start of the run of equal scores that ends before a place of the order.
  @inline(__always)
  func runStart(_ order: [UInt32], _ rows: [UInt32], endingAt end: Int) -> Int {
    let rank = ranks[Int(rows[Int(order[end - 1])])]
    var start = end - 1
    while start > 0, ranks[Int(rows[Int(order[start - 1])])] == rank { start -= 1 }
    return start
  }
}

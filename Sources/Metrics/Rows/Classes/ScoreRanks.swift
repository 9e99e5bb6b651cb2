/// The rows of a task in the order of a score, sorted once for all slices.
final class ScoreRanks: Sendable {
  /// Rank of each row's score among the distinct ones, from 0.
  private let ranks: [UInt32]
  private let distinctCount: Int
  private let cache = RowCache<SortedScores>(capacity: 2)

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

  /// Complexity: O(rows + distinct scores) where the rows are many, O(rows log rows) where they are few; nothing
  /// for the rows of the last call.
  func sorted(_ rows: [UInt32], _ weights: [Double]?, code: (Int) -> UInt16) -> SortedScores {
    cache.value(for: rows) {
      let order = rows.count > distinctCount / 16 ? counted(rows) : compared(rows)
      var entries: [SortedScores.Entry] = []
      entries.reserveCapacity(rows.count)
      var last: UInt32?
      for place in order {
        let row = Int(rows[Int(place)])
        if last != ranks[row], !entries.isEmpty { entries[entries.count - 1].endsRun = true }
        last = ranks[row]
        entries.append(.init(place: place, code: code(row), endsRun: false))
      }
      if !entries.isEmpty { entries[entries.count - 1].endsRun = true }
      return SortedScores(
        entries: entries, weights: weights.map { all in order.map { all[Int(rows[Int($0)])] } } ?? [])
    }
  }

  /// Places in `rows` by ascending score, ties in the order of `rows`.
  private func counted(_ rows: [UInt32]) -> [UInt32] {
    var starts = [UInt32](repeating: 0, count: distinctCount + 1)
    for row in rows { starts[Int(ranks[Int(row)]) + 1] &+= 1 }
    for rank in starts.indices.dropFirst() { starts[rank] &+= starts[rank - 1] }
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
}

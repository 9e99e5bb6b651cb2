import Glibc

/// The rows of all queries in order, and each row's place in the whole list of its query: made once, shared
/// by all metrics.
final class QueryRows: Sendable {
  let observations: RankedObservations
  /// By query, then by descending score, then in row order.
  let byRank: RowOrder
  /// 1 / log2(1 + rank), at rank − 1.
  let discounts: [Double]
  /// How many rows each query has.
  let sizes: [Int]
  /// The places in its query, from 0, that each row shares with the rows of its score.
  let runs: [Range<UInt32>]
  /// Position bias of each row: the mean discount of its places.
  let exposures: [Double]

  /// Complexity: O(rows + queries).
  init(_ observations: RankedObservations) {
    self.observations = observations
    var sizes = [Int](repeating: 0, count: observations.queryCount)
    for query in observations.queries { sizes[Int(query)] += 1 }
    self.sizes = sizes
    let longest = sizes.max() ?? 0
    let discounts = (0..<longest).map { 1 / log2(Double($0) + 2) }
    self.discounts = discounts
    byRank = RowOrder(rows: Self.order(observations, sizes))
    let places = Self.places(observations, byRank.rows, sizes)
    runs = places
    exposures = Self.exposures(places, discounts)
  }

  @inline(__always)
  func weight(_ row: UInt32) -> Double { observations.weights.map { $0[Int(row)] } ?? 1 }

  /// The chance of a row to be among the first k of its query: 0 or 1, or between where its tie is cut.
  @inline(__always)
  func selection(_ row: UInt32, top k: Int) -> Double {
    let run = runs[Int(row)]
    let inside = min(Int(run.upperBound), k) - Int(run.lowerBound)
    return inside <= 0 ? 0 : Double(inside) / Double(run.count)
  }

  /// Rows by score, then stably counted out by query.
  private static func order(_ observations: RankedObservations, _ sizes: [Int]) -> [UInt32] {
    var next: [Int] = []
    next.reserveCapacity(sizes.count)
    var total = 0
    for size in sizes {
      next.append(total)
      total += size
    }
    var rows = [UInt32](repeating: 0, count: total)
    for row in RadixSort.order(observations.scores.map { -$0 }) {
      let query = Int(observations.queries[Int(row)])
      rows[next[query]] = row
      next[query] += 1
    }
    return rows
  }

  private static func places(
    _ observations: RankedObservations, _ rows: [UInt32], _ sizes: [Int]
  ) -> [Range<UInt32>] {
    var places = [Range<UInt32>](repeating: 0..<0, count: rows.count)
    var first = 0
    for size in sizes {
      var start = 0
      while start < size {
        let score = observations.scores[Int(rows[first + start])]
        var end = start + 1
        if observations.ties == .expected {
          while end < size, observations.scores[Int(rows[first + end])] == score { end += 1 }
        }
        for place in start..<end { places[Int(rows[first + place])] = UInt32(start)..<UInt32(end) }
        start = end
      }
      first += size
    }
    return places
  }

  private static func exposures(_ places: [Range<UInt32>], _ discounts: [Double]) -> [Double] {
    var until = [0.0]
    until.reserveCapacity(discounts.count + 1)
    for discount in discounts { until.append(until[until.count - 1] + discount) }
    return places.map { run in
      if run.count == 1 { return discounts[Int(run.lowerBound)] }
      return (until[Int(run.upperBound)] - until[Int(run.lowerBound)]) / Double(run.count)
    }
  }
}

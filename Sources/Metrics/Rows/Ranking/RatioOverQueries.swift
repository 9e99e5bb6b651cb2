import Glibc

/// A ratio of sums over the slice's rows, whose ranks are those in the whole list of their query. Its error
/// is that of the queries, since ranks of one query depend on each other.
struct RatioOverQueries: RowMetric {
  /// What is summed over rows.
  enum Term: Sendable, Equatable {
    case one, relevance, score, exposure
    /// The chance to be among the first k.
    case selected(Int)
    /// The chance of any row of the query to be among the first k: min(k, n) / n.
    case share(Int)
  }

  let definition: MetricDefinition
  let rows: QueryRows
  let numerator: Term
  let denominator: Term
  /// Sum of the denominator over all rows of each query, in a share of what the slice's queries have; nil
  /// where it is summed over the slice's rows.
  var wholes: [Double]?
  var takesLogarithm = false
  /// Why there is no value where the denominator is 0.
  var emptyReason = "zero weight"

  func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    let total = SliceWeight(slice, rows.observations.weights)
    if let reason = total.emptyReason { return total.undefined(reason) }
    let parts = parts(slice)
    let over = sum(parts.map(\.over))
    let under = sum(parts.map(\.under))
    guard under > 0 else { return total.undefined(emptyReason) }
    if takesLogarithm, over <= 0 { return total.undefined(definition.undefined ?? emptyReason) }
    let ratio = over / under
    guard ratio.isFinite else { return total.measured(ratio) }
    let scale = takesLogarithm ? 1 / over : 1 / under
    for part in parts { influence[part.first] = scale * (part.over - ratio * part.under) }
    return total.measured(takesLogarithm ? log(ratio) : ratio)
  }

  private func parts(_ slice: [UInt32]) -> [(first: Int, over: Double, under: Double)] {
    let queries = rows.observations.queries
    var parts: [(first: Int, over: Double, under: Double)] = []
    var current = UInt32.max
    for index in rows.byRank.sorted(slice) {
      let row = slice[Int(index)]
      if parts.isEmpty || queries[Int(row)] != current {
        current = queries[Int(row)]
        parts.append((Int(index), 0, wholes.map { $0[Int(current)] } ?? 0))
      }
      let last = parts.count - 1
      let weight = rows.weight(row)
      parts[last].first = min(parts[last].first, Int(index))
      parts[last].over += weight * rows.value(numerator, row)
      if wholes == nil { parts[last].under += weight * rows.value(denominator, row) }
    }
    return parts
  }

  private func sum(_ values: [Double]) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }
}

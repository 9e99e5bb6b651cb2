/// Ranks from 1, the mean rank for ties.
package enum Midranks {
  /// Ranks of values without NaN. Complexity: O(n log n).
  package static func ranks(_ values: [Double]) -> [Double] {
    ranks(values, ascending: ascending(values))
  }

  /// Row numbers in ascending order of value, rows of NaN left out, ties in row order.
  package static func ascending(_ values: [Double]) -> [Int32] {
    let present = values.indices.filter { !values[$0].isNaN }.map { (value: values[$0], row: Int32($0)) }
    return present.sorted { ($0.value, $0.row) < ($1.value, $1.row) }.map(\.row)
  }

  /// Ranks among the rows that `order` lists, ascending; 0 for all others. Complexity: O(n).
  package static func ranks(_ values: [Double], ascending order: [Int32]) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      let value = values[Int(order[start])]
      var end = start + 1
      while end < order.count, values[Int(order[end])] == value { end += 1 }
      let rank = Double(start + 1 + end) / 2
      for position in start..<end { ranks[Int(order[position])] = rank }
      start = end
    }
    return ranks
  }
}

import Statistics

/// Rows drawn without replacement, for what needs not all of them.
enum RowSample {
  /// `limit` of the rows, ascending; nil where there are no more than that.
  ///
  /// Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2 S). Complexity: O(rows).
  static func rows(of count: Int, limit: Int, seed: UInt64) -> [Int32]? {
    guard count > limit else { return nil }
    var random = KeyedRandom(seed: seed, key: "diagnostics.rows")
    var rows: [Int32] = []
    rows.reserveCapacity(limit)
    for row in 0..<count where rows.count < limit {
      let wanted = Double(limit - rows.count)
      if random.uniform() * Double(count - row) < wanted { rows.append(Int32(row)) }
    }
    return rows
  }
}

/// The weighted mean of a number that each row has, and its influence.
enum RowMean {
  /// - Parameters:
  ///   - term: a row's number; nil where the row is not in the mean.
  ///   - influence: the length of `rows`; gets w·(x − mean)/Σw.
  ///
  /// Complexity: O(rows).
  static func measure(
    _ rows: [UInt32], _ weights: [Double]?, influence: inout [Double], empty: String = "no rows",
    term: (Int) -> Double?
  ) -> Measured {
    var totals = RowTotals()
    var sum = 0.0
    for (place, row) in rows.enumerated() {
      guard let value = term(Int(row)) else {
        influence[place] = .nan
        continue
      }
      let w = weights?[Int(row)] ?? 1
      totals.add(w)
      sum += w * value
      influence[place] = value
    }
    guard totals.weight > 0 else {
      for place in influence.indices { influence[place] = 0 }
      return totals.undefined(empty)
    }
    let mean = sum / totals.weight
    for (place, row) in rows.enumerated() {
      let value = influence[place]
      influence[place] =
        value.isNaN ? 0 : (weights?[Int(row)] ?? 1) * (value - mean) / totals.weight
    }
    return totals.measured(mean)
  }
}

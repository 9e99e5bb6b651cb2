extension Quantile {
  /// The middle value, or the mean of the two middle ones of an even number. Reorders the values, which hold no
  /// NaN; NaN without values. Complexity: O(n) on average.
  package static func median(_ values: inout [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let middle = values.count / 2
    select(&values, middle)
    let upper = values[middle]
    guard values.count % 2 == 0 else { return upper }
    let lower = values[..<middle].reduce(-.infinity, max)
    let sum = lower + upper
    return sum.isFinite ? sum / 2 : lower / 2 + upper / 2
  }
}

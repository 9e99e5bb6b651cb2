extension Quantile {
  /// The k-th largest value, k from 1 to their number. Reorders the values, which hold no NaN. Complexity: O(n) on average.
  package static func largest(_ k: Int, of values: inout [Double]) -> Double {
    let place = values.count - k
    select(&values, place)
    return values[place]
  }
}

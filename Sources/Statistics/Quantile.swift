/// Sample quantiles.
package enum Quantile {
  /// Hyndman & Fan's (1996) type 7: linear between order statistics at q·(n − 1). NaN without values.
  package static func type7(sorted: [Double], _ q: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let (index, part) = position(q, sorted.count)
    let low = sorted[index]
    return part > 0 ? low + part * (sorted[index + 1] - low) : low
  }

  /// The smallest value whose empirical distribution function reaches q (type 1, but for a tolerance
  /// of 1e-12 on q·n). NaN without values.
  package static func smallestWithCDF(sorted: [Double], _ q: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let rank = (q * Double(sorted.count) - 1e-12).rounded(.up)
    return sorted[min(sorted.count - 1, max(0, Int(rank) - 1))]
  }

  /// The equal-tailed type-7 interval. Reorders the values, which hold no NaN; O(n) on average.
  /// NaN ends without values.
  package static func percentileInterval(_ values: inout [Double], level: Double) -> Interval {
    let tail = (1 - level) / 2
    return interval(&values, from: tail, to: 1 - tail)
  }

  /// Two type-7 quantiles. Reorders the values, which hold no NaN; O(n) on average. NaN ends without values.
  package static func interval(_ values: inout [Double], from lower: Double, to upper: Double) -> Interval {
    guard !values.isEmpty else { return Interval(lower: .nan, upper: .nan) }
    return Interval(
      lower: selected(&values, lower, from: 0), upper: selected(&values, upper, from: 0))
  }

  private static func position(_ q: Double, _ count: Int) -> (index: Int, part: Double) {
    let place = min(1, max(0, q)) * Double(count - 1)
    let index = min(count - 1, Int(place))
    return (index, index == count - 1 ? 0 : place - Double(index))
  }

  private static func selected(_ values: inout [Double], _ q: Double, from start: Int) -> Double {
    let (index, part) = position(q, values.count)
    select(&values, index)
    let low = values[index]
    guard part > 0 else { return low }
    var next = Double.infinity
    for i in (index + 1)..<values.count { next = min(next, values[i]) }
    return low + part * (next - low)
  }

  /// Puts the order statistic `k` in its place, smaller values before it, larger after (Hoare 1961).
  static func select(_ values: inout [Double], _ k: Int) {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let middle = low + (high - low) / 2
      let (a, b, c) = (values[low], values[middle], values[high])
      let pivot = max(min(a, b), min(max(a, b), c))
      var (i, j) = (low, high)
      while i <= j {
        while values[i] < pivot { i += 1 }
        while values[j] > pivot { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if k <= j { high = j } else if k >= i { low = i } else { return }
    }
  }
}

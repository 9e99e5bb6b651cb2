/// Pearson's r and Spearman's ρ with the tests of "no association" and their intervals. Values are without NaN.
package enum RankCorrelation {
  /// Spearman's ρ (1904): Pearson's r of the midranks, in whole numbers, so that no digit depends on the order of rows.
  /// NaN where either variable is constant. Complexity: O(n log n).
  package static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    let (left, right) = (centred(x), centred(y))
    var (xx, yy, xy) = (Int128(0), Int128(0), Int128(0))
    for (a, b) in zip(left, right) {
      xx += Int128(a) * Int128(a)
      yy += Int128(b) * Int128(b)
      xy += Int128(a) * Int128(b)
    }
    guard xx > 0, yy > 0 else { return .nan }
    return min(1, max(-1, Double(xy) / (Double(xx).squareRoot() * Double(yy).squareRoot())))
  }

  /// Twice the midranks, less their mean n + 1.
  private static func centred(_ values: [Double]) -> [Int] {
    let order = Midranks.ascending(values)
    var ranks = [Int](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[Int(order[end])] == values[Int(order[start])] { end += 1 }
      for position in start..<end { ranks[Int(order[position])] = start + end - order.count }
      start = end
    }
    return ranks
  }

  /// The two-sided p-value of "no association" from r√((n − 2)/(1 − r²)) against Student's t on n − 2 degrees of freedom: exact for
  /// Pearson's r of normal variables, an approximation for Spearman's ρ. Nil with fewer than three pairs or without a correlation.
  package static func pValue(_ r: Double, count: Int) -> Double? {
    guard count > 2, abs(r) <= 1 else { return nil }
    return Beta.cumulative((1 - r) * (1 + r), Double(count - 2) / 2, 0.5)
  }

  /// Fisher's (1921) interval of Pearson's r: normal with variance 1/(n − 3) on the scale of artanh r. Nil with fewer than four pairs.
  package static func pearsonInterval(_ r: Double, count: Int, level: Double) -> Interval? {
    fisherInterval(r, variance: 1 / Double(count - 3), count: count, level: level)
  }

  /// Spearman's ρ on the same scale with the variance (1 + ρ²/2)/(n − 3) of Bonett & Wright (2000, "Sample size requirements for
  /// estimating Pearson, Kendall and Spearman correlations"). Nil with fewer than four pairs.
  package static func spearmanInterval(_ rho: Double, count: Int, level: Double) -> Interval? {
    fisherInterval(rho, variance: (1 + rho * rho / 2) / Double(count - 3), count: count, level: level)
  }
}

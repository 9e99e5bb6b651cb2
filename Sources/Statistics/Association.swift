/// How strongly two variables go together.
package enum Association {
  /// Pearson's correlation; Spearman's ρ where both are midranks. NaN where either is constant.
  package static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let count = Double(x.count)
    let meanX = x.reduce(0, +) / count
    let meanY = y.reduce(0, +) / count
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for index in x.indices {
      let dx = x[index] - meanX
      let dy = y[index] - meanY
      xx += dx * dx
      yy += dy * dy
      xy += dx * dy
    }
    guard xx > 0, yy > 0 else { return .nan }
    return min(1, max(-1, xy / (xx * yy).squareRoot()))
  }

  /// Cramér's V corrected for bias (Bergsma 2013, "A bias-correction for Cramér's V and Tschuprow's T"), so that
  /// independent variables with many values do not look associated.
  ///
  /// - Parameter phiSquared: χ² / n of the table
  /// - Parameter rows: categories of one variable that occur; `columns`, of the other
  /// - Returns: in [0, 1]; NaN where either variable is constant
  package static func correctedCramersV(
    phiSquared: Double, rows: Int, columns: Int, count: Int
  ) -> Double {
    guard rows > 1, columns > 1, count > 1 else { return .nan }
    let (r, c, n) = (Double(rows - 1), Double(columns - 1), Double(count - 1))
    let phi = max(0, phiSquared - r * c / n)
    let least = min(r - r * r / n, c - c * c / n)
    return phi > 0 && least > 0 ? min(1, (phi / least).squareRoot()) : 0
  }

  /// The correlation ratio corrected for the number of groups: ε, with ε² = 1 − (1 − η²)(n − 1)/(n − k)
  /// (Kelley 1935, "An unbiased correlation ratio measure"); of midranks, ε² is the effect size
  /// (H − k + 1)/(n − k) of Kruskal & Wallis' test.
  ///
  /// - Parameter etaSquared: share of the variance that lies between the groups
  /// - Returns: in [0, 1], 0 where η² is no more than chance gives; NaN with a single group
  package static func correctedCorrelationRatio(etaSquared: Double, groups: Int, count: Int) -> Double {
    guard groups > 1, count > 1 else { return .nan }
    guard count > groups else { return 0 }
    let squared = 1 - (1 - etaSquared) * Double(count - 1) / Double(count - groups)
    return squared > 0 ? min(1, squared.squareRoot()) : 0
  }
}

/// Whether correlated estimates have one value (Hotelling 1931): T² = dᵀV⁻¹d of their differences d from the first, judged by
/// F = T²·(n − k + 1)/((n − 1)(k − 1)) on k − 1 and n − k + 1 degrees of freedom.
package struct HotellingTest: Sendable, Equatable {
  package let statistic: Double
  package let p: Double

  /// nil with fewer than two values, with too few units for so many, and where a difference does not vary.
  ///
  /// - Parameters:
  ///   - values: k
  ///   - covariances: k × k
  ///   - units: n, what the covariances are estimated from
  /// - Complexity: O(k³).
  package init?(values: [Double], covariances: [Double], units: Int) {
    let count = values.count
    guard count > 1, units >= Self.unitsPerValue * count else { return nil }
    let m = count - 1
    let differences = values.dropFirst().map { $0 - values[0] }
    var matrix = [Double](repeating: 0, count: m * m)
    for row in 0..<m {
      for column in 0..<m {
        matrix[row * m + column] =
          covariances[(row + 1) * count + column + 1] - covariances[(row + 1) * count]
          - covariances[column + 1] + covariances[0]
      }
    }
    guard let whitened = Self.whitened(differences, matrix) else { return nil }
    statistic = whitened.reduce(0) { $0 + $1 * $1 }
    let (k, n) = (Double(count), Double(units))
    let (above, below) = (k - 1, n - k + 1)
    let f = statistic * below / ((n - 1) * above)
    // P(F > f): Abramowitz & Stegun 26.6.2.
    p = f > 0 ? Beta.cumulative(below / (below + above * f), below / 2, above / 2) : 1
  }

  /// A covariance matrix of k values from few more than k units is next to singular.
  package static let unitsPerValue = 3

  /// L⁻¹x, V = LLᵀ (Cholesky); nil where V is singular.
  private static func whitened(_ vector: [Double], _ matrix: [Double]) -> [Double]? {
    let k = vector.count
    var factor = matrix
    for row in 0..<k {
      for column in 0...row {
        var sum = matrix[row * k + column]
        for place in 0..<column { sum -= factor[row * k + place] * factor[column * k + place] }
        if row == column {
          guard sum > 1e-10 * matrix[row * k + row] else { return nil }
          factor[row * k + row] = sum.squareRoot()
        } else {
          factor[row * k + column] = sum / factor[column * k + column]
        }
      }
    }
    var solved = vector
    for row in 0..<k {
      for place in 0..<row { solved[row] -= factor[row * k + place] * solved[place] }
      solved[row] /= factor[row * k + row]
    }
    return solved
  }
}

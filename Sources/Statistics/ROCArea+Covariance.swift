extension ROCArea {
  /// The covariance with the area of other scores of the same rows (DeLong, DeLong & Clarke-Pearson 1988).
  ///
  /// - Parameter units: the unit of each row, from 0; nil where every row is one
  /// - Returns: nil where a class has a single row, or there is a single unit
  package func covariance(with other: ROCArea, units: [Int32]? = nil) -> Double? {
    if let units { return UnitSums.covariance(influence, other.influence, units: units) }
    let rows = (0..<Int32(influence.count)).map { $0 }
    return covariance(with: other, rows: rows, otherRows: rows)
  }

  /// The covariance with an area over other rows, of which some are the same: overlapping slices, or two models scored on samples that
  /// share people. Only rows in both contribute; each area's factor n/(n − 1) enters by its root, so that no correlation exceeds 1.
  ///
  /// - Parameters:
  ///   - rows: what identifies this area's rows, ascending
  ///   - otherRows: the same for the other area
  /// - Returns: nil where a class of either area has a single row. Complexity: O(rows)
  package func covariance(with other: ROCArea, rows: [Int32], otherRows: [Int32]) -> Double? {
    guard let mine = factors, let theirs = other.factors else { return nil }
    var (positive, negative) = (0.0, 0.0)
    var (a, b) = (0, 0)
    while a < rows.count, b < otherRows.count {
      if rows[a] < otherRows[b] {
        a += 1
      } else if otherRows[b] < rows[a] {
        b += 1
      } else {
        let product = influence[a] * other.influence[b]
        if labels[a] == 1 { positive += product } else { negative += product }
        a += 1
        b += 1
      }
    }
    return positive * (mine.positive * theirs.positive).squareRoot()
      + negative * (mine.negative * theirs.negative).squareRoot()
  }

  /// n/(n − 1) of each class.
  private var factors: (positive: Double, negative: Double)? {
    guard counts.positives > 1, counts.negatives > 1 else { return nil }
    let (m, n) = (Double(counts.positives), Double(counts.negatives))
    return (m / (m - 1), n / (n - 1))
  }
}

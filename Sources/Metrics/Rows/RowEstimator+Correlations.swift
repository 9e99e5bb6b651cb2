import Results

extension RowEstimator {
  /// Whether a unit has rows in several of some groups. Complexity: O(units of all groups).
  package static func isShared(_ groups: [UnitRows]) -> Bool {
    var isSeen = [Bool](repeating: false, count: Int(groups.compactMap(\.units.last).max() ?? 0) + 1)
    for group in groups {
      for unit in group.units {
        if isSeen[Int(unit)] { return true }
        isSeen[Int(unit)] = true
      }
    }
    return false
  }

  /// The correlation of two values over rows that may share units; 0 where either has no error.
  package func correlation(_ a: Result, _ b: Result) -> Double {
    guard let shared = covariance(a, b), shared != 0, let mine = covariance(a, a),
      let theirs = covariance(b, b)
    else { return 0 }
    return max(-1, min(1, shared / (mine * theirs).squareRoot()))
  }

  /// Of each pair of groups, as `UnitCorrelations` has them, to five digits; empty for more groups than it has.
  ///
  /// Complexity: O(groups · units of all groups).
  package func correlations(_ groups: [Result]) -> [Double] {
    guard groups.count <= UnitCorrelations.mostGroups else { return [] }
    return groups.indices.flatMap { a in
      groups[(a + 1)...].map { (correlation(groups[a], $0) * Self.digits).rounded() / Self.digits }
    }
  }

  private static let digits = 1e5
}

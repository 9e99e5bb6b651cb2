extension RankingFairness {
  /// A mean over queries.
  package struct QueryMean: Sendable, Equatable {
    /// nil without a query that has a value.
    package let value: Double?
    /// Of the mean, queries being independent; nil with fewer than two.
    package let standardError: Double?
    package let queries: Int

    init(_ values: [Double]) {
      let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - (mean ?? 0)) * ($1 - (mean ?? 0)) }
      let count = Double(values.count)
      value = mean
      standardError = count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
      queries = values.count
    }
  }

  /// Mean over queries of NDKL and of AWRF, held against each query's own shares of groups.
  ///
  /// Exposure is expected over tied scores; NDKL, which is not linear in the order, mixes the groups of tied rows evenly.
  ///
  /// - Parameters:
  ///   - groups: the group of each row, from 0.
  /// - Complexity: O(rows · groups).
  package static func overQueries(
    _ observations: RankedObservations, groups: [Int], groupCount: Int
  ) -> (ndkl: QueryMean, awrf: QueryMean) {
    let rows = QueryRows(observations)
    let placed = rows.groupsByPlace(groups)
    var divergences: [Double] = []
    var fairness: [Double] = []
    var first = 0
    for size in rows.sizes where size > 0 {
      let list = rows.byRank.rows[first..<first + size].map { Int($0) }
      // Tied rows share their exposure, whichever of them stands where.
      let codes = Array(placed[first..<first + size])
      first += size
      let ones = [Double](repeating: 1, count: size)
      guard let target = shares(of: ones, groups: codes, groupCount: groupCount) else { continue }
      if let value = ndkl(groups: codes, desired: target) { divergences.append(value) }
      let exposures = list.map { rows.exposures[$0] }
      if let value = awrf(exposures: exposures, groups: codes, target: target) { fairness.append(value) }
    }
    return (QueryMean(divergences), QueryMean(fairness))
  }
}

extension RankingFairness {
  /// A measure of every query's list, and what random orders of the same rows have.
  package struct OverLists: Sendable, Equatable {
    package var values: [Double] = []
    /// Means over all orders of each list; of exposure no less than they.
    package var chances: [Double] = []
  }

  /// NDKL, and 1 − AWRF, of every query's list, held against its own shares of groups.
  ///
  /// Exposure is expected over tied scores; NDKL, which is not linear in the order, mixes the groups of tied rows evenly.
  ///
  /// - Parameters:
  ///   - groups: the group of each row, from 0.
  /// - Complexity: O(rows · groups), and O(rows · members) for each new shape of a group in a list.
  package static func overQueries(
    _ observations: RankedObservations, groups: [Int], groupCount: Int
  ) -> (ndkl: OverLists, unfairness: OverLists) {
    let rows = QueryRows(observations)
    let placed = rows.groupsByPlace(groups)
    var (divergence, unfairness) = (OverLists(), OverLists())
    var known: [ListShape: Double] = [:]
    var first = 0
    for size in rows.sizes where size > 0 {
      // Tied rows share their exposure, whichever of them stands where.
      let codes = Array(placed[first..<first + size])
      let exposures = rows.byRank.rows[first..<first + size].map { rows.exposures[Int($0)] }
      first += size
      var members = [Int](repeating: 0, count: groupCount)
      for code in codes { members[code] += 1 }
      let target = members.map { Double($0) / Double(size) }
      let shapes = members.filter { $0 > 0 }.map { ListShape(size: size, members: $0) }
      if let value = ndkl(groups: codes, desired: target) {
        divergence.values.append(value)
        divergence.chances.append(shapes.reduce(0) { $0 + known.value($1, expectedDivergence) })
      }
      if let value = awrf(exposures: exposures, groups: codes, target: target) {
        unfairness.values.append(1 - value)
        unfairness.chances.append(shapes.reduce(0) { $0 + spread($1, of: exposures) } / 2)
      }
    }
    return (divergence, unfairness)
  }
}

import Statistics

/// Rows by outcome in the finest cross of all features that are sliced by: every slice is a sum of strata, so that one draw of the
/// strata moves all slices together as resampled rows would.
package struct CellStrata: Sendable {
  /// The rows of each stratum.
  let counts: [OutcomeCounts]
  /// Names the draws of each stratum: its groups in words, so that neither the order of rows nor codes matter.
  private let keys: [String]
  /// The strata of each slice, by the slice's name.
  private let members: [String: [Int32]]
  /// Draws of each number of rows; empty with weights.
  private let tables: [Int: PoissonTable]

  init(counts: [OutcomeCounts], keys: [String], members: [String: [Int32]], isWeighted: Bool) {
    self.counts = counts
    self.keys = keys
    self.members = members
    tables = isWeighted ? [:] : Self.tables(counts)
  }

  private static func tables(_ counts: [OutcomeCounts]) -> [Int: PoissonTable] {
    let distinct = Set(counts.flatMap(\.rows)).union([0])
    return Dictionary(uniqueKeysWithValues: distinct.map { ($0, PoissonTable(mean: Double($0))) })
  }

  /// nil for a name that is no slice.
  func strata(of slice: String) -> [Int32]? { members[slice] }

  /// Adds the replicates of some strata. Complexity: O(strata · replicates).
  func add(_ strata: [Int32], seed: UInt64, into cells: inout [Double]) {
    for stratum in strata {
      let own = counts[Int(stratum)]
      let random = KeyedRandom(seed: seed, key: "stratum " + keys[Int(stratum)])
      if tables.isEmpty {
        CellDraws.addGamma(
          means: own.weights, variances: own.squaredWeights, random: random, into: &cells)
      } else {
        let each = own.rows.compactMap { tables[$0] }
        CellDraws.addPoisson(each[0], each[1], each[2], each[3], random: random, into: &cells)
      }
    }
  }

  /// One stratum by itself: a slice of which nothing else is known.
  init(_ counts: OutcomeCounts, name: String, isWeighted: Bool) {
    self.init(counts: [counts], keys: [name], members: [name: [0]], isWeighted: isWeighted)
  }
}

import Slicing
import Statistics

/// The slices that effects are drawn of, and which of their rows.
struct EffectSlices: Sendable {
  struct Slice: Sendable {
    /// The evaluation's index.
    let index: Int
    /// The feature that it is a group of; nil for all rows.
    let feature: String?
    /// All of its rows, ascending.
    let rows: [Int32]
    /// Those that partial dependence is averaged over, ascending.
    let sampled: [Int32]
  }

  /// Rows that partial dependence is averaged over in a slice; a slice with more is sampled.
  static let rowLimit = 2000

  private(set) var slices: [Slice] = []

  /// All rows, then each explained group of each family of a single feature.
  ///
  /// Samples take the rows that are first in one random order, so that those of a group and of all rows overlap.
  init(_ input: ExplanationInput, seed: UInt64, rowLimit: Int = EffectSlices.rowLimit) {
    let all = Array(0..<Int32(input.rowCount))
    var random = KeyedRandom(seed: seed, key: "effects: rows")
    let order = input.rowCount > rowLimit ? random.permutation(of: input.rowCount) : []
    for (place, family) in input.plan.families.enumerated() where family.features.count <= 1 {
      let explained = input.explainedGroups(place)
      let groups = Self.rows(explained.codes, count: explained.count, in: all)
      let sampled = Self.rows(explained.codes, count: explained.count, in: order)
      for (position, rows) in groups.enumerated() {
        slices.append(
          Slice(
            index: explained.slices[position],
            feature: family.features.first.map { input.plan.groupings[$0].feature }, rows: rows,
            sampled: rows.count > rowLimit ? sampled[position].prefix(rowLimit).sorted() : rows))
      }
    }
  }

  /// One slice of chosen rows.
  init(rows: [Int32]) { slices = [Slice(index: 0, feature: nil, rows: rows, sampled: rows)] }

  /// The rows of each group in the given order.
  private static func rows(_ positions: [Int32], count: Int, in order: [Int32]) -> [[Int32]] {
    var groups = [[Int32]](repeating: [], count: count)
    for row in order where positions[Int(row)] >= 0 { groups[Int(positions[Int(row)])].append(row) }
    return groups
  }
}

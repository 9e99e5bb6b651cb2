import Metrics
import Models
import Results
import Slicing
import Tables

/// The rows of an explanation, their slices, and the model that scores them again.
package struct ExplanationInput: Sendable {
  package let rescorer: any Rescoring
  /// The output that is explained: the score of the positive class.
  package let output: Int
  /// The raw columns that the model reads, as the rescorer's `features` list them.
  package let columns: [Column]
  /// All columns that were read, for strata; the same rows.
  package let table: Table
  /// Labels and weights; decisions and scores are the model's own, from `scores(moving: [])`.
  package let observations: Observations
  /// Whether labels are known.
  package let hasLabel: Bool
  package let cut: Double
  /// Whether a score must be above the cut.
  package let isStrict: Bool
  /// Families of slices over these rows, `overall` first.
  package let plan: SlicePlan
  /// The unit of each row, from 0; nil where every row is one.
  package let units: [Int32]?
  /// The evaluation's index of each family's first shown slice.
  package let firstSlice: [Int]
  /// By family, the group that gaps are taken to, by position in `shown`; nil for the widest gap between any two.
  package let references: [Int?]

  /// - Parameter references: none where nil
  package init(
    rescorer: any Rescoring, output: Int, columns: [Column], table: Table, observations: Observations,
    hasLabel: Bool, cut: Double, isStrict: Bool, plan: SlicePlan, units: [Int32]?, firstSlice: [Int],
    references: [Int?]? = nil
  ) {
    self.rescorer = rescorer
    self.output = output
    self.columns = columns
    self.table = table
    self.observations = observations
    self.hasLabel = hasLabel
    self.cut = cut
    self.isStrict = isStrict
    self.plan = plan
    self.units = units
    self.firstSlice = firstSlice
    self.references = references ?? plan.families.map { _ in nil }
  }

  package var rowCount: Int { observations.rowCount }

  /// 1 where a score makes a positive decision.
  package func decisions(_ scores: [Double]) -> [UInt8] {
    isStrict ? scores.map { $0 > cut ? 1 : 0 } : scores.map { $0 >= cut ? 1 : 0 }
  }

  /// The group of every row in a family, by position in `shown`; -1 where its group is not shown.
  ///
  /// Complexity: O(rows · features of the family).
  package func positions(_ family: SlicePlan.Family) -> [Int32] {
    var place = [Int32](repeating: -1, count: family.groupCount)
    for (position, group) in family.shown.enumerated() { place[group] = Int32(position) }
    var codes = [Int](repeating: 0, count: rowCount)
    for (feature, radix) in zip(family.features, family.radices) {
      let own = plan.groupings[feature].codes
      for row in codes.indices { codes[row] = codes[row] * radix + Int(own[row]) }
    }
    return codes.map { place[$0] }
  }
}

/// What moves together, by index in the model's columns.
package struct FeatureGroup: Sendable, Equatable {
  package let name: String
  package let members: Set<Int>

  package init(name: String, members: Set<Int>) {
    self.name = name
    self.members = members
  }
}

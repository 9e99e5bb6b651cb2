import Results
import Tables

/// The pools of donors that a conditioning gives, and what they are.
package struct DonorChoice: Sendable {
  package let pools: DonorPools
  /// For each feature group, its pools in words, by pool number; nil where all rows are one pool, and for strata.
  package let leaves: [[Leaf]?]
  package let notes: [String]

  /// A leaf of the tree that predicts a feature group from the other features.
  package struct Leaf: Sendable, Equatable {
    /// `age ≤ 32 & job in {clerk, (missing)}`; `all rows` where nothing predicts the group.
    package let rule: String
    package let rows: Int
  }

  init(pools: DonorPools, leaves: [[Leaf]?], notes: [String]) {
    (self.pools, self.leaves, self.notes) = (pools, leaves, notes)
  }

  init(
    _ input: ExplanationInput, _ settings: ExplanationSettings, _ groups: [FeatureGroup],
    _ values: Diagnostics.Values
  ) throws(Failure) {
    switch settings.conditioning {
    case .none:
      self.init(
        pools: DonorPools(byGroup: groups.map { _ in nil }), leaves: groups.map { _ in nil }, notes: [])
    case .strata(let names):
      self = try Self.strata(names, input, groups)
    case .leaves(let depth):
      self = try Self.leaves(depth: depth, input, settings, groups, values)
    }
  }
}

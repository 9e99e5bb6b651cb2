import Results
import Slicing

/// The groups of a family that are explained: all that are shown, or the ones with the most rows where those are too many to
/// be looked at one by one.
package struct ExplainedGroups: Sendable {
  /// Groups of a family that are explained at most.
  package static let limit = 50

  /// The evaluation's index of each, ascending.
  package let slices: [Int]
  /// The explained group of every row, from 0; -1 where its group is not shown or left out.
  package let codes: [Int32]
  /// The group that gaps are taken to; nil where none is named.
  package let reference: Int?
  /// Says how many groups with rows were left out; nil where none was.
  package let note: String?

  /// Of as many rows the earlier group is taken first; the reference is always among them.
  ///
  /// - Parameter family: index in the plan
  /// Complexity: O(rows · features of the family + groups · log groups).
  init(_ input: ExplanationInput, family index: Int, limit: Int = ExplainedGroups.limit) {
    let family = input.plan.families[index]
    let named = input.references[index]
    let positions = input.positions(family)
    var sizes = [Int](repeating: 0, count: family.shown.count)
    for position in positions where position >= 0 { sizes[Int(position)] += 1 }
    var kept = Array(sizes.indices)
    let filled = sizes.count { $0 > 0 }
    if kept.count > limit {
      kept = kept.filter { sizes[$0] > 0 }.sorted { one, other in
        if (one == named) != (other == named) { return one == named }
        return sizes[one] == sizes[other] ? one < other : sizes[one] > sizes[other]
      }
      kept = kept.prefix(limit).sorted()
    }
    var places = [Int32](repeating: -1, count: sizes.count)
    for (place, position) in kept.enumerated() { places[position] = Int32(place) }
    slices = kept.map { input.firstSlice[index] + $0 }
    codes = positions.map { $0 < 0 ? -1 : places[Int($0)] }
    reference = named.flatMap { kept.firstIndex(of: $0) }
    let name = SliceName.family(family.features.map { input.plan.groupings[$0].feature })
    note =
      filled > limit
      ? "Of the \(filled) groups of \(name) only the \(limit) with the most rows are explained, in gaps too; \(filled - limit) are left out."
      : nil
  }

  package var count: Int { slices.count }
}

extension ExplanationInput {
  /// - Parameter family: index in the plan
  package func explainedGroups(_ family: Int) -> ExplainedGroups { ExplainedGroups(self, family: family) }

  /// What was left out of each family.
  package var groupNotes: [String] { plan.families.indices.compactMap { explainedGroups($0).note } }
}

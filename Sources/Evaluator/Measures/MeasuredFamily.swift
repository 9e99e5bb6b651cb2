import Fairness
import Metrics
import Results
import Slicing

/// The groups of a family whose measures are wanted, and what each is compared with.
struct MeasuredFamily: Sendable {
  /// Index of the family, and of its first slice, in the evaluation.
  let index: Int
  let first: Int
  let features: [String]
  /// The reported groups.
  let groups: [Side]
  let overall: Side
  /// Position of the reference group; nil where there is one group only.
  let reference: Int?
  /// How the reference was chosen.
  let rule: String

  /// - Parameter named: position of the named reference
  init(index: Int, first: Int, features: [String], groups: [Side], overall: Side, named: Int?) {
    (self.index, self.first, self.features) = (index, first, features)
    (self.groups, self.overall) = (groups, overall)
    let largest = groups.indices.reduce(0) { groups[$1].rows > groups[$0].rows ? $1 : $0 }
    reference = named ?? (groups.count > 1 ? largest : nil)
    rule = named == nil ? "the largest group is the reference" : "the reference was named"
  }

  /// The evaluation's index of a group.
  func slice(_ position: Int) -> Int { first + position }

  /// The evaluation's index of a group by its name.
  func slice(named name: String?) -> Int? {
    name.flatMap { name in groups.firstIndex { $0.name == name } }.map(slice)
  }
}

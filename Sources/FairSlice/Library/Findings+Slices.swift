import Results
import Slicing

extension Findings {
  /// One term of a slice: a feature and the group of it that the rows are in.
  public struct Group: Sendable, Hashable {
    /// Name of the column.
    public let feature: String
    /// The value, a bin (`[25, 45)`), or `(missing)` for the rows that have none.
    public let value: String
  }

  /// Rows that have the same groups of some features.
  public struct Slice: Sendable, Equatable, Identifiable {
    /// Position in ``Findings/slices``.
    public let index: Int
    /// The slice as a predicate, with escapes: `sex=Female & race=Black`, `overall`.
    public let name: String
    /// The same for a person to read, without the features: `Female & Black`, `Overall`.
    public let label: String
    /// The features that its family divides the rows by, `sex*race`; empty for all rows.
    public let family: String
    /// What its rows have in common, in the order of the name; empty for all rows.
    public let groups: [Group]
    /// Rows.
    public let rowCount: Int
    /// Sum of their weights; the rows where there are none.
    public let weight: Double
    /// Whether it is the group that the configuration names as the reference of its family.
    public let isReference: Bool

    /// The name, which no other slice has.
    public var id: String { name }

    init(_ evaluation: Evaluation, _ index: Int) {
      self.index = index
      let columns = evaluation.slices
      let family = evaluation.families[columns.family[index]]
      name = columns.predicate[index]
      label = columns.label[index]
      self.family = family.name
      groups = Self.groups(of: name, features: family.features)
      rowCount = columns.rows[index]
      weight = columns.weight[index]
      isReference = family.reference == index
    }

    /// The terms of what may be a predicate, without the spaces around them; none where it is none.
    static func terms(of name: String) -> [Group] {
      EscapedText(name).terms.map { Group(feature: $0.feature.plain, value: $0.group.plain) }
    }

    /// The terms of a slice's own name, with every space that a value begins or ends with.
    private static func groups(of name: String, features: [String]) -> [Group] {
      let parts = EscapedText(name).split(at: "&").map(\.plain)
      return zip(features, parts).enumerated().map { place, pair in
        // Between two terms stands “ & ”.
        let term = pair.1.dropFirst(place > 0 ? 1 : 0).dropLast(place < features.count - 1 ? 1 : 0)
        return Group(feature: pair.0, value: String(term.dropFirst(pair.0.count + 1)))
      }
    }
  }

  /// The slices of one family.
  ///
  /// - Parameter features: names of the features, in any order; none for all rows
  /// - Returns: empty where no such family was asked for. Complexity: O(slices).
  public func slices(by features: String...) -> [Slice] {
    let wanted = Set(features)
    guard wanted.count == features.count,
      let family = evaluation.families.first(where: { Set($0.features) == wanted })
    else { return [] }
    return Array(slices[family.slices])
  }
}

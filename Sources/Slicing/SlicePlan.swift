import Results
import Tables

/// The slice families of a run, with the groups of every feature worked out.
package struct SlicePlan: Sendable {
  /// A family: the cross of some groupings, or all rows where there are none.
  package struct Family: Sendable {
    /// Indices into `groupings`, the first one varying slowest.
    package let features: [Int]
    /// Number of groups of each feature.
    package let radices: [Int]
    /// The groups that are reported, ascending; all of them unless a single group was named.
    package let shown: [Int]

    /// Number of groups, shown or not.
    package var groupCount: Int { radices.reduce(1, *) }

    /// The group of each feature in cross group `group`.
    package func digits(of group: Int) -> [Int] {
      var rest = group
      var digits: [Int] = []
      for radix in radices.reversed() {
        digits.append(rest % radix)
        rest /= radix
      }
      return digits.reversed()
    }
  }

  /// The most slices that one run may have.
  package static let sliceLimit = 1_000_000

  package let groupings: [Grouping]
  /// `overall` first, then the families in the order they were asked for.
  package let families: [Family]

  /// - Throws: `Failure` when a column is missing, a named group does not occur, or there are too many
  ///   slices.
  package init(_ specs: [SliceSpec], of table: Table) throws(Failure) {
    var groupings: [Grouping] = []
    var known: [(name: String, binning: SliceSpec.Binning)] = []
    var families = [Family(features: [], radices: [], shown: [0])]
    var total = 1
    for spec in specs {
      var indices: [Int] = []
      for feature in spec.features {
        if let old = known.firstIndex(where: { $0 == (feature.name, feature.binning) }) {
          indices.append(old)
          continue
        }
        guard let column = table.column(named: feature.name) else {
          throw Failure(.data, "there is no column “\(feature.name)” to slice by")
        }
        indices.append(groupings.count)
        known.append((feature.name, feature.binning))
        groupings.append(try Grouping(column, binning: feature.binning))
      }
      let family = try Self.family(spec, indices, groupings)
      if families.contains(where: { $0.features == family.features && $0.shown == family.shown }) { continue }
      total += family.shown.count
      try Self.checkCount(total, spec)
      families.append(family)
    }
    self.groupings = groupings
    self.families = families
  }

  init(groupings: [Grouping], families: [Family]) {
    (self.groupings, self.families) = (groupings, families)
  }

  private static func family(
    _ spec: SliceSpec, _ indices: [Int], _ groupings: [Grouping]
  ) throws(Failure) -> Family {
    let radices = indices.map { groupings[$0].groups.count }
    var count = 1
    for radix in radices {
      count = count.multipliedReportingOverflow(by: radix).overflow ? .max : count * radix
      try checkCount(count, spec)
    }
    var shown = Array(0..<count)
    let family = Family(features: indices, radices: radices, shown: shown)
    for (position, feature) in spec.features.enumerated() {
      guard let only = feature.only else { continue }
      let grouping = groupings[indices[position]]
      guard let group = grouping.index(of: only) else { throw unknownGroup(only, grouping) }
      shown.removeAll { family.digits(of: $0)[position] != group }
    }
    return Family(features: indices, radices: radices, shown: shown)
  }

  /// The failure for a group that a feature does not have.
  package static func unknownGroup(_ choice: SliceSpec.Choice, _ grouping: Grouping) -> Failure {
    let name = if case .value(let text) = choice { text } else { SliceName.missing }
    return Failure(
      .data, "feature “\(grouping.feature)” has no group “\(name)”",
      advice: Suggestion.phrase(for: name, among: grouping.groups.map(\.label)))
  }

  private static func checkCount(_ count: Int, _ spec: SliceSpec) throws(Failure) {
    guard count > sliceLimit else { return }
    let name = SliceName.family(spec.features.map(\.name))
    throw Failure(
      .data, "slicing by \(name) gives more than \(sliceLimit) slices",
      advice: "cross fewer features, or cut them into bins")
  }
}

import Results

extension SlicePlan {
  /// The names of a family's features.
  package func featureNames(_ family: Family) -> [String] {
    family.features.map { groupings[$0].feature }
  }

  /// `sex=Female & race=Black`, or `overall`.
  package func predicate(_ family: Family, group: Int) -> String {
    guard !family.features.isEmpty else { return SliceName.overall }
    return zip(family.features, family.digits(of: group)).map { feature, digit in
      let grouping = groupings[feature]
      return "\(SliceName.escape(grouping.feature))=\(grouping.groups[digit].predicate)"
    }.joined(separator: " & ")
  }

  /// `Female & Black`, for a person.
  package func label(_ family: Family, group: Int) -> String {
    guard !family.features.isEmpty else { return "Overall" }
    return zip(family.features, family.digits(of: group)).map { feature, digit in
      groupings[feature].groups[digit].label
    }.joined(separator: " & ")
  }

  /// The cross group that the named references pick in this family: all of its features must have one.
  ///
  /// - Throws: `Failure` when a reference names a group that its feature does not have.
  package func reference(_ family: Family, _ references: [String: String]) throws(Failure) -> Int? {
    guard !family.features.isEmpty else { return nil }
    var group = 0
    for (feature, radix) in zip(family.features, family.radices) {
      let grouping = groupings[feature]
      guard let text = references[grouping.feature] else { return nil }
      let choice: SliceSpec.Choice = text == SliceName.missing ? .missing : .value(text)
      guard let digit = grouping.index(of: choice) else {
        throw Self.unknownGroup(choice, grouping)
      }
      group = group * radix + digit
    }
    return group
  }
}

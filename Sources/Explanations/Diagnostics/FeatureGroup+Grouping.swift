import Results

extension FeatureGroup {
  /// What moves together: the named groups, then features that are strongly associated, then each of the rest alone;
  /// ordered by their first member in the model's columns.
  ///
  /// Complexity: O(features³).
  ///
  /// - Throws: `data` for a name that is not there or is taken, or a threshold outside (0, 1].
  package static func groups(
    _ settings: ExplanationSettings, associations: FeatureAssociations
  ) throws(Failure) -> [FeatureGroup] {
    let names = associations.names
    var groups = try named(settings.groups, among: names)
    let taken = groups.reduce(into: Set<Int>()) { $0.formUnion($1.members) }
    var rest = names.indices.filter { !taken.contains($0) }.map { [$0] }
    if let threshold = settings.groupingAssociation {
      guard threshold > 0, threshold <= 1 else {
        throw Failure(
          .data, "the association that groups features is \(NumberText.text(threshold))",
          advice: "give a number above 0 and at most 1, such as 0.8")
      }
      rest = clusters(rest, associations, threshold: threshold)
    }
    groups += rest.map { members in
      FeatureGroup(name: members.map { names[$0] }.joined(separator: " + "), members: Set(members))
    }
    if let twice = firstDuplicate(groups.map(\.name)) {
      throw Failure(.data, "two groups of features are named “\(twice)”", advice: "rename one of them")
    }
    return groups.sorted { ($0.members.min() ?? 0) < ($1.members.min() ?? 0) }
  }

  private static func named(
    _ wanted: [ExplanationSettings.NamedGroup], among names: [String]
  ) throws(Failure) -> [FeatureGroup] {
    var owners: [Int: String] = [:]
    var groups: [FeatureGroup] = []
    for group in wanted {
      guard !group.name.isEmpty else {
        throw Failure(.data, "a group of features has no name", advice: "name it")
      }
      guard !group.columns.isEmpty else {
        throw Failure(
          .data, "the group “\(group.name)” has no columns", advice: "list its columns, or leave it out")
      }
      var members: Set<Int> = []
      for column in group.columns {
        let index = try position(of: column, group.name, names)
        if let owner = owners.updateValue(group.name, forKey: index) {
          throw twice(column, owner, group.name)
        }
        members.insert(index)
      }
      if let other = names.firstIndex(of: group.name), !members.contains(other) {
        throw Failure(
          .data, "the group “\(group.name)” is named like a feature that is not in it",
          advice: "give the group another name")
      }
      groups.append(FeatureGroup(name: group.name, members: members))
    }
    return groups
  }

  private static func position(
    of column: String, _ group: String, _ names: [String]
  ) throws(Failure) -> Int {
    if let index = names.firstIndex(of: column) { return index }
    throw Failure(
      .data, "the group “\(group)” names “\(column)”, which is no column that the model reads",
      advice: Suggestion.phrase(for: column, among: names))
  }

  private static func twice(_ column: String, _ owner: String, _ group: String) -> Failure {
    let place = owner == group ? "twice in the group “\(group)”" : "in the groups “\(owner)” and “\(group)”"
    return Failure(
      .data, "the column “\(column)” is \(place)", advice: "a column moves with one group: list it once")
  }

  private static func firstDuplicate(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }

  /// Hierarchical clusters by complete linkage: every two members of a cluster are at least so strongly associated,
  /// which is what the threshold promises; average and single linkage would chain features that have nothing to do
  /// with each other. Of equally strong merges the one with the first features is made.
  private static func clusters(
    _ singles: [[Int]], _ associations: FeatureAssociations, threshold: Double
  ) -> [[Int]] {
    var clusters = singles
    while let (first, second) = strongestPair(clusters, associations.matrix, threshold) {
      clusters[first] = (clusters[first] + clusters[second]).sorted()
      clusters.remove(at: second)
    }
    return clusters
  }

  private static func strongestPair(
    _ clusters: [[Int]], _ matrix: [[Double]], _ threshold: Double
  ) -> (Int, Int)? {
    var best: (first: Int, second: Int, value: Double)?
    for first in clusters.indices {
      for second in clusters.indices where second > first {
        let values = clusters[first].flatMap { a in clusters[second].map { b in matrix[a][b] } }
        // A constant feature is associated with nothing.
        let weakest = values.reduce(1) { $1.isNaN ? 0 : min($0, $1) }
        if weakest >= threshold, weakest > best?.value ?? 0 { best = (first, second, weakest) }
      }
    }
    return best.map { ($0.first, $0.second) }
  }
}

extension SlicePlan {
  /// The same groups and families over some of the rows; a group may be left without rows.
  ///
  /// Complexity: O(rows · groupings).
  package func selecting(_ rows: [Int]) -> SlicePlan {
    SlicePlan(
      groupings: groupings.map { grouping in
        Grouping(
          feature: grouping.feature, groups: grouping.groups, codes: rows.map { grouping.codes[$0] })
      }, families: families)
  }
}

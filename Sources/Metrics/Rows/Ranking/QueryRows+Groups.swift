extension QueryRows {
  /// The group of the row at each place of all lists, one list after the other.
  ///
  /// Tied rows have no order of their own: their groups are mixed evenly, the j-th of c rows of a group at (j − ½)/c of
  /// the run, so that the order of rows in the data says nothing. Where ties are in row order they stay there.
  ///
  /// - Parameter codes: the group of each row, from 0
  /// - Complexity: O(rows), and O(run · log run) for each run of tied rows.
  func groupsByPlace(_ codes: [Int]) -> [Int] {
    var groups = byRank.rows.map { codes[Int($0)] }
    var place = 0
    while place < groups.count {
      let end = place + runs[Int(byRank.rows[place])].count
      if end - place > 1 { groups.replaceSubrange(place..<end, with: Self.mixed(groups[place..<end])) }
      place = end
    }
    return groups
  }

  private static func mixed(_ run: ArraySlice<Int>) -> [Int] {
    var counts: [Int: Int] = [:]
    for group in run { counts[group, default: 0] += 1 }
    guard counts.count > 1 else { return Array(run) }
    var seats: [(odd: Int, count: Int, group: Int)] = []
    for (group, count) in counts {
      for seat in 0..<count { seats.append((2 * seat + 1, count, group)) }
    }
    return seats.sorted { a, b in
      let (first, second) = (a.odd * b.count, b.odd * a.count)
      return first == second ? a.group < b.group : first < second
    }.map(\.group)
  }
}

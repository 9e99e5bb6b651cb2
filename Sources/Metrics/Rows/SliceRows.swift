import Slicing

/// The rows of every group of a family, ascending.
package enum SliceRows {
  /// Complexity: O(rows).
  package static func groups(_ family: SlicePlan.Family, of plan: SlicePlan, rowCount: Int) -> [[UInt32]] {
    guard !family.features.isEmpty else { return [Array(0..<UInt32(rowCount))] }
    let codes = FamilyWalk.codes(
      family.features.map { plan.groupings[$0].codes }, radices: family.radices, rowCount: rowCount)
    var sizes = [Int](repeating: 0, count: family.groupCount)
    for code in codes { sizes[Int(code)] += 1 }
    var rows = sizes.map { size in
      var rows: [UInt32] = []
      rows.reserveCapacity(size)
      return rows
    }
    for (row, code) in codes.enumerated() { rows[Int(code)].append(UInt32(row)) }
    return rows
  }

  /// The rows that are not among `rows`.
  package static func outside(_ rows: [UInt32], rowCount: Int) -> [UInt32] {
    var rest: [UInt32] = []
    rest.reserveCapacity(rowCount - rows.count)
    var next = 0
    for row in 0..<UInt32(rowCount) {
      if next < rows.count, rows[next] == row {
        next += 1
      } else {
        rest.append(row)
      }
    }
    return rest
  }
}

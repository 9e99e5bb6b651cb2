import Results
import Tables

/// Finds, for each row of one table, the row of another with the same unit.
///
/// Units are compared as texts, as groups are: `1` and `1.0` are two. Both dictionaries are sorted, so that
/// one pass over both settles every text. Complexity: O(rows + units).
struct UnitJoin: Sendable {
  /// The partner of each row; nil where there is none.
  let partners: [Int?]
  /// Rows of the other table that are no row's partner.
  let unused: Int

  /// - Parameter unit: name of the column that both tables have, as a category without missing values.
  /// - Throws: `data` where a unit occurs twice in either table.
  init(_ table: Table, _ other: Table, unit: String) throws(Failure) {
    let mine = try Self.rows(of: table, unit: unit)
    let theirs = try Self.rows(of: other, unit: unit)
    let matches = Self.match(mine.column.categories, theirs.column.categories)
    partners = mine.column.codes.map { code in
      let match = matches[Int(code)]
      return match < 0 ? nil : Int(theirs.rowOfCode[Int(match)])
    }
    unused = other.rowCount - partners.count { $0 != nil }
  }

  private static func rows(
    of table: Table, unit: String
  ) throws(Failure) -> (column: CategoryColumn, rowOfCode: [Int32]) {
    let column = try RoleColumns(table).category(unit)
    var rowOfCode = [Int32](repeating: -1, count: column.categories.count)
    for (row, code) in column.codes.enumerated() {
      guard code >= 0 else {
        throw Failure(.defect, "\(table.origin.place(ofRow: row)): a row without a unit was read")
      }
      guard rowOfCode[Int(code)] < 0 else {
        let first = table.origin.line(ofRow: Int(rowOfCode[Int(code)])).map { " on line \($0)" } ?? ""
        throw Failure(
          .data,
          "\(table.origin.place(ofRow: row)): column “\(unit)”: the unit “\(column.categories[Int(code)])” "
            + "has had a row before\(first)",
          advice: "To join a baseline from another file, each unit has one row in each; name a column that "
            + "tells rows apart with --unit.")
      }
      rowOfCode[Int(code)] = Int32(row)
    }
    return (column, rowOfCode)
  }

  /// The place of each text among `others`, or −1. Both are sorted by their bytes.
  private static func match(_ texts: [String], _ others: [String]) -> [Int32] {
    var matches = [Int32](repeating: -1, count: texts.count)
    var (i, j) = (0, 0)
    var lone: (mine: [Int], others: [Int]) = ([], [])
    while i < texts.count, j < others.count {
      if texts[i] == others[j] {
        matches[i] = Int32(j)
        i += 1
        j += 1
      } else if texts[i].utf8.lexicographicallyPrecedes(others[j].utf8) {
        lone.mine.append(i)
        i += 1
      } else {
        lone.others.append(j)
        j += 1
      }
    }
    lone.mine += i..<texts.count
    lone.others += j..<others.count
    matchAccented(texts, others, lone, &matches)
    return matches
  }

  /// Texts that Unicode holds to be the same may be written, and so sorted, differently.
  private static func matchAccented(
    _ texts: [String], _ others: [String], _ lone: (mine: [Int], others: [Int]), _ matches: inout [Int32]
  ) {
    func isAccented(_ text: String) -> Bool { text.utf8.contains { $0 >= 0x80 } }
    let left = lone.mine.filter { isAccented(texts[$0]) }
    guard !left.isEmpty else { return }
    var places: [String: Int32] = [:]
    for place in lone.others where isAccented(others[place]) { places[others[place]] = Int32(place) }
    for text in left { matches[text] = places[texts[text]] ?? -1 }
  }
}

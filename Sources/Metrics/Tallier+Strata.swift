import Slicing
import Statistics

extension Tallier {
  /// What the bootstrap draws from: one table of the finest cross of all features, so that all slices move together; where that would be
  /// far more work than drawing every slice, one table a family, in which the groups and all rows move together.
  ///
  /// - Parameter tallies: of the plan's families.
  /// Complexity: O(rows · features + families · strata).
  package func strata(_ plan: SlicePlan, _ tallies: [FamilyTally]) -> [CellStrata] {
    let slices = plan.families.reduce(0) { $0 + $1.shown.count }
    let limit = max(Self.leastStrata, Self.strataPerSlice * slices) / plan.families.count
    if let joint = joint(plan, limit: limit) { return [joint] }
    return zip(plan.families, tallies).map { family, tally in
      var members = ["overall": tally.outcomes.indices.map(Int32.init)]
      for group in family.shown { members[plan.predicate(family, group: group)] = [Int32(group)] }
      return CellStrata(
        counts: tally.outcomes, keys: tally.outcomes.indices.map { plan.predicate(family, group: $0) },
        members: members, isWeighted: weights != nil)
    }
  }

  /// Drawing a stratum takes about a third of what the statistics of a slice take.
  private static let strataPerSlice = 5
  private static let leastStrata = 5_000

  /// The finest cross, without its empty cells; nil where there are more than `limit`.
  private func joint(_ plan: SlicePlan, limit: Int) -> CellStrata? {
    let features = Set(plan.families.flatMap(\.features)).sorted()
    guard let cross = StrataCross(features.map { codes[$0] }, plan, features, limit, rows: cells.count)
    else { return nil }
    let outcomes = outcomes(cross.codes, groups: cross.count)
    let keys = (0..<cross.count).map { stratum in
      zip(features, cross.digits).map { feature, digits in
        let grouping = plan.groupings[feature]
        return "\(grouping.feature)=\(grouping.groups[digits[stratum]].predicate)"
      }.joined(separator: " & ")
    }
    var members: [String: [Int32]] = [:]
    for family in plan.families {
      let places = family.features.compactMap { features.firstIndex(of: $0) }
      var strata = [[Int32]](repeating: [], count: family.groupCount)
      for stratum in 0..<cross.count {
        let group = zip(places, family.radices).reduce(0) { $0 * $1.1 + cross.digits[$1.0][stratum] }
        strata[group].append(Int32(stratum))
      }
      for group in family.shown { members[plan.predicate(family, group: group)] = strata[group] }
    }
    return CellStrata(counts: outcomes, keys: keys, members: members, isWeighted: weights != nil)
  }
}

/// The groups of several features together that occur, numbered in the order of the features' groups.
private struct StrataCross {
  private(set) var count = 1
  /// The stratum of each row.
  private(set) var codes: [UInt32]
  /// For each feature the group of each stratum.
  private(set) var digits: [[Int]] = []

  /// nil where more than `limit` occur.
  init?(_ features: [[UInt16]], _ plan: SlicePlan, _ places: [Int], _ limit: Int, rows: Int) {
    codes = [UInt32](repeating: 0, count: rows)
    for (feature, place) in zip(features, places) {
      let radix = plan.groupings[place].groups.count
      guard Double(count) * Double(radix) <= 0x1p24 else { return nil }
      codes = FamilyWalk.cross(codes, feature, radix: radix)
      var seen = [Bool](repeating: false, count: count * radix)
      for code in codes { seen[Int(code)] = true }
      let found = seen.indices.filter { seen[$0] }
      guard found.count <= limit else { return nil }
      var number = [UInt32](repeating: 0, count: seen.count)
      for (index, code) in found.enumerated() { number[code] = UInt32(index) }
      for row in codes.indices { codes[row] = number[Int(codes[row])] }
      digits = digits.map { old in found.map { old[$0 / radix] } } + [found.map { $0 % radix }]
      count = found.count
    }
  }
}

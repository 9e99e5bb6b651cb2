import Metrics
import Results
import Tables

extension DonorChoice {
  /// Rows that agree in all of the columns, numbers by value, share a pool; a missing value is one too.
  ///
  /// A feature group that holds some of the columns takes donors that agree in the others: given itself, a feature
  /// cannot move.
  ///
  /// - Throws: `data` for columns that are not there, or where more than half of the rows would be alone
  static func strata(
    _ names: [String], _ input: ExplanationInput, _ groups: [FeatureGroup]
  ) throws(Failure) -> DonorChoice {
    guard !names.isEmpty else {
      throw Failure(.data, "strata without columns", advice: "name the columns in which donors must agree")
    }
    var codes: [[Int32]] = []
    for name in names {
      guard let column = input.table.column(named: name) else {
        throw Failure(
          .data, "there is no column “\(name)” to take strata from",
          advice: Suggestion.phrase(for: name, among: input.table.columns.map(\.name)))
      }
      codes.append(values(column))
    }
    var notes: [String] = []
    var byGroup: [[Int32]?] = []
    var known: [Set<Int>: [Int32]] = [:]
    for group in groups {
      let own = Set(group.members.map { input.columns[$0].name })
      let kept = names.indices.filter { !own.contains(names[$0]) }
      if kept.count < names.count {
        notes.append(note(group, names.filter(own.contains), kept.map { names[$0] }))
      }
      guard !kept.isEmpty else {
        byGroup.append(nil)
        continue
      }
      let pools = known[Set(kept)] ?? crossed(kept.map { codes[$0] })
      if known.updateValue(pools, forKey: Set(kept)) == nil {
        try checkAlone(pools, kept.map { names[$0] })
      }
      byGroup.append(pools)
    }
    return DonorChoice(pools: DonorPools(byGroup: byGroup), leaves: groups.map { _ in nil }, notes: notes)
  }

  private static func note(_ group: FeatureGroup, _ own: [String], _ kept: [String]) -> String {
    let list = { (names: [String]) in names.map { "“\($0)”" }.joined(separator: ", ") }
    let donors = kept.isEmpty ? "all rows" : "rows that agree in \(list(kept))"
    return "Given \(list(own)) “\(group.name)” cannot move: its donors are \(donors)."
  }

  private static func values(_ column: Column) -> [Int32] {
    if case .category(let codes, _, _) = FeatureValues(column, isCategory: true).kind { codes } else { [] }
  }

  /// One number for each combination that occurs, in order of first occurrence.
  private static func crossed(_ codes: [[Int32]]) -> [Int32] {
    guard var pools = codes.first else { return [] }
    for next in codes.dropFirst() {
      var numbers: [Int64: Int32] = [:]
      for row in pools.indices {
        let key = Int64(pools[row]) << 32 | Int64(next[row])
        let number = numbers[key] ?? Int32(numbers.count)
        numbers[key] = number
        pools[row] = number
      }
    }
    return pools
  }

  private static func checkAlone(_ pools: [Int32], _ names: [String]) throws(Failure) {
    var counts = [Int](repeating: 0, count: Int(pools.max() ?? -1) + 1)
    for pool in pools { counts[Int(pool)] += 1 }
    let alone = counts.count { $0 == 1 }
    guard alone * 2 > pools.count else { return }
    throw Failure(
      .data, "\(alone) of \(pools.count) rows agree with no other row in \(names.joined(separator: ", "))",
      advice:
        "name fewer columns or such with fewer values (cut numbers into bins), or take donors from leaves")
  }
}

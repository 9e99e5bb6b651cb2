import Metrics

/// Fairness against gerrymandering: the worst of all conjunctions of attribute values, by how far its rate is from
/// overall, times its share of the rows (Kearns et al. 2018).
package enum SubgroupFairness {
  /// A cell of the finest cross: its value of each attribute, as text, and its rows.
  package struct Cell: Sendable {
    package let values: [String]
    package let counts: OutcomeCounts

    package init(_ values: [String], _ counts: OutcomeCounts) {
      (self.values, self.counts) = (values, counts)
    }
  }

  /// Which rate is compared, over which rows it is weighted.
  package enum Rate: Sendable, CaseIterable {
    /// P(g) |P(ŷ=1|g) − P(ŷ=1)|.
    case selection
    /// P(g, y=0) |FPR_g − FPR|.
    case falsePositive
    /// P(g, y=1) |TPR_g − TPR|, which is the same for the false negative rate.
    case truePositive

    var metric: BinaryMetric {
      switch self {
      case .selection: .selectionRate
      case .falsePositive: .falsePositiveRate
      case .truePositive: .truePositiveRate
      }
    }

    fileprivate func base(_ group: GroupCounts) -> Double {
      switch self {
      case .selection: group.size
      case .falsePositive: group.negatives
      case .truePositive: group.positives
      }
    }
  }

  /// A conjunction and how far off it is.
  package struct Deviation: Sendable, Equatable {
    /// The value of each attribute; nil where any.
    package let values: [String?]
    package let counts: OutcomeCounts
    /// The size-weighted deviation γ.
    package let gamma: Double
    /// The group's rate − the overall rate.
    package let difference: Double
  }

  /// All conjunctions that have rows in the rate's base, largest deviation first; of equals those with fewer
  /// conditions, then by text. Complexity: O(cells · 2^attributes).
  package static func deviations(_ cells: [Cell], _ rate: Rate = .selection) -> [Deviation] {
    let groups = conjunctions(cells)
    let all = GroupCounts.total(cells.map { GroupCounts("", $0.counts) })
    guard let overall = all.rate(rate.metric).value else { return [] }
    let found = groups.compactMap { values, group -> Deviation? in
      guard let own = group.rate(rate.metric).value else { return nil }
      return Deviation(
        values: values, counts: group.counts, gamma: rate.base(group) / all.size * abs(own - overall),
        difference: own - overall)
    }
    return found.sorted(by: precedes)
  }

  /// max_g γ_g.
  package static func worst(_ cells: [Cell], _ rate: Rate = .selection) -> MeasureValue {
    deviations(cells, rate).first.map { .value($0.gamma) } ?? .undefined("no rows in the rate's base")
  }

  private static func conjunctions(_ cells: [Cell]) -> [[String?]: GroupCounts] {
    var groups: [[String?]: GroupCounts] = [:]
    for cell in cells {
      let own = GroupCounts("", cell.counts)
      for mask in 0..<(1 << cell.values.count) {
        let key = cell.values.enumerated().map { mask >> $0 & 1 == 1 ? $1 : nil }
        groups[key] = groups[key].map { .total([$0, own], name: "") } ?? own
      }
    }
    return groups
  }

  private static func precedes(_ a: Deviation, _ b: Deviation) -> Bool {
    if a.gamma != b.gamma { return a.gamma > b.gamma }
    let conditions = (a.values.count { $0 != nil }, b.values.count { $0 != nil })
    if conditions.0 != conditions.1 { return conditions.0 < conditions.1 }
    for (first, second) in zip(a.values, b.values) where first != second {
      guard let first else { return false }
      guard let second else { return true }
      return first < second
    }
    return false
  }
}

extension FairnessMeasure {
  private static func subgroup(
    _ id: String, _ name: String, _ formula: String, undefined: String
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .intersectional, formula: formula, source: "Kearns et al. 2018",
      range: share, fair: 0, meaning: "0: no conjunction of attribute values deviates",
      undefined: undefined)
  }

  package static let subgroupSelection = subgroup(
    "subgroup_selection", "Subgroup fairness, selection", "max_g P(g) |P(ŷ=1|g) − P(ŷ=1)|",
    undefined: "no rows")
  package static let subgroupFalsePositive = subgroup(
    "subgroup_false_positive", "Subgroup fairness, false positives", "max_g P(g, y=0) |FPR_g − FPR|",
    undefined: "no negatives")
  package static let subgroupTruePositive = subgroup(
    "subgroup_true_positive", "Subgroup fairness, true positives", "max_g P(g, y=1) |TPR_g − TPR|",
    undefined: "no positives")
}

import Results

/// Makes the decision lab from stored counts: what a smaller gap would cost, with one threshold or with one a group.
package enum ThresholdLab {
  /// The most groups of a family that is looked at: of one attribute, and of a cross.
  package static let groupLimit = 50
  package static let crossLimit = 20
  /// The most points of a frontier that are kept: the ends, between them about evenly over the gap, and the one within
  /// half of the gap in force.
  package static let pointLimit = 10

  /// The lab of an evaluation, from its curves as they are, so that it can be made again after small cells
  /// were withheld.
  package static func make(_ evaluation: Evaluation) -> DecisionLab? {
    guard let curves = evaluation.curves else { return nil }
    let withheld = Set(
      evaluation.slices.rows.indices.filter { slice in
        evaluation.estimates.contains { $0.status[slice] == .suppressed }
      })
    return make(
      curves: curves, slices: evaluation.slices, families: evaluation.families, roles: evaluation.roles,
      paired: evaluation.paired, withheld: withheld, level: evaluation.level)
  }

  /// - Parameters:
  ///   - paired: the baseline's values, which stand for its weighted cells.
  ///   - withheld: slices that may not be shown.
  /// - Returns: nil without a label, without scores, and where no family has two groups.
  ///
  /// Complexity: O(thresholds · groups) and `GroupFrontier`'s, a family and gap. Deterministic.
  package static func make(
    curves: ThresholdCurves, slices: SliceColumns, families: [SliceFamily], roles: Roles,
    paired: PairedColumns? = nil, withheld: Set<Int> = [], level: Double
  ) -> DecisionLab? {
    guard roles.label != nil, curves.thresholds.count > 1, slices.count > 0 else { return nil }
    let maker = TradeMaker(
      curves: curves, slices: slices, paired: paired, withheld: withheld, level: level,
      operating: operating(roles, curves.thresholds))
    var trades: [DecisionLab.Trade] = []
    var omitted: [DecisionLab.Omission] = []
    for (index, family) in families.enumerated() where !family.features.isEmpty && family.count > 1 {
      let limit = family.features.count == 1 ? groupLimit : crossLimit
      if family.count > limit {
        omitted.append(
          DecisionLab.Omission(family: index, reason: "\(family.count) groups, more than \(limit)"))
      } else {
        trades += maker.trades(index, family)
      }
    }
    guard !trades.isEmpty else { return nil }
    // Counts do not know which rows are of one unit: what they say of sampling error would be too narrow.
    if roles.units != nil { trades = trades.map(\.withoutIntervals) }
    let isCut = trades.contains { $0.series.contains { !$0.isExact } }
    return DecisionLab(
      operating: maker.operating,
      warnings: [.sameData, .groupThresholds] + (isCut ? [.cutSearch] : []), trades: trades,
      omitted: omitted)
  }

  /// The place of the decision threshold: the cut with the same rows at or above it.
  package static func operating(_ roles: Roles, _ thresholds: [Double]) -> Int? {
    guard let threshold = roles.threshold else { return nil }
    return thresholds.firstIndex(of: roles.thresholdIsStrict ? threshold.nextUp : threshold)
  }
}

extension DecisionLab.Trade {
  fileprivate var withoutIntervals: DecisionLab.Trade {
    var trade = self
    for index in trade.series.indices {
      let none = [Double](repeating: .nan, count: trade.series[index].lower.count)
      (trade.series[index].lower, trade.series[index].upper) = (none, none)
      (trade.series[index].gapLower, trade.series[index].gapUpper) = (none, none)
    }
    return trade
  }
}

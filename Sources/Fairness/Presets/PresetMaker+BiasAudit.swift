import Metrics
import Results

extension PresetMaker {
  /// 6 RCNY § 5-301: selection rates and, of scores, scoring rates, each with its impact ratio.
  func biasAudit(_ family: PresetFamily) -> [PresetTable] {
    var tables: [PresetTable] = []
    if hasSelection { tables.append(audit(family, isScoring: false)) }
    if choice.scoringCut != nil { tables.append(audit(family, isScoring: true)) }
    return tables
  }

  /// Whether decisions are more than scores above the median.
  private var hasSelection: Bool {
    guard let threshold = evaluation.roles.threshold else { return true }
    return threshold != choice.scoringCut
  }

  private func audit(_ family: PresetFamily, isScoring: Bool) -> PresetTable {
    let above = isScoring ? aboveMedian : [:]
    var table = ImpactTable(family, level: evaluation.level, isClustered: isClustered) { group in
      isScoring
        ? above[group.slice].flatMap { SelectionCount(above: $0, of: group.counts) }
        : SelectionCount(group.counts)
    }
    let tells: Suppression.Layer = isScoring ? .curves : .decisions
    table.addRows()
    table.addRate(
      selected: isScoring ? ("above_median", "Above the median") : ("selected", "Selected"),
      rate: isScoring ? ("scoring_rate", "Scoring rate") : ("selection_rate", "Selection rate"), tells: tells
    ) { isScoring ? nil : selectionRate($0) }
    let what = isScoring ? "scoring" : "selection"
    table.addRatio(
      choice, tells: tells,
      "\(what) rate / \(isScoring ? "highest scoring rate" : "selection rate of the most selected category")")
    return table.draft.table(
      "\(what)_rate",
      "\(isScoring ? "Scoring" : "Selection") rate by \(family.features.joined(separator: " × "))",
      "Impact ratios to the \(isScoring ? "highest scoring" : "most selected") category.",
      family: family.index,
      reference: table.reference?.slice, isSearched: true)
  }

  /// Rows (or weight) above the cut by slice.
  private var aboveMedian: [Int: Double] {
    guard let cut = choice.scoringCut else { return [:] }
    if evaluation.roles.threshold == cut, evaluation.roles.thresholdIsStrict {
      let counts = evaluation.slices.predicate.indices.map { evaluation.counts($0, exchanged: false) }
      return Dictionary(
        uniqueKeysWithValues: counts.enumerated().map { ($0, $1[.truePositive] + $1[.falsePositive]) })
    }
    guard let curves = evaluation.curves, let place = curves.thresholds.firstIndex(of: cut.nextUp) else {
      return [:]
    }
    return Dictionary(
      uniqueKeysWithValues: evaluation.slices.predicate.indices.map { slice in
        let above = curves.above(slice: slice)
        return (slice, above.positives[place] + above.negatives[place])
      })
  }
}

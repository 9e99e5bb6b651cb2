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

  /// What differs between selection and scoring rates.
  private struct Words {
    let id, rate, selected: String
    let selectedName, highest, basis: String
    let tells: Suppression.Layer

    static let selection = Words(
      id: "selection_rate", rate: "Selection rate", selected: "selected", selectedName: "Selected",
      highest: "most selected", basis: "selection rate of the most selected category", tells: .decisions)
    static let scoring = Words(
      id: "scoring_rate", rate: "Scoring rate", selected: "above_median", selectedName: "Above the median",
      highest: "highest scoring", basis: "highest scoring rate", tells: .curves)
  }

  private func audit(_ family: PresetFamily, isScoring: Bool) -> PresetTable {
    let words = isScoring ? Words.scoring : Words.selection
    var table = ImpactTable(family, level: evaluation.level, isClustered: isClustered) { group in
      isScoring
        ? aboveMedian[group.slice].flatMap { SelectionCount(above: $0, of: group.counts) }
        : SelectionCount(group.counts)
    }
    table.addRows()
    table.addRate(
      selected: (words.selected, words.selectedName), rate: (words.id, words.rate), tells: words.tells
    ) { isScoring ? nil : selectionRate($0) }
    table.addRatio(
      choice, tells: words.tells, "\(words.rate.lowercased()) / \(words.basis); Koopman's score interval")
    return table.draft.table(
      words.id, "\(words.rate) by \(family.features.joined(separator: " × "))",
      "Impact ratios to the \(words.highest) category.", family: family.index,
      reference: table.reference?.slice, isSearched: true)
  }

  /// Rows (or weight) above the cut by slice; empty where there is none.
  static func aboveMedian(_ evaluation: Evaluation, _ choice: PresetChoice) -> [Int: Double] {
    guard let cut = choice.scoringCut else { return [:] }
    let slices = evaluation.slices.predicate.indices
    if evaluation.roles.threshold == cut, evaluation.roles.thresholdIsStrict {
      let counts = slices.map { evaluation.counts($0, exchanged: false) }
      return Dictionary(
        uniqueKeysWithValues: counts.enumerated().map { ($0, $1[.truePositive] + $1[.falsePositive]) })
    }
    guard let curves = evaluation.curves, let place = curves.thresholds.firstIndex(of: cut.nextUp) else {
      return [:]
    }
    return Dictionary(
      uniqueKeysWithValues: slices.map { slice in
        let above = curves.above(slice: slice)
        return (slice, above.positives[place] + above.negatives[place])
      })
  }
}

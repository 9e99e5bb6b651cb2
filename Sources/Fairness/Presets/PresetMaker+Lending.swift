import Metrics
import Results
import Statistics

extension PresetMaker {
  /// Approval rates against the control group (the named reference, else the largest group).
  func lending(_ family: PresetFamily) -> PresetTable {
    var table = ImpactTable(
      family, level: evaluation.level, isClustered: isClustered, reference: family.customary
    ) { SelectionCount($0.counts) }
    table.addRows()
    table.addRate(
      selected: ("approved", "Approved"), rate: ("approval_rate", "Approval rate"), tells: .decisions,
      estimate: selectionRate)
    table.addRatio(
      choice, id: "adverse_impact_ratio", tells: .decisions,
      "approval rate / that of the control group; Koopman's score interval")
    table.draft.texts(
      "ratio_screen", "Ratio screen", tells: .decisions, basis: .reference,
      "practice, not law: 0.80 and 0.90",
      table.counts.indices.map { ratioScreen($0, table) })
    table.addTests()
    table.addTestNames()
    table.add("odds_ratio", "Odds ratio", .ratio, "odds of approval / those of the control group") {
      $1.oddsRatio.isNaN ? .none("0 / 0") : .value($1.oddsRatio)
    }
    if evaluation.roles.score != nil, !isClustered { addMeanDifference(to: &table) }
    if !choice.controls.isEmpty { addControlled(to: &table) }
    return table.draft.table(
      "lending", "Approval by \(family.features.joined(separator: " × "))",
      "Each group against the control group: the named reference, else the largest group.",
      family: family.index,
      reference: table.reference?.slice)
  }

  private func ratioScreen(_ row: Int, _ table: ImpactTable) -> String {
    if table.isReference(row) { return "control group" }
    guard let comparison = table.comparison(row), !comparison.ratio.isNaN else {
      let reason = table.reason(row, choice)
      return reason.isEmpty ? "" : "not compared: \(reason)"
    }
    if comparison.ratio < RuleNumbers.lendingRatios.usual { return "below 0.80" }
    return comparison.ratio < RuleNumbers.lendingRatios.stricter ? "0.80 to 0.90" : "0.90 or above"
  }

  // MARK: Scores

  private func addMeanDifference(to table: inout ImpactTable) {
    guard let base = table.reference.flatMap({ scoreMoments($0.slice) }) else { return }
    var differences: [Double] = []
    let cells = table.counts.indices.map { row -> TableDraft.Cell in
      let group = table.family.groups[row]
      guard group.isCompared, !table.isReference(row), let own = scoreMoments(group.slice) else {
        return .none()
      }
      return Self.standardized(own, base, level: evaluation.level)
    }
    differences = cells.map(\.value)
    table.draft.numbers(
      "mean_difference", "Standardized mean difference", .number, tells: .rows, basis: .reference,
      "(mean score − that of the control group) / pooled standard deviation; interval by Hedges & Olkin (1985)",
      cells)
    let bound = RuleNumbers.lendingMeanDifference
    table.draft.texts(
      "mean_screen", "Mean screen", tells: .rows, basis: .reference, "practice, not law: ±0.30",
      differences.map { $0.isNaN ? "" : abs($0) > bound ? "beyond ±0.30" : "within ±0.30" })
  }

  private struct Moments { var mean, variance, size: Double }

  /// Mean and variance of the scores of a slice, from the mean's standard error.
  private func scoreMoments(_ slice: Int) -> Moments? {
    guard let estimate = evaluation.estimate(BinaryMetric.meanScore.id, slice: slice),
      let mean = estimate.value, let error = estimate.standardError, estimate.effectiveCount > 1
    else { return nil }
    return Moments(
      mean: mean, variance: error * error * estimate.effectiveCount, size: estimate.effectiveCount)
  }

  /// d and its normal interval: variance (n₁ + n₂)/(n₁n₂) + d²/(2(n₁ + n₂)).
  private static func standardized(_ own: Moments, _ base: Moments, level: Double) -> TableDraft.Cell {
    let total = own.size + base.size
    let pooled = ((own.size - 1) * own.variance + (base.size - 1) * base.variance) / (total - 2)
    guard pooled > 0 else { return .none("scores do not vary") }
    let d = (own.mean - base.mean) / pooled.squareRoot()
    let error = (total / (own.size * base.size) + d * d / (2 * total)).squareRoot()
    let half = Normal.criticalValue(level: level) * error
    return .value(d, Interval(lower: d - half, upper: d + half))
  }

  // MARK: Within the levels of controls

  private func addControlled(to table: inout ImpactTable) {
    guard evaluation.roles.weight == nil, !isClustered,
      let strata = strata(table.family), let reference = table.reference
    else { return }
    let results = table.family.groups.map { group -> MantelHaenszel? in
      guard group.isCompared, group.slice != reference.slice else { return nil }
      return MantelHaenszel(
        strata.compactMap { stratum in
          guard let own = stratum[group.slice], let base = stratum[reference.slice] else { return nil }
          return .init(
            successes1: own.selected, trials1: own.size, successes2: base.selected, trials2: base.size)
        })
    }
    let controls = choice.controls.joined(separator: " × ")
    let level = evaluation.level
    func add(
      _ id: String, _ name: String, _ kind: PresetTable.Column.Kind, _ meaning: String,
      _ value: (MantelHaenszel) -> TableDraft.Cell
    ) {
      table.draft.numbers(
        id, name, kind, tells: .decisions, basis: .run, meaning, results.map { $0.map(value) ?? .none() })
    }
    add("strata", "Levels of \(controls)", .count, "levels in which both groups have rows") {
      .value(Double($0.strata.count))
    }
    add("common_odds_ratio", "Common odds ratio", .ratio, "Mantel–Haenszel, within the levels of \(controls)")
    {
      $0.oddsRatio.isNaN ? .none("0 / 0") : .value($0.oddsRatio, $0.oddsRatioInterval(level: level))
    }
    add("cmh_p_value", "p (CMH)", .pValue, "Cochran–Mantel–Haenszel test, without continuity correction") {
      $0.test().map { .value($0.p) } ?? .none("no variance")
    }
    add("homogeneity_p_value", "p (Breslow–Day)", .pValue, "whether the odds ratio is the same in all levels")
    {
      $0.homogeneity().map { .value($0.p) } ?? .none("fewer than two levels")
    }
  }

  /// For each level of the controls the selection of the family's groups, by their slices; nil where no family crosses them.
  private func strata(_ family: PresetFamily) -> [[Int: SelectionCount]]? {
    let features = family.features + choice.controls
    guard
      let cross = evaluation.families.first(where: {
        $0.features.count == features.count && Set($0.features) == Set(features)
      })
    else { return nil }
    let own = family.features.compactMap { cross.features.firstIndex(of: $0) }
    let slices = Dictionary(
      family.groups.map { (SliceTerms.split(evaluation.slices.predicate[$0.slice]), $0.slice) },
      uniquingKeysWith: { first, _ in first })
    var strata: [[String]: [Int: SelectionCount]] = [:]
    for slice in cross.slices {
      let terms = SliceTerms.split(evaluation.slices.predicate[slice])
      guard let group = slices[own.map { terms[$0] }] else { continue }
      let level = terms.indices.filter { !own.contains($0) }.map { terms[$0] }
      let counts = evaluation.counts(slice, exchanged: choice.isNegativeFavourable)
      strata[level, default: [:]][group] = SelectionCount(counts)
    }
    return strata.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }
}

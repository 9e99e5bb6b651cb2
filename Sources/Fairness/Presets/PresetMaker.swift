import Metrics
import Results
import Statistics

/// Makes the record of a preset from an evaluation: every indicator follows from what is stored there.
package struct PresetMaker {
  let evaluation: Evaluation
  let choice: PresetChoice
  let families: [PresetFamily]
  /// Rows (or weight) above the cut of the scoring rate by slice.
  let aboveMedian: [Int: Double]

  package init(_ evaluation: Evaluation, _ choice: PresetChoice) {
    self.evaluation = evaluation
    self.choice = choice
    aboveMedian = Self.aboveMedian(evaluation, choice)
    let isMixed =
      choice.controls.isEmpty
      ? { (_: SliceFamily) in false }
      : { (family: SliceFamily) in
        !Set(family.features).isDisjoint(with: choice.controls) && family.features.count > 1
      }
    families = evaluation.families.indices.filter { index in
      let family = evaluation.families[index]
      return !family.features.isEmpty && !isMixed(family) && !choice.controls.contains(family.name)
    }.map { PresetFamily(evaluation, $0, choice) }
  }

  /// Complexity: O(slices).
  package func record() -> PresetRecord {
    let preset = choice.preset
    return PresetRecord(
      id: preset.rawValue, title: preset.title, statement: preset.statement, citations: preset.citations,
      requests: choice.requests, exclusions: exclusions, notes: notes, tables: families.flatMap(tables))
  }

  private func tables(_ family: PresetFamily) -> [PresetTable] {
    switch choice.preset {
    case .fourFifths: [fourFifths(family)]
    case .biasAudit: biasAudit(family)
    case .lending: [lending(family)]
    case .clarify: clarify(family)
    case .aequitas: aequitas(family)
    case .fairnessIndicators: [rates(family)]
    case .artificialIntelligenceAct: documentation(family)
    }
  }

  // MARK: What is left out, and what is to be known

  private var isComparing: Bool {
    choice.preset != .fairnessIndicators && choice.preset != .artificialIntelligenceAct
  }

  private var exclusions: [PresetRecord.Exclusion] {
    guard isComparing else { return [] }
    return families.flatMap { family in
      family.groups.compactMap { group in
        switch group.standing {
        case .compared, .empty: nil
        case .unknown: PresetRecord.Exclusion(slice: group.slice, reason: "unknown category")
        case .small:
          PresetRecord.Exclusion(
            slice: group.slice, reason: "below \(ImpactTable.percent(choice.minimumShare)) of the rows")
        }
      }
    }
  }

  private var notes: [String] {
    var notes: [String] = []
    if isComparing { notes += families.compactMap(unknownNote) }
    if evaluation.roles.weight != nil {
      notes.append(
        "Weights are in force: rates are weighted, tests and intervals use Kish's effective sizes, and how many people a ratio rests on is not told."
      )
    }
    if isClustered {
      notes.append(
        "Rows repeat units: tests and intervals of ratios, which take rows as independent, are left out.")
    }
    if choice.isNegativeFavourable {
      notes.append(
        "The negative decision is the favourable one here: rates count rows that were not selected by the model."
      )
    }
    return notes + scoringNotes + choice.preset.caveats
  }

  private func unknownNote(_ family: PresetFamily) -> String? {
    let unknown = family.groups.filter { $0.standing == .unknown }.reduce(0) { $0 + $1.rows }
    let name = family.features.joined(separator: " × ")
    guard unknown > 0 else { return nil }
    return "\(unknown) rows are of an unknown category of \(name) and are in no ratio of it."
  }

  private var scoringNotes: [String] {
    guard choice.preset == .biasAudit, evaluation.roles.score != nil else { return [] }
    guard let cut = choice.scoringCut else {
      return ["No scoring rates: another threshold than the median was asked for."]
    }
    return ["The median of \(evaluation.roles.score ?? "") over all rows is \(NumberText.text(cut))."]
  }

  var isClustered: Bool { evaluation.roles.units != nil }

  /// The selection rate as the evaluation has it, of the favourable decision.
  func selectionRate(_ slice: Int) -> Estimate? {
    guard var estimate = evaluation.estimate(BinaryMetric.selectionRate.id, slice: slice) else { return nil }
    guard choice.isNegativeFavourable else { return estimate }
    estimate.value = estimate.value.map { 1 - $0 }
    (estimate.lower, estimate.upper) = (estimate.upper.map { 1 - $0 }, estimate.lower.map { 1 - $0 })
    return estimate
  }

  func name(_ slice: Int?) -> String { slice.map { evaluation.slices.label[$0] } ?? "none" }
}

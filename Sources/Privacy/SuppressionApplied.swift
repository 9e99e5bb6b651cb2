import Fairness
import Metrics
import Results

/// Takes what is to be withheld out of every part of an evaluation.
struct SuppressionApplied {
  /// As it was.
  let original: Evaluation
  let baseline: HiddenRun?
  private(set) var suppression: Suppression
  private(set) var evaluation: Evaluation

  init(_ original: Evaluation, _ suppression: Suppression, plan: CurvePlan? = nil, baseline: HiddenRun?) {
    self.original = original
    self.baseline = baseline
    self.suppression = suppression
    evaluation = original
    evaluation.rejections.listed = []
    if let plan { withholdNumbers(plan) }
    if let judgement = evaluation.judgement { evaluation.judgement = suppressed(judgement) }
    if let explanation = evaluation.explanation { evaluation.explanation = suppressed(explanation) }
    evaluation.suppression = self.suppression
  }

  func hides(_ layer: Suppression.Layer, _ slice: Int?) -> Bool {
    slice.map { suppression.hides(layer, $0) } ?? false
  }

  func hides(metric: String, _ slice: Int?) -> Bool { hides(Suppression.layer(of: metric), slice) }

  /// Whether any layer of a slice is withheld.
  func touches(_ slice: Int?) -> Bool { Suppression.Layer.allCases.contains { hides($0, slice) } }

  func isSmall(_ count: Int) -> Bool { count > 0 && count < suppression.below }

  mutating func countExplanation() { suppression.explanations += 1 }

  // MARK: Numbers

  private mutating func withholdNumbers(_ plan: CurvePlan) {
    for index in evaluation.metrics.indices {
      let layer = Suppression.layer(of: evaluation.metrics[index].id)
      for slice in suppression.slices(layer) {
        evaluation.estimates[index].withhold(slice, reason: suppression.reason)
        suppression.estimates += 1
      }
    }
    withholdCounts()
    withholdPaired()
    for index in evaluation.gaps.indices { withhold(gap: index) }
    evaluation.spreads = evaluation.spreads.flatMap(suppressed)
    evaluation.unitCorrelations = evaluation.unitCorrelations.withheld { family in
      original.families[family].slices.contains(where: touches)
    }
    let families = evaluation.slices.family
    evaluation.curves = plan.hasCurves ? evaluation.curves.map { plan.merged($0, families) } : nil
    evaluation.calibration =
      plan.hasCurves ? evaluation.calibration.map { withheld($0, plan, families) } : nil
    var told: [String] = []
    evaluation.measures = evaluation.measures.map { shown($0) { told.append($0) } }
    evaluation.notes = notes(evaluation.notes) + told
    evaluation.preset = evaluation.preset.map(suppressed)
  }

  private mutating func withholdCounts() {
    for slice in suppression.slices(.rows) {
      evaluation.slices.rows[slice] = 0
      evaluation.slices.weight[slice] = 0
    }
    for slice in suppression.slices(.outcomes) {
      evaluation.slices.truePositives[slice] = 0
      evaluation.slices.falsePositives[slice] = 0
      evaluation.slices.falseNegatives[slice] = 0
      evaluation.slices.trueNegatives[slice] = 0
      for cell in 4 * slice..<4 * slice + 4 where !evaluation.slices.cellWeights.isEmpty {
        evaluation.slices.cellWeights[cell] = 0
        evaluation.slices.cellSquaredWeights[cell] = 0
      }
    }
    if !evaluation.slices.baselineCells.isEmpty {
      for slice in suppression.slices(.changes) {
        for cell in 8 * slice..<8 * slice + 8 { evaluation.slices.baselineCells[cell] = 0 }
      }
    }
    for metric in evaluation.slices.covarianceWithOverall.keys {
      for slice in suppression.slices(Suppression.layer(of: metric)) {
        evaluation.slices.covarianceWithOverall[metric]?[slice] = .nan
      }
    }
  }

  private func withheld(
    _ calibration: CalibrationColumns, _ plan: CurvePlan, _ families: [Int]
  ) -> CalibrationColumns {
    var result = plan.merged(calibration, families)
    for slice in suppression.slices(.calibration) {
      result.expectedECE[slice] = .nan
      result.expectedECE95[slice] = .nan
    }
    return result
  }

  private mutating func withholdPaired() {
    guard var paired = evaluation.paired else { return }
    for index in paired.columns.indices {
      let layer = Suppression.layer(of: paired.columns[index].metric)
      let isOfScores = layer == .rows || layer == .labels
      for slice in original.slices.predicate.indices {
        let hidesValue = hides(layer, slice) || !isOfScores && hides(.baseline, slice)
        guard hidesValue || !isOfScores && hides(.changes, slice) else { continue }
        if hidesValue { paired.columns[index].baseline[slice] = .nan }
        paired.columns[index].standardError[slice] = .nan
        if !paired.columns[index].lower.isEmpty { paired.columns[index].lower[slice] = .nan }
        if !paired.columns[index].upper.isEmpty { paired.columns[index].upper[slice] = .nan }
      }
    }
    evaluation.paired = paired
  }

  // MARK: Gaps

  private mutating func withhold(gap index: Int) {
    var gap = evaluation.gaps[index]
    let layer = Suppression.layer(of: gap.component)
    let isSearched = gap.comparison == .betweenGroups || gap.comparison == .toBest
    // Looks at every slice of the family.
    let range =
      isSearched
      ? RangeGuard(original, suppression, family: gap.family, metric: gap.component) : nil
    if !gap.excluded.isEmpty {
      let slices = original.families[gap.family].slices.filter { hides(layer, $0) }
      let hidden = Set(slices.map { original.slices.predicate[$0] })
      gap.excluded.removeAll { hidden.contains($0.group) }
    }
    let needsAll = gap.reference == nil || gap.comparison == .toComplement || gap.comparison == .toOverall
    let isHidden =
      hides(layer, gap.group) || hides(layer, gap.reference) || needsAll && hides(layer, 0)
      || range?.admits(gap) == false
    if isHidden {
      gap.estimate = .withheld(reason: suppression.reason)
      (gap.pValue, gap.test, gap.interval) = (nil, nil, nil)
      if isSearched { gap.reference = nil }
      if gap.comparison == .betweenGroups { gap.group = nil }
      suppression.gaps += 1
    } else if gap.comparison == .betweenGroups, range?.hasHidden == true {
      // Limits and tests look at all groups.
      (gap.pValue, gap.test, gap.interval) = (nil, nil, nil)
      (gap.estimate.lower, gap.estimate.upper, gap.estimate.standardError) = (nil, nil, nil)
      if gap.estimate.status == .ok { gap.estimate.status = .notEstimable }
      gap.estimate.reason = "\(suppression.reason) in another group"
    }
    evaluation.gaps[index] = gap
  }

  // MARK: Texts

  /// Without those that tell of small or withheld counts.
  private func notes(_ notes: [String]) -> [String] {
    let texts = TextCounts(original, suppression)
    let told = notes.map { texts.tells($0) ? "A note was withheld: it told of a count that is." : $0 }
    var result: [String] = []
    for note in told where !result.contains(note) { result.append(note) }
    return result + [
      "Counts from 1 to \(suppression.below - 1) are withheld, and with them other counts from which they could be "
        + "worked out. Verdicts were made before."
    ]
  }
}

extension CurvePlan {
  /// Whether anything is left of them.
  var hasCurves: Bool { hidden.contains(false) }
}

extension Estimate {
  static func withheld(reason: String) -> Estimate {
    Estimate(value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .suppressed, reason: reason)
  }
}

extension EstimateColumns {
  mutating func withhold(_ slice: Int, reason text: String) {
    (value[slice], lower[slice], upper[slice], standardError[slice]) = (.nan, .nan, .nan, .nan)
    (denominator[slice], weight[slice], effectiveCount[slice]) = (0, 0, 0)
    (status[slice], reason[slice]) = (.suppressed, text)
  }
}

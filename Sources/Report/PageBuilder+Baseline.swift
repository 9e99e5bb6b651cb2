import Charts
import Results
import Templating

/// A metric in one slice, candidate against baseline.
struct Change {
  let entry: MetricEntry
  let candidate: Double?
  let baseline: Double?
  /// Candidate − baseline with its paired interval.
  let estimate: Estimate

  /// Whether the interval lies on the worse side of zero; never for a metric without a direction.
  var isWorse: Bool { lossAssured > 0 }

  var isBetter: Bool {
    guard entry.direction != .neutral, Wording.excludes(0, estimate) else { return false }
    return !isWorse
  }

  /// The loss that the interval vouches for; 0 where it includes none.
  var lossAssured: Double {
    switch entry.direction {
    case .higherIsBetter: max(0, -(estimate.upper ?? 0))
    case .lowerIsBetter: max(0, estimate.lower ?? 0)
    case .neutral: 0
    }
  }

  /// The loss as it was measured; negative where it is a gain.
  var loss: Double {
    let change = estimate.value ?? 0
    return entry.direction == .higherIsBetter ? -change : entry.direction == .lowerIsBetter ? change : 0
  }
}

/// Decisions that differ between the two models on the same rows of one slice.
struct Flips {
  let toRight, toWrong, toPositive, toNegative: Int

  var count: Int { toPositive + toNegative }
}

extension PageBuilder {
  private static let compared = [
    "accuracy", "true_positive_rate", "false_positive_rate", "selection_rate", "roc_auc",
  ]

  /// What is compared with the baseline, in this order.
  var comparedEntries: [MetricEntry] {
    (profile?.compared ?? PageBuilder.compared).compactMap { id in
      evaluation.paired?[id] == nil ? nil : entry(id)
    }
  }

  /// The section on the baseline; null without one.
  func baseline() -> TemplateValue {
    guard let paired = evaluation.paired, !comparedEntries.isEmpty else { return .null }
    return [
      "name": .text(VisibleText.of(paired.name)),
      "lead": .text(baselineLead()),
      "counts": .text(baselineCounts()),
      "overall": changeTable([0], caption: "All rows", id: "change-overall"),
      "families": .list(chapters.map(baselineFamily)),
    ]
  }

  private func baselineFamily(_ family: Int) -> TemplateValue {
    let slices = comparedSlices(family)
    let hidden = evaluation.families[family].count - slices.count
    return [
      "id": .text("change-" + slugs[family]),
      "name": .text(familyName(family)),
      "isOpen": .bool(evaluation.families[family].features.count == 1),
      "lead": .text(familyLead(slices)),
      "cut": hidden == 0
        ? .null
        : .text(
          "The \(slices.count) groups that are surest to be worse; "
            + "\(Wording.plural(hidden, "group is", "groups are")) not shown, but in evaluation.json."),
      "figure": changeFigure(family).model(),
      "table": changeTable(
        slices, caption: "Each group of \(familyName(family))", id: "change-table-" + slugs[family]),
    ]
  }

  // MARK: Numbers

  func change(_ entry: MetricEntry, _ slice: Int) -> Change {
    let candidate = evaluation.estimate(entry.id, slice: slice)
    let column = evaluation.paired?[entry.id]
    func stored(_ values: [Double]?) -> Double? {
      guard let values, values.indices.contains(slice), !values[slice].isNaN else { return nil }
      return values[slice]
    }
    let before = stored(column?.baseline)
    var estimate =
      candidate
      ?? Estimate(value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined)
    (estimate.value, estimate.standardError, estimate.lower, estimate.upper) = (nil, nil, nil, nil)
    if let value = candidate?.value, let before {
      estimate.value = value - before
      (estimate.lower, estimate.upper) = (stored(column?.lower), stored(column?.upper))
      let hasInterval = estimate.lower != nil && estimate.upper != nil
      estimate.status = hasInterval ? .ok : .notEstimable
      estimate.reason = hasInterval ? nil : "too little varies"
    } else if candidate?.value != nil {
      estimate.status = .undefined
      estimate.reason = "no value with the baseline"
    }
    return Change(entry: entry, candidate: candidate?.value, baseline: before, estimate: estimate)
  }

  /// nil where the run did not keep the joint cells.
  func flips(_ slice: Int) -> Flips? {
    let cells = evaluation.slices.baselineCells
    guard cells.count == 8 * evaluation.slices.count, !evaluation.withholds(.changes, slice) else {
      return nil
    }
    // TP, FP, FN, TN of the candidate; each with the baseline's decision positive, then negative.
    let own = Array(cells[8 * slice..<8 * slice + 8])
    return Flips(
      toRight: own[1] + own[6], toWrong: own[4] + own[3], toPositive: own[1] + own[3],
      toNegative: own[4] + own[6])
  }

  /// The groups of a family, surest to be worse first.
  func comparedSlices(_ family: Int) -> [Int] {
    let entries = comparedEntries
    let ranked = evaluation.families[family].slices.map { slice in
      let changes = entries.map { change($0, slice) }
      return (
        slice: slice, assured: changes.map(\.lossAssured).max() ?? 0, loss: changes.map(\.loss).max() ?? 0
      )
    }
    let ordered = ranked.sorted {
      $0.assured != $1.assured
        ? $0.assured > $1.assured : $0.loss != $1.loss ? $0.loss > $1.loss : $0.slice < $1.slice
    }
    let isLong = ordered.count > PageBuilder.drawnInFull
    return ordered.prefix(isLong ? PageBuilder.drawnInPart : ordered.count).map(\.slice)
  }

  // MARK: Words

  private func baselineLead() -> String {
    let rows = self.rows(0)
    if !hasOutcomes { return taskBaselineLead() }
    guard let flips = flips(0), rows > 0 else { return "" }
    guard flips.count > 0 else { return "Both models decide alike on every row." }
    let share = NumberText.value(Double(flips.count) / Double(rows) * 100, decimals: 1)
    var text =
      "The models decide differently on \(Wording.count(flips.count)) of "
      + "\(Wording.plural(rows, "row", "rows")) (\(share) %)."
    if hasLabel {
      text +=
        " \(Wording.count(flips.toRight)) wrong decisions became right, \(Wording.count(flips.toWrong)) right ones "
        + "wrong."
    }
    return text
      + " \(Wording.count(flips.toPositive)) became positive, \(Wording.count(flips.toNegative)) negative."
  }

  private func baselineCounts() -> String {
    let entries = comparedEntries.filter { $0.direction != .neutral }
    let slices = chapters.flatMap { Array(evaluation.families[$0].slices) }
    guard !entries.isEmpty, !slices.isEmpty else { return "" }
    let changes = slices.flatMap { slice in entries.map { change($0, slice) } }
    let known = changes.filter { $0.estimate.status == .ok }.count
    let worse = changes.filter(\.isWorse).count
    let better = changes.filter(\.isBetter).count
    let names = PageBuilder.listed(entries.map { PageBuilder.lowered(PageBuilder.shortName($0)) })
    let caution =
      worse == 0
      ? "That is no proof that nobody is worse off: where groups are small, intervals are wide."
      : "Among many comparisons, some do so by chance."
    return
      "In \(Wording.plural(known, "comparison", "comparisons")) of groups (\(names)), the interval of the change "
      + "lies on the worse side of zero in \(worse == 0 ? "none" : Wording.count(worse)), on the better side in "
      + "\(better == 0 ? "none" : Wording.count(better)). \(caution)"
  }

  private func familyLead(_ slices: [Int]) -> String {
    let all = slices.flatMap { slice in
      comparedEntries.map { (slice: slice, change: change($0, slice)) }
    }
    let worst = all.max { $0.change.lossAssured < $1.change.lossAssured }
    guard let worst, worst.change.isWorse else { return "No group is sure to be worse off." }
    let name = PageBuilder.shortName(worst.change.entry)
    return
      "Surest to be worse: \(label(worst.slice)), \(PageBuilder.lowered(name)) "
      + Wording.text(worst.change.estimate, signed: true) + "."
  }
}

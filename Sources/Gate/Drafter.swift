import Fairness
import Metrics
import Results
import Statistics

/// Turns a check into the groups it is about, each with its comparisons.
struct Drafter: Sendable {
  struct Result: Sendable {
    var drafts: [Draft] = []
    var excluded: [Gap.Exclusion] = []
    /// Why there is nothing to judge.
    var reason: String?
    /// What the check leaves out and no group is called.
    var unmetExclusions: [String] = []
  }

  let numbers: Numbers
  let baseline: BaselineNumbers?
  let finder: SelectionFinder
  /// Name of the policy, for messages.
  let policyName: String

  var evaluation: Evaluation { numbers.evaluation }

  func place(_ check: Check) -> String {
    "\(policyName)\(check.line.map { ":\($0)" } ?? ""): check “\(check.id)”"
  }

  /// - Throws: a `data` failure where the check names something that the evaluation does not have.
  func draft(_ written: Check) throws(Failure) -> Result {
    let check = written.meant(in: evaluation, isCounted: numbers.isCounted)
    try requireMetrics(check)
    let isGap = check.comparison != nil
    let selection = try finder.find(check, needsGroups: isGap, place: place(check))
    var result = Result()
    if case .measure(let demand) = check.subject {
      result = try MeasureDrafter(drafter: self, check: check, demand: demand).draft(selection)
    }
    for family in selection.families where check.canDraftGroups {
      let found = isGap ? try gaps(check, family) : values(check, family.slices)
      result.drafts += found.drafts
      result.excluded += found.excluded
    }
    let slices = selection.families.flatMap { evaluation.families[$0.index].slices }
    result.unmetExclusions = check.excluded.filter { name in
      !slices.contains { finder.isCalled($0, name) }
    }
    for index in result.drafts.indices { result.drafts[index].test() }
    if check.scope == .worst || check.scope == .best { Extreme(check.scope).reduce(&result) }
    if result.drafts.isEmpty {
      result.reason = "no group is left to judge: all \(result.excluded.count) are left out"
    }
    return result
  }

  private func requireMetrics(_ check: Check) throws(Failure) {
    if check.minimum.positives > 0, evaluation.roles.label == nil || evaluation.task != .binary {
      let isBinary = evaluation.task == .binary
      throw Failure(
        .data,
        "\(place(check)) has a minimum of positives, and "
          + (isBinary ? "the evaluation has no label" : "a \(evaluation.task.rawValue) task has none"),
        advice: isBinary ? "Say minimum_n, or evaluate with --label COLUMN." : "Say minimum_n.")
    }
    guard let missing = check.subject.components.first(where: { !numbers.has($0) }) else { return }
    let needsLabel = missing.binary?.needsLabel == true && evaluation.roles.label == nil
    throw Failure(
      .data, "\(place(check)) needs \(missing.id), which the evaluation does not have",
      advice: needsLabel
        ? "It needs the true outcome: evaluate with --label COLUMN."
        : "Evaluate with --metric \(missing.id), or without --metric for all that apply.")
  }

  // MARK: Items

  func item(_ slice: Int, _ component: Metric) -> CheckItem {
    var item = CheckItem(
      slice: evaluation.slices.predicate[slice], label: evaluation.slices.label[slice],
      component: component.id)
    item.sliceIndex = slice
    item.rows = evaluation.slices.rows[slice]
    return item
  }

  func refer(_ item: inout CheckItem, to slice: Int) {
    item.reference = evaluation.slices.predicate[slice]
    item.referenceLabel = evaluation.slices.label[slice]
    item.referenceIndex = slice
  }

  func blocked(_ screening: Screening, _ check: Check, only selected: Set<Int>? = nil) -> [Draft] {
    screening.unjudged.filter { selected?.contains($0.slice) ?? true }.map {
      let component = check.subject.components[0]
      var item = item($0.slice, component)
      item.denominator = numbers.estimate(component, $0.slice).denominator
      return Draft.blocked(item, $0.reason)
    }
  }

  // MARK: A metric's value

  private func values(_ check: Check, _ slices: [Int]) -> Result {
    let screening = Screening(check, slices, numbers, finder)
    var result = Result(drafts: blocked(screening, check), excluded: screening.excluded.map(\.exclusion))
    let metric = check.subject.components[0]
    for slice in screening.usable {
      if check.isChange {
        result.drafts.append(change(check, metric, slice))
      } else {
        let quantity = numbers.value(metric, slice, level: check.level)
        result.drafts.append(draft(check, item(slice, metric), quantity, check.bounds))
      }
    }
    result.drafts.sort { ($0.item.sliceIndex ?? 0) < ($1.item.sliceIndex ?? 0) }
    return result
  }

  /// One number that speaks both for and against.
  func draft(_ check: Check, _ item: CheckItem, _ quantity: Quantity, _ bounds: Bounds, isSize: Bool = false)
    -> Draft
  {
    var draft = Draft(item, bounds: bounds)
    draft.isSize = isSize
    draft.show(quantity)
    draft.byValue = check.evidence != .interval || quantity.isExact
    draft.clearest = quantity
    draft.hardest = quantity
    if check.comparison != nil, !check.isChange {
      draft.smallestDenominator = min(quantity.denominator, quantity.referenceDenominator ?? .max)
    }
    guard quantity.value != nil else { return Draft.blocked(draft.item, quantity.reason ?? "undefined") }
    return draft
  }
}

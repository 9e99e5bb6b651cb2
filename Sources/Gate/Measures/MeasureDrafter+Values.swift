import Results
import Slicing
import Statistics

extension MeasureDrafter {
  /// Adds a value, unless the policy leaves its group out.
  func add(_ result: MeasureResult, _ entry: MeasureEntry?, to drafted: inout Drafter.Result) {
    let item = item(result)
    let groups = [result.group, result.reference].compactMap { $0 }
    let screening = Screening(check, groups, drafter.numbers, drafter.finder)
    if let group = result.group, let excluded = screening.excluded.first(where: { $0.slice == group }) {
      drafted.excluded.append(excluded.exclusion)
      return
    }
    if let reason = screening.unjudged.first?.reason ?? screening.excluded.first?.exclusion.reason {
      let isOwn = screening.unjudged.first?.slice == result.group
      drafted.drafts.append(.blocked(item, isOwn ? reason : "reference: \(reason)"))
      return
    }
    if let reason = inseparable(result) {
      drafted.drafts.append(.blocked(item, reason))
      return
    }
    var draft = drafter.draft(check, item, quantity(result, entry), check.bounds)
    draft.smallestDenominator = smallest(result, entry)
    drafted.drafts.append(draft)
  }

  private func item(_ result: MeasureResult) -> CheckItem {
    let slices = drafter.evaluation.slices
    let family = result.family.map { drafter.evaluation.families[$0] }.flatMap {
      $0.features.isEmpty ? nil : $0
    }
    let slice = result.group ?? (family == nil ? 0 : nil)
    let details = [result.metric, result.stratum.map { "within \($0)" }, result.variant].compactMap { $0 }
    var item = CheckItem(
      slice: slice.map { slices.predicate[$0] } ?? family?.name ?? SliceName.overall,
      label: slice.map { slices.label[$0] } ?? "all groups of \(family?.name ?? "")",
      component: result.measure + (details.isEmpty ? "" : " (\(details.joined(separator: "; ")))"))
    item.sliceIndex = slice
    item.rows = slices.rows[slice ?? 0]
    if let reference = result.reference { drafter.refer(&item, to: reference) }
    return item
  }

  private func quantity(_ result: MeasureResult, _ entry: MeasureEntry?) -> Quantity {
    let estimate = result.estimate
    var quantity = Quantity(
      value: estimate.value, denominator: estimate.denominator, reason: estimate.reason)
    guard estimate.value != nil else { return quantity }
    let evaluation = drafter.evaluation
    guard
      let interval = StoredInterval(estimate, level: evaluation.level, isRatio: entry?.fair == 1)
    else {
      quantity.reason = estimate.reason ?? "it has no interval; evidence: \"point\" judges the value alone"
      return quantity
    }
    quantity.limits =
      check.level == evaluation.level
      ? estimate.lower.flatMap { lower in
        estimate.upper.map { Interval(lower: lower, upper: $0) }
      } : interval.limits(level: check.level)
    quantity.isRatio = interval.isLogarithmic
    quantity.tails = { interval.tails($0) }
    quantity.test = "normal test scaled to the stored interval"
    return quantity
  }

  /// Why a value of all groups cannot be judged without those that the check leaves out; nil where it leaves out none.
  private func inseparable(_ result: MeasureResult) -> String? {
    guard result.group == nil, let family = result.family else { return nil }
    let slices = drafter.evaluation.families[family].slices.filter {
      drafter.evaluation.slices.rows[$0] > 0
    }
    let screening = Screening(check, Array(slices), drafter.numbers, drafter.finder)
    if let left = screening.excluded.first?.exclusion {
      return "the value is of all groups and cannot be had without \(left.group) (\(left.reason))"
    }
    return screening.unjudged.first.map {
      "\(drafter.evaluation.slices.predicate[$0.slice]): \($0.reason)"
    }
  }

  /// Rows of the smallest group that took part in a comparison; nil where rows, or groups by their size, are looked at.
  private func smallest(_ result: MeasureResult, _ entry: MeasureEntry?) -> Int? {
    guard let family = result.family, entry?.family != "individual", entry?.family != "intersectional" else {
      return nil
    }
    let rows = drafter.evaluation.slices.rows
    let compared =
      result.group.map { [$0] + [result.reference].compactMap { $0 } }
      ?? drafter.evaluation.families[family].slices.filter { rows[$0] > 0 }
    let counted = result.estimate.denominator > 0 ? [result.estimate.denominator] : []
    return (compared.map { rows[$0] } + counted).min()
  }
}

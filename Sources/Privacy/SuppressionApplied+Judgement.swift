import Results

extension SuppressionApplied {
  /// Verdicts stay; numbers of withheld groups go.
  func suppressed(_ judgement: Judgement) -> Judgement {
    var result = judgement
    var secrets: Set<Double> = []
    for index in result.checks.indices {
      let check = result.checks[index]
      let hidesAll = isSearchAmongHidden(check)
      for place in check.items.indices where hidesAll || hides(check.items[place], of: check) {
        if let p = check.items[place].pBeyondAdjusted, p < 1 { secrets.insert(p) }
        result.checks[index].items[place].withhold(reason: suppression.reason)
      }
      for place in result.checks[index].items.indices { tidy(&result.checks[index].items[place]) }
      for place in check.excluded.indices {
        let slice = original.slices.predicate.firstIndex(of: check.excluded[place].group)
        if touches(slice) { result.checks[index].excluded[place].reason = suppression.reason }
      }
    }
    // Holm's rule hands the p-value of one group on to the next.
    for index in result.checks.indices {
      for place in result.checks[index].items.indices {
        guard let p = result.checks[index].items[place].pBeyondAdjusted, secrets.contains(p) else { continue }
        result.checks[index].items[place].pBeyondAdjusted = nil
      }
    }
    if hides(.rows, 0) { result.rows = 0 }
    return result
  }

  /// A worst or best group was found by looking at all of them.
  private func isSearchAmongHidden(_ check: CheckResult) -> Bool {
    guard check.scope == .worst || check.scope == .best else { return false }
    return check.items.contains { item in
      guard let slice = item.sliceIndex else { return true }
      let family = original.families[original.slices.family[slice]]
      return family.slices.contains { hides(metric: item.component, $0) }
    }
  }

  private func hides(_ item: CheckItem, of check: CheckResult) -> Bool {
    let layer = Suppression.layer(of: item.component)
    if hides(layer, item.sliceIndex) || hides(layer, item.referenceIndex) { return true }
    if check.kind == .change || check.kind == .relativeChange {
      if let baseline {
        if baseline.hides(layer, item.slice) || item.reference.map({ baseline.hides(layer, $0) }) == true {
          return true
        }
      } else if layer != .rows, layer != .labels, hides(.changes, item.sliceIndex) {
        return true
      }
    }
    guard check.comparison == .betweenGroups || check.comparison == .toBest, let slice = item.sliceIndex
    else {
      return item.referenceIndex == nil && item.reference != nil && hides(layer, 0)
    }
    let range = RangeGuard(
      original, suppression, family: original.slices.family[slice], metric: item.component)
    guard range.hasHidden else { return false }
    guard let group = item.groupValue, let reference = item.referenceValue else { return true }
    return !range.admits(from: min(group, reference), to: max(group, reference))
  }

  /// Reasons count rows of other kinds than the item's own.
  private func tidy(_ item: inout CheckItem) {
    let isTouched = touches(item.sliceIndex) || touches(item.referenceIndex)
    if isTouched, let reason = item.reason, !TextCounts.wholeNumbers(in: reason).isEmpty {
      item.reason = suppression.reason
    }
    if hides(.changes, item.sliceIndex) { item.flips = nil }
    if let flips = item.flips,
      [flips.better, flips.worse, flips.toPositive, flips.toNegative].contains(where: isSmall)
    {
      item.flips = nil
    }
  }
}

import Fairness
import Metrics
import Results
import Statistics

/// Changes against the baseline. Their sign is that of harm: a positive change is worse. A neutral metric has
/// no better; its change is judged by its size.
extension Drafter {
  func change(_ check: Check, _ metric: Metric, _ slice: Int) -> Draft {
    var item = item(slice, metric)
    item.reference = "baseline"
    item.referenceLabel = "baseline"
    item.flips = baseline?.flips(slice)
    guard let baseline else { return Draft.blocked(item, "there is no baseline to compare with") }
    let (sides, reason) = baseline.sides(metric, slice)
    guard let sides else { return Draft.blocked(item, reason ?? "undefined") }
    let isNeutral = metric.direction == .neutral
    let change = ChangeOfMetric(
      metric: metric, sides: sides, isHigherBetter: metric.direction == .higherIsBetter)
    var quantity =
      check.kind == .relativeChange
      ? change.relative(baseline, slice, level: check.level)
      : change.absolute(baseline.joint(metric, slice), baseline, slice, level: check.level)
    quantity.groupValue = sides.candidate
    quantity.referenceValue = sides.baseline
    quantity.denominator = sides.denominator
    quantity.referenceDenominator = sides.baselineDenominator
    return draft(check, item, quantity, isNeutral ? check.bounds.ofSize : check.bounds, isSize: isNeutral)
  }

  // MARK: Changes of gaps

  /// How much a group's gap has grown: |gap| now less |gap| then; for ratios on min(r, 1/r), then less now.
  func gapChange(_ check: Check, _ metric: Metric, _ slice: Int, _ reference: Int?) -> Draft {
    var item = item(slice, metric)
    item.flips = baseline?.flips(slice)
    let other = check.comparison == .toOverall ? 0 : reference
    guard let other, other != slice else {
      return Draft.blocked(item, "a change of a gap needs a reference group, the overall value or the range")
    }
    refer(&item, to: other)
    guard let baseline else { return Draft.blocked(item, "there is no baseline to compare with") }
    if other != 0, let small = Screening.tooSmallReference(other, check, numbers) {
      return Draft.blocked(item, "reference: \(small)")
    }
    let (mine, reason) = baseline.sides(metric, slice)
    let (theirs, otherReason) = baseline.sides(metric, other)
    guard let mine, let theirs else { return Draft.blocked(item, reason ?? otherReason ?? "undefined") }
    let areShared = other == 0 || numbers.areShared(metric, slice)
    guard let change = ChangeOfGap(mine, theirs, kind: check.base, areShared: areShared) else {
      return Draft.blocked(item, "a ratio of zero rates cannot be compared")
    }
    var quantity = change.quantity(level: check.level)
    quantity.groupValue = change.now
    quantity.referenceValue = change.before
    quantity.denominator = mine.denominator
    quantity.referenceDenominator = theirs.denominator
    return draft(check, item, quantity, check.bounds)
  }

  /// How much the range between groups has grown. Every pair may be the widest now, and must be wider than
  /// every pair was.
  func rangeChange(_ check: Check, _ usable: [Int]) -> Draft {
    let metric = check.subject.components[0]
    let blank = item(usable.first ?? 0, metric)
    guard let baseline else { return Draft.blocked(blank, "there is no baseline to compare with") }
    guard check.subject.components.count == 1 else {
      return Self.worst(
        check.subject.components.map { component in
          var single = check
          single.subject = .gap(GapDefinition(of: component))
          return rangeChange(single, usable)
        })
    }
    guard usable.count > 1 else { return Draft.blocked(blank, "there is no second group to compare with") }
    guard usable.count <= ChangeOfRange.mostGroups else {
      return Draft.blocked(
        blank, "the range of more than \(ChangeOfRange.mostGroups) groups is not compared with a baseline")
    }
    var sides: [BaselineNumbers.Sides] = []
    for slice in usable {
      let (found, reason) = baseline.scaledSides(metric, slice, isRatio: check.base == .ratio)
      guard let found else { return Draft.blocked(item(slice, metric), reason) }
      sides.append(found)
    }
    let change = ChangeOfRange(
      sides, isRatio: check.base == .ratio, areShared: numbers.areShared(metric, usable[0]))
    let told = told(change.now.high, change.now.low, metric, check.base)
    var item = item(usable[told.group], metric)
    refer(&item, to: usable[told.reference])
    var draft = draft(
      check, item, change.clearest(check.bounds.maximum ?? 0, level: check.level), check.bounds)
    draft.multiplicity = change.pairCount
    draft.hardest = change.hardest(check.bounds.maximum ?? 0)
    return draft
  }

  /// How much further each group falls short of the best, now and then whichever that was.
  func bestChange(_ check: Check, _ metric: Metric, _ usable: [Int], _ groups: [Int]) -> [Draft] {
    let isRatio = check.base == .ratio
    let isLowBest = metric.direction == .lowerIsBetter
    let items = groups.map { slice in
      var item = item(slice, metric)
      item.flips = baseline?.flips(slice)
      return item
    }
    func blocked(_ reason: String) -> [Draft] { items.map { Draft.blocked($0, reason) } }
    guard let baseline else { return blocked("there is no baseline to compare with") }
    guard usable.count > 1, usable.count <= ChangeOfRange.mostGroups else {
      return blocked(
        usable.count > 1
          ? "the best of more than \(ChangeOfRange.mostGroups) groups is not compared with a baseline"
          : "there is no other group to compare with")
    }
    var sides: [BaselineNumbers.Sides] = []
    for slice in usable {
      let (found, reason) = baseline.scaledSides(metric, slice, isRatio: isRatio)
      guard let found else { return blocked("\(evaluation.slices.predicate[slice]): \(reason)") }
      sides.append(found)
    }
    return items.map { item in
      let place = usable.firstIndex { $0 == item.sliceIndex } ?? 0
      let change = ChangeOfRange(
        sides, isRatio: isRatio, of: place, isLowBest: isLowBest,
        areShared: numbers.areShared(metric, usable[0]))
      var item = item
      refer(&item, to: usable[isLowBest ? change.now.low : change.now.high])
      var draft = draft(
        check, item, change.clearest(check.bounds.maximum ?? 0, level: check.level), check.bounds)
      draft.multiplicity = change.pairCount
      draft.hardest = change.hardest(check.bounds.maximum ?? 0)
      return draft
    }
  }
}

import Fairness
import Metrics
import Results
import Statistics

extension Drafter {
  func gaps(_ check: Check, _ selected: Selection.Family) throws(Failure) -> Result {
    let family = evaluation.families[selected.index]
    let comparison = check.comparison ?? .betweenGroups
    // The best or largest is sought in the whole family, whatever part of it the check names.
    let searched = comparison == .toBest || comparison == .toLargest ? Array(family.slices) : selected.slices
    let screening = Screening(check, searched, numbers, finder)
    let chosen = Set(selected.slices)
    var result = Result(
      drafts: blocked(screening, check, only: chosen),
      excluded: screening.excluded.filter { chosen.contains($0.slice) }.map(\.exclusion)
        + rivalsLeftOut(screening, chosen))
    let usable = screening.usable
    if comparison == .betweenGroups {
      result.drafts += try between(check, family, usable)
    } else {
      let groups = usable.filter(chosen.contains)
      let byComponent = try components(check, family, usable, groups)
      result.drafts += Self.combined(byComponent, check)
    }
    result.drafts.sort { ($0.item.sliceIndex ?? 0) < ($1.item.sliceIndex ?? 0) }
    return result
  }

  /// Groups that the check does not name and that could have been the best or largest, had they been judged.
  private func rivalsLeftOut(_ screening: Screening, _ chosen: Set<Int>) -> [Gap.Exclusion] {
    let unjudged = screening.unjudged.map {
      (
        slice: $0.slice,
        exclusion: Gap.Exclusion(group: evaluation.slices.predicate[$0.slice], reason: $0.reason)
      )
    }
    return (screening.excluded + unjudged).filter { !chosen.contains($0.slice) }.sorted {
      $0.slice < $1.slice
    }
    .map(\.exclusion)
  }

  /// For each rate of the gap, one draft a group.
  private func components(
    _ check: Check, _ family: SliceFamily, _ usable: [Int], _ groups: [Int]
  ) throws(Failure) -> [[Draft]] {
    let metrics = check.subject.components
    if check.isChange {
      return try changes(check, family, usable, groups)
    }
    switch check.comparison {
    case .toBest: return metrics.map { toBest(check, $0, usable, groups) }
    case .toOverall:
      return metrics.map { metric in groups.map { toOverall(check, metric, $0) } }
    case .toComplement:
      return metrics.map { metric in groups.map { toComplement(check, metric, $0) } }
    default:
      guard let reference = try fixedReference(check, family, usable) else {
        return metrics.map { metric in
          groups.map { Draft.blocked(item($0, metric), "there is no reference group to compare with") }
        }
      }
      return metrics.map { metric in
        let other = numbers.side(reference, metric)
        return groups.filter { $0 != reference }.map { toGroup(check, metric, $0, reference, other) }
      }
    }
  }

  private func changes(
    _ check: Check, _ family: SliceFamily, _ usable: [Int], _ groups: [Int]
  ) throws(Failure) -> [[Draft]] {
    if check.comparison == .toBest {
      return check.subject.components.map { bestChange(check, $0, usable, groups) }
    }
    let reference = try fixedReference(check, family, usable)
    return check.subject.components.map { metric in
      groups.filter { $0 != reference }.map { gapChange(check, metric, $0, reference) }
    }
  }

  /// The named or the largest group; nil where a search found none, or a comparison has no such group.
  private func fixedReference(
    _ check: Check, _ family: SliceFamily, _ usable: [Int]
  ) throws(Failure) -> Int? {
    switch check.comparison {
    case .toReference:
      if let named = check.reference {
        return try finder.reference(named, in: family, place: place(check))
      }
      guard let reference = family.reference else {
        throw Failure(
          .data, "\(place(check)): \(family.name) has no reference group",
          advice: "Say reference: \"GROUP\" in the check, or evaluate with --reference FEATURE=GROUP.")
      }
      return reference
    case .toLargest:
      return usable.max { (evaluation.slices.rows[$0], -$0) < (evaluation.slices.rows[$1], -$1) }
    default: return nil
    }
  }

  private func signedBounds(_ check: Check) -> (bounds: Bounds, isSize: Bool) {
    let isSize = check.kind == .difference && !check.isSigned
    return (isSize ? check.bounds.ofSize : check.bounds, isSize)
  }

  private func toGroup(
    _ check: Check, _ metric: Metric, _ slice: Int, _ reference: Int, _ other: Side
  ) -> Draft {
    var item = item(slice, metric)
    refer(&item, to: reference)
    let reason = Screening.tooSmallReference(reference, check, numbers)
    let side = numbers.side(slice, metric)
    let quantity = numbers.pair(metric, side, other, check.base, level: check.level)
    let (bounds, isSize) = signedBounds(check)
    var draft = draft(check, item, quantity, bounds, isSize: isSize)
    if let reason, !draft.isBlocked { draft = Draft.blocked(draft.item, "reference: \(reason)") }
    if check.evidence == .significance { practise(&draft, metric, side, other) }
    return draft
  }

  private func toOverall(_ check: Check, _ metric: Metric, _ slice: Int) -> Draft {
    var item = item(slice, metric)
    refer(&item, to: 0)
    let quantity = numbers.overall(metric, slice, check.base, level: check.level)
    let (bounds, isSize) = signedBounds(check)
    var draft = draft(check, item, quantity, bounds, isSize: isSize)
    if check.evidence == .significance {
      practise(&draft, metric, numbers.side(slice, metric), numbers.complement(slice, metric))
    }
    return draft
  }

  private func toComplement(_ check: Check, _ metric: Metric, _ slice: Int) -> Draft {
    var item = item(slice, metric)
    item.reference = "rows outside \(item.slice)"
    item.referenceLabel = "not \(item.label)"
    guard metric.isRate else {
      return Draft.blocked(item, "\(metric.id) of the rows outside a group is not stored; compare to_overall")
    }
    let (side, rest) = (numbers.side(slice, metric), numbers.complement(slice, metric))
    let quantity = numbers.pair(metric, side, rest, check.base, level: check.level)
    let (bounds, isSize) = signedBounds(check)
    var draft = draft(check, item, quantity, bounds, isSize: isSize)
    if check.evidence == .significance { practise(&draft, metric, side, rest) }
    return draft
  }

  /// A significance test of "no gap" beside the value, and the rule that one person may not decide (Uniform
  /// Guidelines on Employee Selection Procedures, Q&A 21).
  func practise(_ draft: inout Draft, _ metric: Metric, _ a: Side, _ b: Side) {
    guard !draft.isBlocked, let test = numbers.noGap(metric, a, b), let group = a.share(metric),
      let reference = b.share(metric)
    else { return }
    let p = test.p
    draft.clearest = Quantity(tails: { _ in BoundTails(less: p, greater: p) }, test: test.name)
    // Two bounds add up two tails, and the test is two-sided already.
    draft.multiplicity = draft.bounds.minimum != nil && draft.bounds.maximum != nil ? 0.5 : 1
    let (k, n) = (Double(group.successRows), Double(group.rows))
    let (l, m) = (Double(reference.successRows), Double(reference.rows))
    let isLower = k / n < l / m
    let flips = isLower ? (k + 1) / n > (l - 1) / m : (k - 1) / n < (l + 1) / m
    if flips { draft.item.reason = "it rests on one person: moving one reverses the order of the rates" }
  }

  // MARK: Several rates

  /// Of several rates the one with the clearest breach decides; each had the same chance to (Bonferroni),
  /// and all of them must be within.
  static func combined(_ byComponent: [[Draft]], _ check: Check) -> [Draft] {
    guard var result = byComponent.first, byComponent.count > 1 else { return byComponent.first ?? [] }
    for index in result.indices { result[index] = worst(byComponent.map { $0[index] }) }
    return result
  }

  static func worst(_ drafts: [Draft]) -> Draft {
    if let blocked = drafts.first(where: \.isBlocked) {
      var draft = blocked
      draft.item.reason = blocked.item.reason.map { "\(blocked.item.component): \($0)" }
      return draft
    }
    var tested = drafts
    for index in tested.indices { tested[index].test() }
    func clarity(_ draft: Draft) -> (Double, Double) {
      let distance =
        draft.clearest?.isRatio == true ? Extreme.logarithm(draft.item.value) : draft.item.value ?? 0
      return (draft.byValue ? 0 : draft.item.pBeyond ?? 1, -abs(distance))
    }
    var worst = tested.reduce(tested[0]) { clarity($1) < clarity($0) ? $1 : $0 }
    worst.multiplicity *= Double(drafts.count)
    let hardest = tested.reduce(tested[0]) { ($1.item.pWithin ?? 1) > ($0.item.pWithin ?? 1) ? $1 : $0 }
    worst.hardest = hardest.hardest
    worst.hardestBounds = hardest.bounds
    worst.smallestDenominator = tested.compactMap(\.smallestDenominator).min()
    return worst
  }
}

extension Screening {
  /// Why a group is too small or undefined to be a reference; nil where it is neither.
  static func tooSmallReference(_ slice: Int, _ check: Check, _ numbers: Numbers) -> String? {
    var plain = check
    plain.excluded = []
    plain.minimum.excludesSmaller = false
    return Screening(plain, [slice], numbers, SelectionFinder(numbers.evaluation)).unjudged.first?.reason
  }
}

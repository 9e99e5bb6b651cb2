import Glibc
import Results
import Statistics

/// The groups of all checks, brought together so that their p-values can be adjusted for each other.
struct VerdictTable: Sendable {
  let checks: [Check]
  private(set) var drafted: [Drafter.Result]
  private let task: TaskKind

  init(_ checks: [Check], _ drafted: [Drafter.Result], task: TaskKind) {
    self.checks = checks
    self.drafted = drafted
    self.task = task
  }

  /// Where a group stands in the table.
  struct Place: Sendable {
    var check: Int
    var draft: Int
  }

  /// Adjusts the p-values of "beyond" within each severity: warnings do not cost errors any strength.
  mutating func adjust(_ adjustment: some Adjustment) {
    for severity in CheckResult.Severity.allCases {
      var places: [Place] = []
      var weights: [Double] = []
      let members = checks.indices.filter { checks[$0].severity == severity && !tested($0).isEmpty }
      for check in members {
        let tested = tested(check)
        places += tested.map { Place(check: check, draft: $0) }
        weights += tested.map { _ in 1 / (Double(members.count) * Double(tested.count)) }
      }
      let drafts = places.map { drafted[$0.check].drafts[$0.draft] }
      let adjusted = adjustment.adjusted(drafts, weights: weights)
      for (place, p) in zip(places, adjusted) {
        drafted[place.check].drafts[place.draft].item.pBeyondAdjusted = p
      }
    }
  }

  /// The most groups that are adjusted for each other.
  var mostGroups: Int {
    let counts = CheckResult.Severity.allCases.map { severity in
      checks.indices.filter { checks[$0].severity == severity }.reduce(0) { $0 + tested($1).count }
    }
    return counts.max() ?? 0
  }

  /// Groups of a check that have a p-value of "beyond" which decides.
  private func tested(_ check: Int) -> [Int] {
    let drafts = drafted[check].drafts
    let usesTests = checks[check].evidence != .point
    return drafts.indices.filter {
      !drafts[$0].isBlocked && drafts[$0].item.pBeyond != nil
        && (usesTests && (!drafts[$0].byValue || checks[check].evidence == .significance))
    }
  }

  /// The check with its groups and their verdicts, waivers not yet considered.
  func result(_ index: Int, level: Double) -> CheckResult {
    let check = checks[index]
    var result = CheckResult(
      id: check.id, note: check.note, line: check.line, severity: check.severity, metric: check.subject.id,
      metricName: check.subject.name, kind: check.kind, comparison: check.comparison,
      isSigned: check.isSigned, scope: check.scope, slices: check.selectors.map(\.text),
      minimum: check.bounds.minimum, maximum: check.bounds.maximum, allowedGroups: check.allowedGroups,
      evidence: check.evidence, alpha: check.alpha, isRatchet: check.isRatchet,
      excluded: drafted[index].excluded, reason: drafted[index].reason,
      task: task == .binary ? nil : task)
    result.items = drafted[index].drafts.map { Self.judged($0, check) }
    return result
  }

  /// The verdict of a check from those of its groups.
  func verdict(of result: CheckResult) -> Verdict {
    let failed = result.items.count { $0.verdict == .fail }
    let passed = result.items.count { $0.verdict == .pass || $0.verdict == .waived }
    if result.scope == .count, let allowed = result.allowedGroups {
      if failed > allowed { return .fail }
      let waived = result.items.count { $0.verdict == .waived }
      let open = result.items.count - passed
      guard open <= allowed, !result.items.isEmpty else { return .inconclusive }
      return open + waived > allowed ? .waived : .pass
    }
    if failed > 0 { return .fail }
    if result.items.isEmpty || passed < result.items.count { return .inconclusive }
    return result.items.contains { $0.verdict == .waived } ? .waived : .pass
  }

  // MARK: One group

  private static func judged(_ draft: Draft, _ check: Check) -> CheckItem {
    var item = draft.item
    guard !draft.isBlocked else {
      item.verdict = .inconclusive
      return item
    }
    if check.evidence == .point || draft.byValue && check.evidence == .interval {
      let bounds =
        draft.isSize
        ? Bounds(maximum: draft.bounds.maximum ?? draft.bounds.minimum.map { -$0 }) : draft.bounds
      item.verdict = item.value.map { bounds.contains($0) ? .pass : .fail } ?? .inconclusive
      item.test = nil
      item.pBeyond = nil
      item.pWithin = nil
      return item
    }
    if check.evidence == .significance { return practised(item, draft, check) }
    let isBeyond = (item.pBeyondAdjusted ?? 1) <= check.alpha
    let isWithin = (item.pWithin ?? 1) <= check.alphaWithin
    let passes = isWithin && !draft.isTooSmallToPass || check.isRatchet
    item.verdict = isBeyond ? .fail : passes ? .pass : .inconclusive
    Limits(draft, check).fill(&item)
    guard item.verdict == .inconclusive, item.reason == nil else { return item }
    item.reason = undecided(draft, isWithin, check)
    return item
  }

  private static func undecided(_ draft: Draft, _ isWithin: Bool, _ check: Check) -> String {
    if isWithin {
      return
        "\(draft.smallestDenominator ?? 0) rows are too few to pass a comparison of groups, which needs more than \(Draft.tooFewToPass)"
    }
    let alone = (draft.item.pBeyond ?? 1) / max(1, draft.multiplicity)
    return alone <= check.alpha
      ? "beyond the bound by itself, but not when all groups and checks are taken into account"
      : "the interval holds the bound"
  }

  /// By value, with a test of "no gap" beside it.
  private static func practised(_ item: CheckItem, _ draft: Draft, _ check: Check) -> CheckItem {
    var item = item
    let restsOnOne = item.reason
    item.reason = nil
    item.pWithin = nil
    let bounds =
      draft.isSize ? Bounds(maximum: draft.bounds.maximum ?? draft.bounds.minimum.map { -$0 }) : draft.bounds
    guard let value = item.value, !bounds.contains(value) else {
      item.verdict = item.value == nil ? .inconclusive : .pass
      return item
    }
    let isSignificant = (item.pBeyondAdjusted ?? 1) <= check.alpha
    item.verdict = isSignificant && restsOnOne == nil ? .fail : .inconclusive
    if item.verdict == .inconclusive {
      item.reason = restsOnOne ?? "beyond the bound, but not significantly different from no gap"
    }
    return item
  }
}

/// A way to adjust p-values for how many were looked at.
protocol Adjustment {
  func adjusted(_ drafts: [Draft], weights: [Double]) -> [Double]
}

/// Weighted Holm: each check has the same share of α, divided evenly among its groups.
struct Holm: Adjustment {
  func adjusted(_ drafts: [Draft], weights: [Double]) -> [Double] {
    Multiplicity.weightedHolm(drafts.map { $0.item.pBeyond ?? 1 }, weights: weights)
  }
}

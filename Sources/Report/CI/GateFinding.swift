import Results

/// A check's group as an output lists it, or a check by itself that no group speaks for.
struct GateFinding: Sendable {
  let check: CheckResult
  let item: CheckItem?
  /// What it means for the gate, seen by itself.
  let status: Status

  enum Status: Int, Sendable, Comparable {
    /// Fails the gate.
    case failure
    /// Neither shown; does not fail the gate by itself.
    case inconclusive
    /// Beyond the bound or not settled, in a check that only warns.
    case warning
    case waived
    case passed

    static func < (a: Status, b: Status) -> Bool { a.rawValue < b.rawValue }
  }

  /// Findings of all checks in the order of the policy: one a group, one for a count of groups, which is one
  /// verdict, and one for a check without groups.
  static func all(_ judgement: Judgement) -> [GateFinding] {
    judgement.checks.flatMap { check -> [GateFinding] in
      guard check.scope != .count, check.reason == nil || !check.items.isEmpty, !check.items.isEmpty else {
        return [GateFinding(check, nil, judgement)]
      }
      return check.items.map { GateFinding(check, $0, judgement) }
    }
  }

  /// Those that did not pass, the most serious first.
  static func notable(_ judgement: Judgement) -> [GateFinding] {
    let order = VerdictWording.ordered(judgement.checks).flatMap { check -> [GateFinding] in
      guard check.scope != .count, !check.items.isEmpty else { return [GateFinding(check, nil, judgement)] }
      return VerdictWording.notable(check).map { GateFinding(check, $0, judgement) }
    }.filter { $0.status != .passed }
    return order.enumerated().sorted {
      ($0.element.status, $0.offset) < ($1.element.status, $1.offset)
    }.map(\.element)
  }

  private init(_ check: CheckResult, _ item: CheckItem?, _ judgement: Judgement) {
    (self.check, self.item) = (check, item)
    let verdict = item?.verdict ?? check.verdict
    let isMild = check.severity == .warning
    switch verdict {
    case .pass: status = .passed
    case .waived: status = .waived
    case .fail: status = isMild ? .warning : .failure
    case .inconclusive:
      // A group that is not settled beside one that failed has the fate that the whole gate gives it.
      let fate = check.verdict == .inconclusive ? check.countsAs : judgement.folding.verdict
      status = isMild ? .warning : fate == .fail ? .failure : .inconclusive
    }
  }

  var verdict: Verdict { item?.verdict ?? check.verdict }

  /// `tpr-gap: race=C against race=A`.
  var title: VerdictText {
    guard let item else { return "\(foreign: check.id)" }
    return "\(foreign: check.id): \(VerdictWording.title(item))"
  }

  func sentence(_ judgement: Judgement) -> VerdictText {
    item.map { VerdictWording.sentence($0, check, judgement) } ?? VerdictWording.sentence(check)
  }

  func waiver(_ judgement: Judgement) -> WaiverRecord? {
    guard let index = item?.waiver, judgement.waivers.indices.contains(index) else { return nil }
    return judgement.waivers[index]
  }
}

extension Judgement.Folding {
  fileprivate var verdict: Verdict {
    switch self {
    case .inconclusive: .inconclusive
    case .pass: .pass
    case .fail: .fail
    }
  }
}

import Results

extension VerdictWording {
  /// What became of a check as a whole.
  static func sentence(_ check: CheckResult) -> VerdictText {
    var text: VerdictText = "\(foreign: check.id): \(outcome(check))"
    if !check.excluded.isEmpty {
      text += " \(Wording.plural(check.excluded.count, "group", "groups")) left out."
    }
    return text
  }

  /// The same without the check's name.
  static func outcome(_ check: CheckResult) -> VerdictText {
    if let reason = check.reason { return "\(prose: reason)." }
    let total = check.items.count
    func groups(_ verdict: Verdict) -> String {
      let count = check.items.count { $0.verdict == verdict }
      return "\(Wording.count(count)) of \(Wording.plural(total, "group", "groups"))"
    }
    if check.scope == .count {
      return "\(groups(.fail)) lie beyond the bound; limit \(bound(check))\(undecided(check))."
    }
    switch check.verdict {
    case .fail: return "\(groups(.fail)) fail, limit \(bound(check))\(undecided(check))."
    case .inconclusive: return "\(groups(.inconclusive)) not settled, limit \(bound(check))."
    case .waived: return "\(groups(.waived)) fail and are waived, limit \(bound(check))."
    case .pass:
      return total == 1
        ? "within \(bound(check))."
        : "all \(Wording.plural(total, "group", "groups")) within \(bound(check))."
    }
  }

  private static func undecided(_ check: CheckResult) -> String {
    let count = check.items.count { $0.verdict == .inconclusive }
    return count == 0 ? "" : "; \(Wording.plural(count, "group", "groups")) not settled"
  }

  /// The items that a reader has to know of, worst first: not those that passed.
  static func notable(_ check: CheckResult) -> [CheckItem] { check.worstFirst.filter { $0.verdict != .pass } }

  /// The item that stands for the check in a table of one row a check.
  static func worst(_ check: CheckResult) -> CheckItem? {
    check.items.min { a, b in
      (a.verdict.rank, a.pBeyondAdjusted ?? a.pBeyond ?? 2, a.slice)
        < (b.verdict.rank, b.pBeyondAdjusted ?? b.pBeyond ?? 2, b.slice)
    }
  }

  /// What changed against the baseline, over the checks that compare with it; nil without any.
  static func changes(_ judgement: Judgement) -> VerdictText? {
    guard let baseline = judgement.baseline else { return nil }
    let compared = judgement.checks.filter {
      $0.isRatchet || $0.kind == .change || $0.kind == .relativeChange
    }
    let items = compared.flatMap(\.items)
    guard !items.isEmpty else { return nil }
    let worse = items.count { $0.verdict == .fail || $0.verdict == .waived }
    let open = items.count { $0.verdict == .inconclusive }
    let better = items.count { ($0.upper ?? .infinity) < 0 }
    let how = baseline.isPaired ? "row by row" : "as two samples"
    return
      "Against the baseline \(foreign: baseline.name) (\(how)): \(Wording.plural(items.count, "number", "numbers")) compared, \(Wording.count(worse)) worse beyond the bound, \(Wording.count(better)) better, \(Wording.count(open)) not settled."
  }

  /// Waivers that a reader has to know of although nothing was waived by them.
  static func standing(_ record: WaiverRecord) -> VerdictText {
    let what: String =
      switch record.status {
      case .applied: "in force"
      case .idle: "in force, and nothing that it covers failed"
      case .exceeded: "in force, and a group is worse than it accepts"
      case .expired: "no longer in force"
      case .unmatched: "matches nothing in this run"
      }
    return
      "\(foreign: record.check), \(foreign: record.slice): \(what), \(expiry(record)), \(foreign: record.owner): \(prose: record.reason)"
  }
}

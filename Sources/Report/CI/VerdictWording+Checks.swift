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
    if let allowed = check.allowedGroups, check.scope == .count {
      let (count, total) = (check.items.count { $0.verdict == .fail }, check.items.count)
      return
        "\(Wording.count(count)) of \(Wording.plural(total, "group", "groups")) \(count == 1 ? "lies" : "lie") beyond the limit \(range(check)), at most \(Wording.count(allowed)) may\(undecided(check))."
    }
    let subject = subject(of: check.verdict, check)
    switch check.verdict {
    case .fail:
      return "\(subject.text)\(subject.isOne ? "fails" : "fail"), limit \(bound(check))\(undecided(check))."
    case .inconclusive: return "\(subject.text)not settled, limit \(bound(check))\(unjudged(check))."
    case .waived:
      return
        "\(subject.text)\(subject.isOne ? "fails and is" : "fail and are") waived, limit \(bound(check))."
    case .pass where check.isRatchet: return "\(subject.text)not shown to be worse than the baseline."
    case .pass: return "\(subject.text)within \(bound(check))."
    }
  }

  /// Who came to the verdict: the one that decides for all, or so many of the groups; nobody where there is one
  /// group.
  private static func subject(of verdict: Verdict, _ check: CheckResult) -> (text: String, isOne: Bool) {
    if isOneForAll(check) {
      let name = check.comparison == .betweenGroups ? "the gap" : "the \(check.scope.rawValue) group"
      return (name + (verdict == .fail || verdict == .waived ? " " : " is "), true)
    }
    let total = check.items.count
    guard total > 1 else { return ("", true) }
    let count = check.items.count { $0.verdict == verdict }
    let groups = Wording.plural(total, "group", "groups")
    return ("\(count == total ? "all \(groups)" : "\(Wording.count(count)) of \(groups)") ", count == 1)
  }

  /// Whether one item speaks for all groups: the widest gap, the worst or the best group.
  private static func isOneForAll(_ check: CheckResult) -> Bool {
    check.scope == .worst || check.scope == .best
      || check.comparison == .betweenGroups && check.scope != .count
  }

  private static func undecided(_ check: CheckResult) -> String {
    let count = check.items.count { $0.verdict == .inconclusive }
    return count == 0 ? "" : "; \(Wording.plural(count, "group", "groups")) not settled"
  }

  /// Groups that keep the check from passing besides the one that speaks for all.
  private static func unjudged(_ check: CheckResult) -> String {
    let count = check.items.count { $0.value == nil }
    guard isOneForAll(check), count > 0 else { return "" }
    return "; \(Wording.plural(count, "group", "groups")) not judged"
  }

  /// The items that a reader has to know of, worst first: not those that passed, nor what a count of groups did
  /// not need.
  static func notable(_ check: CheckResult) -> [CheckItem] {
    check.worstFirst.filter { item in
      switch item.verdict {
      case .pass: false
      case .inconclusive: check.scope != .count || check.verdict == .inconclusive
      case .fail, .waived: true
      }
    }
  }

  /// Whether a change of the check's number is for better or worse; that of a neutral metric is neither.
  static func hasBetter(_ check: CheckResult) -> Bool {
    check.comparison != nil || MetricWords.of(check.metric, check.task).direction != .neutral
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
    let better = compared.filter { hasBetter($0) }.flatMap(\.items).count { ($0.upper ?? .infinity) < 0 }
    let how = baseline.isPaired ? "row by row" : "as two samples"
    return
      "Against the baseline \(foreign: baseline.name) (\(how)): \(Wording.plural(items.count, "comparison", "comparisons")), \(Wording.count(worse)) worse beyond the limit, \(Wording.count(better)) better, \(Wording.count(open)) not settled."
  }
}

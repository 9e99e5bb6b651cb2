import Charts
import Results
import Templating

extension GatePage {
  /// Accepted failures, those that need somebody first; nil where there is no file of them.
  func waivers() -> TemplateValue {
    guard judgement.waiverFile != nil || !judgement.waivers.isEmpty else { return .null }
    let order: [WaiverRecord.Status] = [.exceeded, .expired, .unmatched, .applied, .idle]
    let sorted = judgement.waivers.enumerated().sorted { a, b in
      let (x, y) = (order.firstIndex(of: a.element.status) ?? 0, order.firstIndex(of: b.element.status) ?? 0)
      return (x, a.element.remaining, a.offset) < (y, b.element.remaining, b.offset)
    }.map(\.element)
    return [
      "file": judgement.waiverFile.map { .text(GatePage.source($0.name, $0.sha256)) } ?? .null,
      "asOf": .optional(judgement.asOf.map { VisibleText.of($0) }),
      "hasRows": .bool(!sorted.isEmpty), "rows": .list(sorted.map(waiver)),
    ]
  }

  private func waiver(_ record: WaiverRecord) -> TemplateValue {
    let check = judgement.checks.firstIndex { $0.id == record.check }
    let state = GatePage.states[record.status]
    return [
      "check": .text(GatePage.name(record.check)), "href": .optional(check.map { "#" + anchor($0) }),
      "slice": .text(VisibleText.of(record.slice)), "accepted": .text(GateWords.exact(record.accepted)),
      "owner": .text(VisibleText.of(record.owner)), "reason": .text(VisibleText.of(record.reason)),
      "created": .text(VisibleText.of(record.created)), "expires": .text(VisibleText.of(record.expires)),
      "age": .text(Wording.plural(record.age, "day", "days")), "left": .text(GatePage.left(record.remaining)),
      "status": .text(record.status.rawValue), "class": .text(state?.verdict.rawValue ?? "pass"),
      "sign": .text(state?.sign ?? ""), "meaning": .text(state?.meaning ?? ""),
    ]
  }

  private static func left(_ days: Int) -> String {
    days < 0
      ? "\(Wording.plural(-days, "day", "days")) ago"
      : days == 0 ? "last day" : "\(Wording.plural(days, "day", "days")) left"
  }

  private static let states: [WaiverRecord.Status: (sign: String, verdict: Verdict, meaning: String)] = [
    .applied: ("⊘", .waived, "a failure is waived by it"),
    .idle: ("✓", .pass, "its group did not fail: it can go"),
    .exceeded: ("✗", .fail, "its group is worse than what was accepted"),
    .expired: ("✗", .fail, "past its last day: it waives nothing"),
    .unmatched: ("?", .inconclusive, "names a check or a slice that the run does not have"),
  ]

  // MARK: Methods

  /// How verdicts were made, as far as this policy has it.
  func methods() -> TemplateValue {
    let checks = judgement.checks
    let alphas = Set(checks.map(\.alpha)).sorted()
    var tests: [String] = []
    for test in checks.flatMap(\.items).compactMap(\.test) where !tests.contains(test) { tests.append(test) }
    func has(_ evidence: CheckResult.Evidence) -> Bool { checks.contains { $0.evidence == evidence } }
    return [
      "alpha": .text(NumberText.short(judgement.alpha)),
      "alphas": alphas.count > 1
        ? .text(PageBuilder.listed(alphas.map { NumberText.short($0) })) : .null,
      "isMaxT": .bool(judgement.correction == .maxT), "hasIntervals": .bool(has(.interval)),
      "hasPoints": .bool(has(.point)), "hasSignificance": .bool(has(.significance)),
      "hasChange": .bool(checks.contains { $0.kind == .change || $0.kind == .relativeChange }),
      "hasCounts": .bool(checks.contains { $0.scope == .count }),
      "hasRatchet": .bool(checks.contains(where: \.isRatchet)),
      "isPaired": .bool(judgement.baseline?.isPaired ?? false),
      "tests": tests.isEmpty
        ? .null : .text(tests.prefix(12).map { VisibleText.of($0) }.joined(separator: "; ")),
      "folding": .text(
        judgement.folding == .inconclusive
          ? "An inconclusive check ends the command with status 3"
          : "An inconclusive check counts as \(judgement.folding == .pass ? "passed" : "failed")"),
      "foldingExceptions": .optional(foldingExceptions()),
      "files": .list(files()),
    ]
  }

  /// Checks whose inconclusive verdict counts as something else than the policy's rule.
  private func foldingExceptions() -> String? {
    let others = judgement.checks.filter { check in
      check.verdict == .inconclusive && check.severity == .error
        && check.countsAs.rawValue != judgement.folding.rawValue
    }
    guard !others.isEmpty else { return nil }
    return others.prefix(8).map { "\(VisibleText.of($0.id)) counts as \(GateWords.word($0.countsAs))" }
      .joined(separator: ", ")
  }

  private func files() -> [TemplateValue] {
    var files = [("Policy", judgement.policy.name, Optional(judgement.policy.sha256))]
    if let one = judgement.baseline { files.append(("Baseline", one.name, one.sha256)) }
    if let one = judgement.waiverFile { files.append(("Waivers", one.name, one.sha256)) }
    return files.map { role, name, hash in
      [
        "role": .text(role), "name": .text(VisibleText.of(name)),
        "sha256": .optional(hash.map { VisibleText.of($0) }),
      ]
    }
  }
}

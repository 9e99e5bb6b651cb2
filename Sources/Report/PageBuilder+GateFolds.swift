import Charts
import Results
import Templating

extension GateTable {
  func foldedHref(_ index: Int) -> String { "#" + foldedAnchor(index) }

  private func foldedAnchor(_ index: Int) -> String { "groups-" + page.slugs[index] }

  /// The groups of a check that its table's row only counts.
  func folded(_ index: Int) -> TemplateValue? {
    let check = page.judgement.checks[index]
    let items =
      check.scope == .count ? check.worstFirst : foldsPasses ? check.items.filter { $0.verdict == .pass } : []
    guard !items.isEmpty else { return nil }
    let shown = items.prefix(eachPass)
    let what =
      check.scope == .count
      ? Wording.plural(items.count, "group", "groups")
      : Wording.plural(items.count, "passing group", "passing groups")
    return [
      "id": .text(foldedAnchor(index)), "check": .text(GatePage.name(check.id)),
      "summary": .text(what),
      "left": shown.count < items.count
        ? .text(
          "\(Wording.count(shown.count)) of \(Wording.count(items.count)) are shown; verdict.json has all.")
        : .null,
      "rows": .list(
        shown.map { item in
          guard case .object(var members) = row(item, check) else { return .null }
          members["head"] = .null
          return .object(members)
        }),
    ]
  }

  /// Groups that the policy leaves out, each reason once.
  func exclusions(_ check: CheckResult) -> [TemplateValue] {
    var reasons: [(reason: String, groups: [String])] = []
    for one in check.excluded {
      if let place = reasons.firstIndex(where: { $0.reason == one.reason }) {
        reasons[place].groups.append(one.group)
      } else {
        reasons.append((one.reason, [one.group]))
      }
    }
    let listed = reasons.prefix(8).map { entry -> String in
      let names = entry.groups.prefix(6).map { VisibleText.of($0) }.joined(separator: ", ")
      let more = entry.groups.count > 6 ? " and \(Wording.count(entry.groups.count - 6)) more" : ""
      return "\(names)\(more) (\(VisibleText.of(entry.reason)))"
    }
    guard !listed.isEmpty else { return [] }
    let rest = check.excluded.count - reasons.prefix(8).reduce(0) { $0 + $1.groups.count }
    let more = rest > 0 ? " and \(Wording.plural(rest, "other group", "other groups"))" : ""
    return [
      [
        "check": .text(GatePage.name(check.id)), "groups": .text(listed.joined(separator: "; ") + more),
        "count": .text(Wording.plural(check.excluded.count, "group", "groups")),
      ]
    ]
  }
}

import Charts
import Results
import Templating

/// The gate's table: what did not pass first, and what passed folded up where there is much of it.
struct GateTable {
  /// Rows that did not pass, of one check and of all; the rest is counted.
  static let listed = 50
  static let budget = 200
  /// Passing rows that the table holds; beyond them they are folded up by check.
  static let passesInTable = 20

  let page: GatePage
  let foldsPasses: Bool
  private let each: Int
  let eachPass: Int

  /// Rows of one check that stand together: those of one rank.
  private struct Run {
    var check: Int
    /// FAIL, INCONCLUSIVE, WAIVED, warnings, PASS.
    var rank: Int
    var rows: [TemplateValue]
  }

  init(_ page: GatePage) {
    self.page = page
    let checks = page.judgement.checks
    func count(_ wants: (CheckItem) -> Bool) -> [Int] {
      checks.filter { $0.scope != .count }.map { $0.items.filter(wants).count }.filter { $0 > 0 }
    }
    let passing = count { $0.verdict == .pass }
    foldsPasses = passing.reduce(0, +) > GateTable.passesInTable
    func share(_ checks: Int) -> Int { max(5, min(GateTable.listed, GateTable.budget / max(1, checks))) }
    each = share(count { $0.verdict != .pass }.count)
    eachPass = share(passing.count)
  }

  func model() -> TemplateValue {
    let checks = page.judgement.checks
    let runs = checks.indices.flatMap(runs).enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
    var seen: Set<Int> = []
    return [
      "runs": .list(runs.map { run in group(run, isFirst: seen.insert(run.check).inserted) }),
      "folded": .list(checks.indices.compactMap(folded)),
      "excluded": .list(checks.flatMap(exclusions)),
    ]
  }

  // MARK: Rows

  private static func rank(_ verdict: Verdict, _ check: CheckResult) -> Int {
    if verdict == .pass { return 4 }
    return check.severity == .warning ? 3 : verdict.rank
  }

  private func runs(_ index: Int) -> [Run] {
    let check = page.judgement.checks[index]
    var runs: [Run] = []
    if isWhole(check) {
      runs.append(Run(check: index, rank: GateTable.rank(check.verdict, check), rows: [wholeRow(index)]))
    }
    guard check.scope != .count else { return runs }
    let open = check.worstFirst.filter { $0.verdict != .pass }
    for verdict in [Verdict.fail, .inconclusive, .waived] {
      let rows = open.prefix(each).filter { $0.verdict == verdict }.map { row($0, check) }
      let left = open.dropFirst(each).filter { $0.verdict == verdict }.count
      guard !rows.isEmpty || left > 0 else { continue }
      runs.append(
        Run(
          check: index, rank: GateTable.rank(verdict, check),
          rows: rows + (left > 0 ? [restRow(left, verdict, check)] : [])))
    }
    let passes = check.items.filter { $0.verdict == .pass }
    if !passes.isEmpty {
      let rows = foldsPasses ? [passRow(index, passes.count)] : passes.map { row($0, check) }
      runs.append(Run(check: index, rank: 4, rows: rows))
    }
    return runs
  }

  /// Whether the check has a row of its own: it counts groups, or no group says what it came to.
  private func isWhole(_ check: CheckResult) -> Bool {
    check.scope == .count || check.reason != nil || !check.items.contains { $0.verdict == check.verdict }
  }

  private func group(_ run: Run, isFirst: Bool) -> TemplateValue {
    let check = page.judgement.checks[run.check]
    // What would settle a group stands in a row of its own below it.
    let remarks = run.rows.count {
      if case .object(let row) = $0, case .text? = row["why"] { true } else { false }
    }
    let rows = run.rows.enumerated().map { place, row -> TemplateValue in
      guard case .object(var members) = row else { return row }
      members["head"] =
        place == 0 ? head(check, span: run.rows.count + remarks, isFirst: isFirst) : .null
      return .object(members)
    }
    return ["id": isFirst ? .text(page.anchor(run.check)) : .null, "rows": .list(rows)]
  }

  private func head(_ check: CheckResult, span: Int, isFirst: Bool) -> TemplateValue {
    [
      "span": .integer(span), "check": .text(GatePage.name(check.id)),
      "metric": .text(isFirst ? GateWords.subject(check) : VisibleText.of(check.metricName)),
      "component": .optional(isFirst ? sharedComponent(check) : nil),
      "note": isFirst ? check.note.map { .text(VisibleText.of($0)) } ?? .null : .null,
      "isRatchet": .bool(check.isRatchet && isFirst),
    ]
  }

  func row(_ item: CheckItem, _ check: CheckResult) -> TemplateValue {
    let waiver = item.waiver.flatMap { index in
      page.judgement.waivers.indices.contains(index) ? page.judgement.waivers[index] : nil
    }
    let why = [
      GateWords.settlement(item, check), waiver.map(GateWords.waiver),
    ].compactMap { $0 }
    return [
      "verdict": GatePage.verdict(item.verdict, check),
      "group": .text(GateWords.name(item)), "href": .optional(page.evidence(item.sliceIndex)),
      "reference": .optional(GateWords.referenceName(item)),
      "component": .optional(sharedComponent(check) == nil ? component(item, check) : nil),
      "value": .optional(item.value.map { GateWords.number($0, check) }),
      "raw": item.value.map { .number($0) } ?? .null,
      "interval": .optional(GateWords.interval(item, check)),
      "missing": .optional(item.value == nil ? item.reason.map { VisibleText.of($0) } ?? "no value" : nil),
      "sides": .optional(sides(item, check)),
      "bound": .text(GateWords.bound(check)), "limit": .optional(limit(item, check)),
      "test": .optional(test(item, check)), "counts": .text(counts(item)),
      "rows": .optional(
        item.isWithheld || item.rows == item.denominator ? nil : "n \(Wording.count(item.rows))"),
      "why": .optional(why.isEmpty ? nil : why.joined(separator: " ")), "whole": .null, "wholeHref": .null,
    ]
  }

  /// A row in which words take the place of the numbers.
  private func wordRow(_ verdict: Verdict, _ check: CheckResult, _ words: String, href: String? = nil)
    -> TemplateValue
  {
    [
      "verdict": GatePage.verdict(verdict, check), "group": .null,
      "href": .null, "reference": .null, "component": .null, "value": .null, "raw": .null, "interval": .null,
      "missing": .null, "sides": .null, "bound": .text(GateWords.bound(check)), "limit": .null,
      "test": .null, "counts": .null, "rows": .null, "why": .null, "whole": .text(words),
      "wholeHref": .optional(href),
    ]
  }

  private func wholeRow(_ index: Int) -> TemplateValue {
    let check = page.judgement.checks[index]
    let hasGroups = check.scope == .count && !check.items.isEmpty
    return wordRow(
      check.verdict, check, GateWords.outcome(check), href: hasGroups ? foldedHref(index) : nil)
  }

  private func restRow(_ left: Int, _ verdict: Verdict, _ check: CheckResult) -> TemplateValue {
    let words = "And \(Wording.plural(left, "more group", "more groups")): all are in verdict.json."
    return wordRow(verdict, check, words)
  }

  private func passRow(_ index: Int, _ count: Int) -> TemplateValue {
    let check = page.judgement.checks[index]
    let words =
      count == check.items.count
      ? (count == 1 ? "Its group passes." : "All \(Wording.count(count)) groups pass.")
      : "\(Wording.count(count)) of \(Wording.plural(check.items.count, "group passes", "groups pass"))."
    return wordRow(.pass, check, words, href: foldedHref(index))
  }

  // MARK: Cells

  /// The metric that decided, where the check is not named after it.
  private func component(_ item: CheckItem, _ check: CheckResult) -> String? {
    guard item.component != check.metric else { return nil }
    return VisibleText.of(PageBuilder.lowered(MetricWords.of(item.component, check.task).name))
  }

  /// The same for all of its groups.
  private func sharedComponent(_ check: CheckResult) -> String? {
    guard let first = check.items.first, check.items.allSatisfy({ $0.component == first.component }) else {
      return nil
    }
    return component(first, check)
  }

  /// The two values that are compared.
  private func sides(_ item: CheckItem, _ check: CheckResult) -> String? {
    guard check.kind != .value, let a = item.groupValue, let b = item.referenceValue else { return nil }
    return "\(Wording.value(a)) against \(Wording.value(b))"
  }

  /// `≥ 0.062 at α = 0.008`: what the number is shown to exceed, or to stay below.
  private func limit(_ item: CheckItem, _ check: CheckResult) -> String? {
    guard let limit = item.limit, let alpha = item.limitAlpha else { return nil }
    let sign = item.value.map { limit <= $0 ? "≥ " : "≤ " } ?? ""
    return "\(sign)\(GateWords.number(limit, check)) at α = \(NumberText.short(alpha))"
  }

  private func test(_ item: CheckItem, _ check: CheckResult) -> String? {
    if item.value != nil, item.pBeyond == nil, item.pWithin == nil, item.verdict != .inconclusive {
      return "by the value alone"
    }
    if item.verdict == .pass { return item.pWithin.map { GateTable.p("p", $0) } }
    let adjusted = item.pBeyondAdjusted.map { GateTable.p("adjusted p", $0) }
    let among = item.chosenAmong.map { ", worst of \(Wording.count($0))" } ?? ""
    return (adjusted ?? item.pBeyond.map { GateTable.p("p", $0) }).map { $0 + among }
  }

  private static func p(_ name: String, _ value: Double) -> String {
    let text = Wording.pValue(value) ?? ""
    return text.hasPrefix("<") ? "\(name) \(text)" : "\(name) = \(text)"
  }

  private func counts(_ item: CheckItem) -> String {
    let against = item.referenceDenominator.map { " against \(Wording.count($0))" } ?? ""
    return item.isWithheld
      ? "withheld" : "\(Wording.count(item.denominator))\(against) \(GateWords.noun(item))"
  }
}

extension TemplateValue {
  static func optional(_ text: String?) -> TemplateValue { text.map { .text($0) } ?? .null }
}

import Charts
import Results
import Templating

extension GatePage {
  /// Rows of the chart; beyond them each check has its worst group only.
  static let drawnItems = 14
  static let drawnChecks = 40

  /// One row of the chart.
  struct Entry {
    var check: CheckResult
    /// Nil for a check as a whole.
    var item: CheckItem?
    var verdict: Verdict
  }

  /// Bounded numbers against their bounds.
  func figure() -> Figure? {
    let all = entries()
    guard !all.isEmpty else { return nil }
    let shown = Array(all.prefix(GatePage.drawnChecks))
    let heading = "Checks against their limits"
    let caption = caption(shown, left: all.count - shown.count)
    return Figure(
      id: "fig-gate", fileName: "gate", heading: heading, caption: caption,
      chart: BulletStrip(
        title: heading, summary: caption, rows: shown.map(row),
        referenceLegend: judgement.baseline == nil ? "no gap" : "no gap, or the baseline",
        unstableLegend: "hollow: fewer than \(Wording.smallCount) in the denominator"),
      table: dataTable(heading, shown), width: Figure.whole, isDense: shown.count > 20)
  }

  /// Everything that did not pass, and of a check that passed its worst group, while that is not too much; else each
  /// check's worst.
  func entries() -> [Entry] {
    let checks = judgement.checks
    let every = checks.flatMap { check -> [Entry] in
      let open = check.worstFirst.filter { $0.verdict != .pass }
      guard check.scope != .count, check.reason == nil, !open.isEmpty else { return [worst(check)] }
      return open.map { Entry(check: check, item: $0, verdict: $0.verdict) }
    }
    let entries = every.count <= GatePage.drawnItems ? every : checks.map(worst)
    func rank(_ entry: Entry) -> Int {
      entry.verdict == .pass ? 4 : entry.check.severity == .warning ? 3 : entry.verdict.rank
    }
    return entries.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }

  private func worst(_ check: CheckResult) -> Entry {
    let isWhole = check.scope == .count || check.reason != nil
    return Entry(check: check, item: isWhole ? nil : check.worstFirst.first, verdict: check.verdict)
  }

  // MARK: Rows

  func row(_ entry: Entry) -> BulletStrip.Row {
    let check = entry.check
    let status: BulletStrip.Status =
      switch entry.verdict {
      case .fail: .fail
      case .inconclusive: .inconclusive
      case .waived: .waived
      case .pass: .pass
      }
    let isCounted = check.scope == .count
    return BulletStrip.Row(
      check.id, detail: detail(entry), status: status, statusText: GateWords.word(entry.verdict),
      minimum: isCounted ? nil : check.minimum,
      maximum: isCounted ? check.allowedGroups.map(Double.init) : check.maximum, boundText: boundText(check),
      kind: check.kind == .ratio && !isCounted ? .log : .linear, reading: reading(entry),
      valueText: valueText(entry), reference: isCounted ? nil : reference(entry), domain: domain(entry))
  }

  /// The group and what it is compared with, by their short names: there is little room.
  func sides(_ entry: Entry) -> String {
    guard let item = entry.item else {
      return entry.check.scope == .count ? "groups beyond \(GateWords.bound(entry.check))" : ""
    }
    return item.label + ((item.referenceLabel ?? item.reference).map { " against \($0)" } ?? "")
  }

  /// The same, and whether the check only warns.
  private func detail(_ entry: Entry) -> String {
    let isWarning = entry.check.severity == .warning && entry.verdict != .pass
    return [sides(entry), isWarning ? "a warning" : ""].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  func boundText(_ check: CheckResult) -> String {
    check.scope == .count
      ? "≤ " + Wording.plural(check.allowedGroups ?? 0, "group", "groups") : GateWords.bound(check)
  }

  private func reading(_ entry: Entry) -> Reading {
    let check = entry.check
    if check.scope == .count, check.reason == nil {
      let (failed, unsure) = tally(check)
      return Reading(Double(failed), Double(failed), Double(failed + unsure))
    }
    guard let item = entry.item else { return .absent(check.reason ?? "no group could be judged") }
    return Reading(
      item.value, item.lower, item.upper, isUnstable: item.denominator < Wording.smallCount,
      reason: item.reason)
  }

  func tally(_ check: CheckResult) -> (failed: Int, unsure: Int) {
    (
      check.items.filter { $0.verdict == .fail }.count,
      check.items.filter { $0.verdict == .inconclusive }.count
    )
  }

  private func valueText(_ entry: Entry) -> String {
    let check = entry.check
    if check.scope == .count, check.reason == nil {
      let (failed, unsure) = tally(check)
      return Wording.count(failed) + (unsure > 0 ? " to \(Wording.count(failed + unsure))" : "")
    }
    guard let item = entry.item else {
      return "— " + (check.reason.map { VisibleText.of($0) } ?? "no group could be judged")
    }
    return GateWords.value(item, check)
  }

  /// Where there would be no gap or no change; for a metric's value what the baseline has.
  private func reference(_ entry: Entry) -> Double? {
    switch entry.check.kind {
    case .difference, .change, .relativeChange: return 0
    case .ratio: return 1
    case .value:
      let values = builder.evaluation.paired?[entry.check.metric]?.baseline
      guard let slice = entry.item?.sliceIndex, let values, values.indices.contains(slice) else { return nil }
      return values[slice].isNaN ? nil : values[slice]
    }
  }

  private func domain(_ entry: Entry) -> ClosedRange<Double> {
    let check = entry.check
    if check.scope == .count { return 0...Double(max(1, check.items.count)) }
    switch check.kind {
    case .ratio: return 0...Double.infinity
    case .difference: return check.isSigned ? -Double.infinity...Double.infinity : 0...Double.infinity
    case .change, .relativeChange: return -Double.infinity...Double.infinity
    case .value: break
    }
    let kind = entry.item.flatMap { builder.entry($0.component) }?.kind
    return kind == .rate || kind == .index ? 0...1 : -Double.infinity...Double.infinity
  }

  // MARK: Words

  private func caption(_ shown: [Entry], left: Int) -> String {
    var counts: [String] = []
    for verdict in [Verdict.fail, .inconclusive, .waived, .pass] {
      let number = shown.filter { $0.verdict == verdict }.count
      if number > 0 { counts.append("\(Wording.count(number)) \(GateWords.word(verdict))") }
    }
    let isEvery = shown.count + left > judgement.checks.count
    var text =
      "\(isEvery ? "What did not pass, and the worst group of every check that did" : "The worst group of each check"): "
      + counts.joined(separator: ", ") + ". What violates a limit lies right of it."
    if let first = shown.first, first.verdict == .fail {
      let name = GateWords.brief(GatePage.name(first.check.id))
      let group = first.item.map { " (\(GateWords.brief(GateWords.name($0))))" } ?? ""
      text += " \(name)\(group) is \(valueText(first)), limit \(boundText(first.check))."
    }
    if left > 0 { text += " \(Wording.plural(left, "more check is", "more checks are")) in the table." }
    return text
      + " Intervals hold each number by itself; the verdict rests on the one-sided bound in the table."
  }

  private func dataTable(_ caption: String, _ shown: [Entry]) -> DataTable {
    DataTable(
      caption: caption, columns: ["Check", "Group", "Verdict", "Limit", "Value", "Group's", "Reference's"],
      rows: shown.map { entry in
        let item = entry.item
        func number(_ value: Double?) -> DataTable.Cell {
          .number(value.map { Wording.value($0) } ?? "—", value)
        }
        let isCounted = entry.check.scope == .count && entry.check.reason == nil
        return (
          GatePage.name(entry.check.id),
          [
            .text(VisibleText.of(detail(entry))), .text(GateWords.word(entry.verdict)),
            .text(boundText(entry.check)),
            .number(valueText(entry), isCounted ? Double(tally(entry.check).failed) : item?.value),
            number(item?.groupValue), number(item?.referenceValue),
          ]
        )
      })
  }
}

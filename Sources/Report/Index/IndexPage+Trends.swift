import Charts
import Results
import Templating

extension IndexPage {
  /// The trends of a title: every check of its newest judged run, then the clearest gap of each family.
  func trends(_ subject: Int) -> TemplateValue {
    let checks = checkFigures(subject)
    let gaps = gapFigures(subject)
    return [
      "id": .text(anchor(subject)), "title": .text(VisibleText.of(subjects[subject].title)),
      "checks": .list(checks.map { $0.model() }), "gaps": .list(gaps.map { $0.model() }),
      "hasChecks": .bool(!checks.isEmpty), "hasGaps": .bool(!gaps.isEmpty),
    ]
  }

  private static let width = 548.0
  /// Trends of one kind that a title has at most.
  private static let most = 24

  // MARK: Checks

  func checkFigures(_ subject: Int) -> [Figure] {
    let own = subjects[subject].runs.map { runs[$0] }
    guard let judged = own.last(where: { !$0.record.checks.isEmpty }) else { return [] }
    let ordered = judged.record.checks.enumerated().sorted {
      $0.element.verdict.rank == $1.element.verdict.rank
        ? $0.offset < $1.offset : $0.element.verdict.rank < $1.element.verdict.rank
    }.map(\.element)
    return ordered.prefix(Self.most).enumerated().map { place, check in
      let history = own.compactMap { run in
        run.record.checks.first { $0.id == check.id }.map { (run: run, check: $0) }
      }
      return figure(check, Array(history.suffix(Self.trendLength)), id: "trend-\(subject + 1)-\(place + 1)")
    }
  }

  private typealias CheckPoint = (run: Run, check: RunRecord.Check)

  private func figure(_ check: RunRecord.Check, _ history: [CheckPoint], id: String) -> Figure {
    let finding = Self.finding(history)
    let isCount = check.allowedGroups != nil
    var previous: CheckPoint?
    let entries = history.map { point -> TrendPlot.Entry in
      defer { previous = point }
      return entry(point, after: previous)
    }
    let name = VisibleText.of(check.id)
    let plot = TrendPlot(
      title: "\(name) over \(Wording.plural(history.count, "run", "runs"))", summary: finding,
      entries: entries, axis: AxisSpec(format: check.kind == .relativeChange ? .percent : .number),
      isCount: isCount)
    let table = DataTable(
      caption: "\(name): \(RunWords.subject(check))",
      columns: ["Run", "Verdict", isCount ? "Groups beyond" : "Value", "Limit", "Group", "Changed"],
      rows: zip(history, entries).reversed().map { point, entry in
        (
          RunWords.name(point.run),
          [
            .text(VerdictWording.status(point.check.result)),
            .number(RunWords.observed(point.check), entry.reading.value), .text(RunWords.bound(point.check)),
            .text(RunWords.groups(point.check.slice, point.check.reference)),
            .text(entry.changes.map(\.rawValue).joined(separator: ", ")),
          ]
        )
      })
    return Figure(
      id: id, fileName: nil, heading: "\(VerdictWording.glyph(check.verdict)) \(name)",
      caption: finding, chart: plot, table: table, width: Self.width)
  }

  private func entry(_ point: CheckPoint, after previous: CheckPoint?) -> TrendPlot.Entry {
    let check = point.check
    let isCount = check.allowedGroups != nil
    let changes = previous.map { Self.changes(point.run, since: $0.run) } ?? []
    // A number of another kind is no continuation, either.
    let isOther = previous.map { RunWords.subject($0.check) != RunWords.subject(check) } ?? false
    return TrendPlot.Entry(
      RunWords.short(point.run),
      reading: isCount
        ? Reading(Double(check.failed)) : RunWords.reading(check.reading, reason: check.reason),
      valueText: "\(VerdictWording.word(check.verdict)), \(RunWords.observed(check))"
        + ", limit \(RunWords.bound(check))",
      status: TrendPlot.Status(check.verdict), minimum: isCount ? nil : check.minimum,
      maximum: isCount ? check.allowedGroups.map { Double($0) } : check.maximum,
      isBreak: changes.contains(.data) || isOther, changes: changes)
  }

  static func changes(_ run: Run, since other: Run) -> [TrendPlot.Change] {
    var changes: [TrendPlot.Change] = []
    let (a, b) = (other.record, run.record)
    if a.dataKey != b.dataKey { changes.append(.data) }
    if let before = a.model, let now = b.model, before != now { changes.append(.model) }
    if let before = a.policy, let now = b.policy, before.sha256 != now.sha256 { changes.append(.policy) }
    return changes
  }

  /// What a chart shows, in words: how long the newest verdict has held, and the newest number.
  private static func finding(_ history: [CheckPoint]) -> String {
    guard let last = history.last else { return "" }
    let word = VerdictWording.word(last.check.verdict)
    let same = history.reversed().prefix { $0.check.verdict == last.check.verdict }.count
    let held =
      same == history.count
      ? (same == 1 ? "\(word) in its only run" : "\(word) in all \(same) runs")
      : same == 1
        ? "\(word), \(VerdictWording.word(history[history.count - 2].check.verdict)) the run before"
        : "\(word) for \(same) runs, \(VerdictWording.word(history[history.count - same - 1].check.verdict)) before"
    return
      "\(RunWords.subject(last.check)): \(held). Newest: \(RunWords.observed(last.check)), limit \(RunWords.bound(last.check))."
  }

  // MARK: Gaps

  func gapFigures(_ subject: Int) -> [Figure] {
    let own = subjects[subject].runs.map { runs[$0] }.filter { $0.record.origin.kind == .evaluate }
    guard let newest = own.last else { return [] }
    var families: [String] = []
    for gap in newest.record.gaps where !families.contains(gap.slices) { families.append(gap.slices) }
    return families.compactMap { Self.worst(newest.record, in: $0) }.prefix(Self.most).enumerated().map {
      place, gap in
      let history = own.compactMap { run in
        run.record.gaps.first { $0.slices == gap.slices && $0.gap == gap.gap }.map { (run: run, gap: $0) }
      }
      return figure(gap, Array(history.suffix(Self.trendLength)), id: "gaps-\(subject + 1)-\(place + 1)")
    }
  }

  private typealias GapPoint = (run: Run, gap: RunRecord.Gap)

  private func figure(_ gap: RunRecord.Gap, _ history: [GapPoint], id: String) -> Figure {
    var previous: GapPoint?
    let entries = history.map { point -> TrendPlot.Entry in
      defer { previous = point }
      let changes = previous.map { Self.changes(point.run, since: $0.run) } ?? []
      return TrendPlot.Entry(
        RunWords.short(point.run), reading: RunWords.reading(point.gap.reading, reason: point.gap.reason),
        valueText: RunWords.text(point.gap.reading, reason: point.gap.reason), status: .unjudged,
        isBreak: changes.contains(.data), changes: changes)
    }
    let name = Self.gapTitle(gap)
    let newest = RunWords.text(gap.reading, reason: gap.reason)
    let groups = RunWords.groups(gap.group, gap.reference)
    let finding =
      "Newest: \(newest)\(groups.isEmpty ? "" : ", \(groups)"); "
      + "\(Wording.plural(history.count, "run", "runs"))."
    let table = DataTable(
      caption: name, columns: ["Run", "Gap", "Groups", "Changed"],
      rows: zip(history, entries).reversed().map { point, entry in
        (
          RunWords.name(point.run),
          [
            .number(RunWords.text(point.gap.reading, reason: point.gap.reason), entry.reading.value),
            .text(RunWords.groups(point.gap.group, point.gap.reference)),
            .text(entry.changes.map(\.rawValue).joined(separator: ", ")),
          ]
        )
      })
    let plot = TrendPlot(
      title: "\(name) over \(Wording.plural(history.count, "run", "runs"))", summary: finding,
      entries: entries)
    return Figure(
      id: id, fileName: nil, heading: name, caption: finding, chart: plot, table: table, width: Self.width)
  }
}

extension TrendPlot.Status {
  init(_ verdict: Verdict) {
    switch verdict {
    case .pass: self = .pass
    case .fail: self = .fail
    case .inconclusive: self = .inconclusive
    case .waived: self = .waived
    }
  }
}

import Results

/// `summary.md`: the verdict as a comment on a pull request or the summary of a job, at most 60,000 bytes whatever
/// was found. Its first line is a hidden marker by which a comment is found again and updated in place.
struct SummaryMarkdown {
  /// GitHub's comments hold 65,536 characters.
  static let limit = 60_000
  /// Bytes of each part; what does not fit is counted.
  private static let room = (table: 16_000, sentences: 20_000, rest: 10_000, notes: 8000)
  private static let longestName = 160
  private static let longestProse = 400

  private let judgement: Judgement
  /// What was judged, where more than the verdict is to be told.
  private let evaluation: Evaluation?

  static func bytes(_ judgement: Judgement, _ evaluation: Evaluation? = nil) -> [UInt8] {
    Array(SummaryMarkdown(judgement: judgement, evaluation: evaluation).text.utf8)
  }

  private var text: String {
    var parts = ["<!-- fairslice:\(name) -->\n" + heading]
    let checks = VerdictWording.ordered(judgement.checks)
    let open = checks.filter { $0.verdict != .pass && $0.verdict != .waived }
    if !open.isEmpty { parts.append(table(open, room: Self.room.table)) }
    parts.append(sentences)
    parts.append(closed(checks.filter { $0.verdict == .pass || $0.verdict == .waived }))
    if let noise = evaluation.flatMap(NoiseSentence.text) { parts.append(Self.prose(noise)) }
    if let changes = VerdictWording.changes(judgement) { parts.append(Self.markdown(changes)) }
    if let evaluation { parts.append(measures(evaluation)) }
    parts.append(Self.list("Notes", judgement.notes.map(Self.prose), room: Self.room.notes))
    if let evaluation { parts.append(PresetText.markdown(evaluation)) }
    parts.append(footer)
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  // MARK: parts

  /// Of the marker: letters, digits and hyphens.
  private var name: String {
    let source = [judgement.title, judgement.policy.name].first { $0.contains { $0.isASCII && $0.isLetter } }
    return source.map(Names.slug) ?? "gate"
  }

  private var heading: String {
    let title = judgement.title.isEmpty ? "" : "\n\n" + Self.prose(judgement.title)
    let glyph = VerdictWording.glyph(judgement.verdict)
    return "### \(glyph) fairslice: \(VerdictWording.summary(judgement))" + title
  }

  private func table(_ checks: [CheckResult], room: Int) -> String {
    let hasBaseline = judgement.baseline != nil
    let level = VerdictWording.level(judgement)
    var lines = [
      "| Check | Verdict | Observed [\(level)] | Limit |\(hasBaseline ? " vs baseline |" : "") Group | n |",
      "|---|---|---|---|\(hasBaseline ? "---|" : "")---|---|",
    ]
    var used = lines.joined().utf8.count
    for (index, check) in checks.enumerated() {
      let row = row(check, hasBaseline: hasBaseline)
      used += row.utf8.count + 1
      guard used <= room else {
        let rest = Wording.plural(checks.count - index, "check", "checks")
        return lines.joined(separator: "\n") + "\n\n… and \(rest) more in `verdict.json`."
      }
      lines.append(row)
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ check: CheckResult, hasBaseline: Bool) -> String {
    let item = check.worst
    let isCount = check.scope == .count
    let observed =
      isCount
      ? "\(check.items.count { $0.verdict == .fail }) of \(check.items.count)"
      : item.flatMap { VerdictWording.observed($0, check) } ?? "—"
    let subject = Self.markdown(VerdictWording.subject(check))
    let slices = Self.foreign(VerdictWording.slices(check).plain)
    var cells = [
      "\(Self.foreign(check.id))<br>\(subject) · \(slices)", VerdictWording.status(check), observed,
      VerdictWording.bound(check),
    ]
    if hasBaseline { cells.append(item.flatMap { againstBaseline($0, check) } ?? "–") }
    cells.append(isCount ? "" : item.map { Self.markdown(VerdictWording.title($0)) } ?? "–")
    cells.append(isCount ? "" : item.map { count($0, check) } ?? "–")
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func count(_ item: CheckItem, _ check: CheckResult) -> String {
    let needed = item.verdict == .inconclusive && item.neededIn == nil ? item.needed : nil
    return VerdictWording.denominator(item, check.task)
      + (needed.map { " (needs ≈ \(Wording.count($0)))" } ?? "")
  }

  /// The change of the same number, by this check or its ratchet: `+0.021 ▲ worse`.
  private func againstBaseline(_ item: CheckItem, _ check: CheckResult) -> String? {
    let isChange = check.kind == .change || check.kind == .relativeChange
    let ratchet = judgement.checks.first {
      $0.isRatchet && $0.line == check.line && $0.metric == check.metric && $0.comparison == check.comparison
    }
    guard let source = isChange ? check : ratchet,
      let value = isChange ? item.value : source.items.first(where: { $0.slice == item.slice })?.value
    else { return nil }
    let shown = (value > 0 ? "+" : "") + VerdictWording.number(value, source)
    guard VerdictWording.hasBetter(source), value != 0 else { return shown }
    return shown + (value > 0 ? " ▲ worse" : " ▼ better")
  }

  /// One sentence a check, and below it one a group, failures first.
  private var sentences: String {
    let open = VerdictWording.ordered(judgement.checks).filter {
      $0.verdict != .pass && $0.verdict != .waived
    }
    var lines: [String] = []
    var used = 0
    var leftOut = 0
    for (index, check) in open.enumerated() {
      // What is left is shared by the checks still to come, so that the first cannot crowd out the others.
      let share = (Self.room.sentences - used) / (open.count - index)
      var spent = 0
      func take(_ line: String) -> Bool {
        guard spent + line.utf8.count + 1 <= share else { return false }
        spent += line.utf8.count + 1
        lines.append(line)
        return true
      }
      let items = VerdictWording.notable(check)
      let head = "- \(VerdictWording.status(check)) \(Self.markdown(VerdictWording.sentence(check)))"
      guard take(head) else {
        leftOut += max(1, items.count)
        continue
      }
      let shown = items.prefix { item in
        take("  - " + Self.markdown(VerdictWording.sentence(item, check, judgement)))
      }.count
      leftOut += items.count - shown
      used += spent
    }
    if leftOut > 0 {
      lines.append("\n… and \(Wording.plural(leftOut, "finding", "findings")) more in `verdict.json`.")
    }
    return lines.joined(separator: "\n")
  }

  /// How many fairness measures there are, and the clearest of them; nothing without any.
  private func measures(_ evaluation: Evaluation) -> String {
    guard let page = MeasuresPage(PageBuilder(evaluation, mentionsChartFiles: false)) else { return "" }
    let text = "**Fairness measures**: \(page.summary.counts). \(page.summary.sentence)"
    guard let finding = page.summary.clearest(1).first else { return text }
    let clearest = page.brief(finding)
    let place = Self.foreign(clearest["of"].words ?? "")
    let value = Wording.text(finding.result.estimate)
    return text + " Clearest: \(Self.prose(clearest["name"].words ?? "")), \(place): \(value), where"
      + " \(MeasureWords.fair(finding.entry)) is fair. All are in `measures.csv`."
  }

  private func closed(_ checks: [CheckResult]) -> String {
    guard !checks.isEmpty else { return "" }
    let waived = checks.count { $0.verdict == .waived }
    var facts = ["\(Wording.count(checks.count - waived)) passed"]
    if waived > 0 { facts.append("\(Wording.count(waived)) waived") }
    let summary = facts.joined(separator: ", ")
    let records = Set(checks.flatMap(\.items).compactMap(\.waiver)).sorted()
      .filter(judgement.waivers.indices.contains).map { judgement.waivers[$0] }
    let waivers = records.map { record in
      let place: VerdictText = "\(foreign: record.check), \(foreign: record.slice): "
      return Self.markdown(place + VerdictWording.waiver(record))
    }
    let list = Self.list(nil, waivers, room: Self.room.rest / 2)
    let table = table(checks, room: Self.room.rest / 2)
    return ["<details><summary>\(summary)</summary>", table, list, "</details>"].filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }

  private var footer: String {
    let policy = "Policy \(Self.foreign(judgement.policy.name)) (`\(judgement.policy.sha256.prefix(12))`)"
    let data = judgement.inputs.prefix(3).map {
      "\(Self.foreign($0.name)) (`\($0.sha256.prefix(12))`)"
    }.joined(separator: ", ")
    let more = judgement.inputs.count > 3 ? " and \(judgement.inputs.count - 3) more" : ""
    let test = "\(VerdictWording.level(judgement)) two-sided intervals, shown unadjusted"
    return "\(policy) · data \(data)\(more), \(Wording.plural(judgement.rows, "row", "rows")) · \(test)."
      + " Every group of every check is in `verdict.json`."
  }

  // MARK: text

  private static func foreign(_ text: String) -> String {
    MarkdownText.code(Shortened.middle(text, to: longestName))
  }

  /// A first sign that is no letter could make a list or a block of code of the line.
  private static func prose(_ text: String) -> String {
    let escaped = MarkdownText.escaped(Shortened.middle(text, to: longestProse))
    return text.unicodeScalars.first?.properties.isAlphabetic ?? true ? escaped : "&#8203;" + escaped
  }

  private static func markdown(_ text: VerdictText) -> String { text.rendered(foreign, prose: prose) }

  private static func list(_ title: String?, _ entries: [String], room: Int) -> String {
    guard !entries.isEmpty else { return "" }
    var lines = title.map { ["**\($0)**", ""] } ?? []
    var used = 0
    for (index, entry) in entries.enumerated() {
      used += entry.utf8.count + 3
      guard used <= room else {
        lines.append("- … and \(Wording.count(entries.count - index)) more in `verdict.json`")
        break
      }
      lines.append("- " + entry)
    }
    return lines.joined(separator: "\n")
  }
}

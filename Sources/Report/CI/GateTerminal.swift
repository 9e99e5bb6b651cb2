import Results

/// The verdicts as a table and sentences for a terminal or a job's log.
struct GateTerminal {
  /// Sentences a check; the others are counted.
  private static let shownItems = 10
  private static let shownChecks = 40

  private let judgement: Judgement
  private let width: Int

  static func text(_ judgement: Judgement, width: Int) -> String {
    let lines = GateTerminal(judgement: judgement, width: max(40, width)).lines
    return lines.joined(separator: "\n") + "\n"
  }

  private var lines: [String] {
    let checks = VerdictWording.ordered(judgement.checks)
    var lines = wrapped("\(VerdictWording.glyph(judgement.verdict)) \(VerdictWording.summary(judgement))", 2)
    if !judgement.title.isEmpty { lines += wrapped(Self.safe(judgement.title), 0) }
    lines += [""] + table(checks)
    for check in checks.filter({ $0.verdict != .pass }).prefix(Self.shownChecks) { lines += sentences(check) }
    if let changes = VerdictWording.changes(judgement) {
      lines += [""] + wrapped(changes.rendered(Self.safe), 0)
    }
    if !judgement.notes.isEmpty { lines += ["", "Notes"] }
    for note in judgement.notes { lines += bullet("\(prose: note)") }
    return lines
  }

  private func table(_ checks: [CheckResult]) -> [String] {
    var table = TextTable([
      .init("check", .name), .init("verdict", .text),
      .init("observed", .number), .init("[\(VerdictWording.level(judgement))]", .text, rank: 2),
      .init("limit", .text), .init("group", .name, rank: 1), .init("n", .number, rank: 3),
    ])
    for check in checks {
      let item = check.worst
      let counted = check.scope == .count
      table.add([
        Self.safe(check.id), VerdictWording.shortStatus(check),
        counted
          ? "\(check.items.count { $0.verdict == .fail }) of \(check.items.count)"
          : item?.value.map { VerdictWording.number($0, check) } ?? "—",
        counted ? "" : item.map { String(VerdictWording.interval($0, check).dropFirst()) } ?? "",
        VerdictWording.shortBound(check),
        counted ? "" : item.map { Self.safe(VerdictWording.title($0).plain) } ?? "",
        counted ? "" : item.map { $0.isWithheld ? "withheld" : Wording.count($0.denominator) } ?? "",
      ])
    }
    return table.lines(width: width, indent: 0)
  }

  private func sentences(_ check: CheckResult) -> [String] {
    let head = "\(VerdictWording.status(check)) \(VerdictWording.sentence(check).rendered(Self.safe))"
    var lines = [""] + wrapped(head, 2)
    let notable = VerdictWording.notable(check)
    for item in notable.prefix(Self.shownItems) {
      lines += bullet(VerdictWording.sentence(item, check, judgement))
    }
    if notable.count > Self.shownItems {
      lines.append("  … and \(Wording.count(notable.count - Self.shownItems)) more, in verdict.json")
    }
    return lines
  }

  private func bullet(_ text: VerdictText) -> [String] {
    wrapped("- " + text.rendered(Self.safe), 4, margin: 2)
  }

  private func wrapped(_ text: String, _ indent: Int, margin: Int = 0) -> [String] {
    TerminalText.wrapped(text, width: width - margin, indent: indent - margin).map {
      String(repeating: " ", count: margin) + $0
    }
  }

  /// A job's log is read for commands too: `::` at the start of a line, `##[` and its like anywhere. A long
  /// name is cut in its middle.
  private static func safe(_ text: String) -> String {
    var last: Unicode.Scalar?
    let spelled = TerminalText.printable(Shortened.middle(text, to: 300)).escaped { scalar in
      defer { last = scalar }
      guard scalar == last else { return nil }
      return scalar == ":" ? "\\u{3A}" : scalar == "#" ? "\\u{23}" : nil
    }
    return spelled
  }
}

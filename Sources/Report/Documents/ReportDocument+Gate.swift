import Charts
import ChartsCairo
import Results
import Templating

extension ReportDocument {
  /// Rows of the table of checks; the others are in the page.
  private static let checkRows = 90

  /// Every check with the group that it came to, what it rests on, and accepted failures.
  mutating func gate() {
    guard let gate = GatePage(builder) else { return }
    let model = gate.model()
    flow.heading("Checks")
    flow.text(
      "Verdict, value with interval, limit, and what the verdict rests on: the one-sided bound, its test and the counts.",
      size: 8, ink: .mutedText)
    let rows = model["table"]["runs"].elements.flatMap { $0["rows"].elements }
    let shown = rows.prefix(Self.checkRows)
    flow.table(
      DocumentTable(
        columns: [
          .init("Verdict", 1.4), .init("Check", 1.75), .init("Group", 1.65), .init("Value", 1.45),
          .init("Limit", 0.7), .init("Rests on", 1.75),
        ], rows: shown.map(checkRow), size: 7))
    if shown.count < rows.count {
      flow.text(
        "\(Wording.plural(rows.count - shown.count, "more row is", "more rows are")) left out here, all groups of all checks are in verdict.json.",
        size: 8)
    }
    excluded(model["table"]["excluded"].elements)
    waivers(model["waivers"])
    let notes = model["notes"].elements.compactMap(\.words)
    for note in notes.prefix(8) { flow.item(Self.bullet, [Paragraph.Run(note)], size: 8, gap: 2) }
    if notes.count > 8 {
      flow.text(
        "\(Wording.plural(notes.count - 8, "more note is", "more notes are")) in verdict.json.", size: 8)
    }
  }

  private func checkRow(_ row: TemplateValue) -> DocumentTable.Row {
    let head = row["head"]
    let verdict = row["verdict"]
    let ink = Verdict(rawValue: verdict["class"].words ?? "").map(Self.ink) ?? .text
    var state = [
      Paragraph.Run("\(verdict["sign"].words ?? "") \(verdict["word"].words ?? "")", ink: ink, isBold: true)
    ]
    if verdict["isWarning"].isTrue { state.append(Paragraph.Run("warning", ink: .mutedText, isBelow: true)) }
    if let folded = verdict["folded"].words {
      state.append(Paragraph.Run(folded, ink: .mutedText, isBelow: true))
    }
    let isFirst = head != .null
    var check: [Paragraph.Run] = []
    if isFirst {
      check.append(Paragraph.Run(head["check"].words ?? "", isBold: true))
      check += lines([head["metric"], head["component"]], ink: .mutedText)
    }
    if let whole = row["whole"].words {
      let isShort = whole.count < 40
      return DocumentTable.Row(
        cells: [state, check, isShort ? runs(row["whole"]) : [], [], runs(row["bound"]), []],
        note: isShort ? [] : runs(row["whole"]), hasRule: isFirst)
    }
    return DocumentTable.Row(
      cells: [
        state, check, runs(row["group"]) + groupDetail(row), value(row), runs(row["bound"]),
        restsOn(row),
      ], note: row["why"].words.map { [Paragraph.Run($0, ink: .mutedText)] } ?? [], hasRule: isFirst)
  }

  private func groupDetail(_ row: TemplateValue) -> [Paragraph.Run] {
    let against =
      row["reference"].words.map { [Paragraph.Run("against " + $0, ink: .mutedText, isBelow: true)] } ?? []
    return against + lines([row["component"]], ink: .mutedText)
  }

  private func value(_ row: TemplateValue) -> [Paragraph.Run] {
    guard let value = row["value"].words else {
      return [Paragraph.Run("— " + (row["missing"].words ?? "no value"), ink: .mutedText)]
    }
    let interval = row["interval"].words.map { [Paragraph.Run($0, ink: .mutedText, isBelow: true)] } ?? []
    return [Paragraph.Run(value, isBold: true)] + interval + lines([row["sides"]], ink: .mutedText)
  }

  private func restsOn(_ row: TemplateValue) -> [Paragraph.Run] {
    lines(["limit", "test", "counts", "rows"].map { row[$0] }, ink: .text)
  }

  /// What is there, as text.
  func runs(_ value: TemplateValue, isBold: Bool = false) -> [Paragraph.Run] {
    value.words.map { [Paragraph.Run($0, isBold: isBold)] } ?? []
  }

  private func lines(_ values: [TemplateValue], ink: Ink) -> [Paragraph.Run] {
    values.compactMap(\.words).map { Paragraph.Run($0, ink: ink, isBelow: true) }
  }

  private mutating func excluded(_ entries: [TemplateValue]) {
    guard !entries.isEmpty else { return }
    flow.heading("Left out by the policy", level: 2, following: 24)
    for entry in entries.prefix(12) {
      flow.item(
        Self.bullet,
        [
          Paragraph.Run((entry["check"].words ?? "") + ": ", isBold: true),
          Paragraph.Run(entry["groups"].words ?? ""),
        ], size: 8, gap: 2)
    }
    if entries.count > 12 {
      flow.text(
        "\(Wording.plural(entries.count - 12, "more check has", "more checks have")) some: see verdict.json.",
        size: 8)
    }
  }

  private mutating func waivers(_ model: TemplateValue) {
    let rows = model["rows"].elements
    guard !rows.isEmpty else { return }
    flow.heading("Waivers", level: 1)
    flow.table(
      DocumentTable(
        columns: [
          .init("State", 1.1), .init("Check", 1.4), .init("Group", 1.4), .init("Up to", 0.6, .end),
          .init("Owner", 1), .init("Expires", 1.1), .init("Reason", 2),
        ],
        rows: rows.prefix(40).map { row in
          let state = "\(row["sign"].words ?? "") \(row["status"].words ?? "")"
          let ink = Verdict(rawValue: row["class"].words ?? "").map(Self.ink) ?? .text
          return DocumentTable.Row(cells: [
            [Paragraph.Run(state, ink: ink, isBold: true)], runs(row["check"], isBold: true),
            runs(row["slice"]),
            runs(row["accepted"]), runs(row["owner"]),
            runs(row["expires"]) + lines([row["left"]], ink: .mutedText),
            runs(row["reason"]),
          ])
        }, size: 7))
    if rows.count > 40 {
      flow.text(
        "\(Wording.plural(rows.count - 40, "more waiver is", "more waivers are")) in report.html.", size: 8)
    }
  }
}

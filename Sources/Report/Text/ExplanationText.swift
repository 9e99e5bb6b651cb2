import Charts
import Results

/// What an explanation found, in lines for a terminal.
package struct ExplanationText {
  private static let features = 6
  private static let metrics = 3
  private static let gaps = 4

  private let page: WhyPage
  private let width: Int

  /// Lines no wider than `width` (40 at least), safe to print; none where no model was asked. Stars mark
  /// importances whose Holm-adjusted p-value is below 0.05.
  package static func lines(_ evaluation: Evaluation, width: Int) -> [String] {
    guard let page = WhyPage(PageBuilder(evaluation, mentionsChartFiles: false)) else { return [] }
    return ExplanationText(page: page, width: max(40, width)).all()
  }

  private func all() -> [String] {
    let sampling = page.explanation.sampling
    let rows =
      sampling.rows < sampling.rowCount
      ? "\(Wording.count(sampling.rows)) of \(Wording.plural(sampling.rowCount, "row", "rows"))"
      : Wording.plural(sampling.rowCount, "row", "rows")
    var lines = wrapped(
      "Why: \(page.explanation.model.name), \(page.explanation.model.kind), \(rows)", indent: 2)
    for warning in page.explanation.warnings {
      lines += wrapped("! \(WhyWords.title(warning.kind)): \(warning.message)", indent: 4, first: 2)
    }
    for finding in page.findings() { lines += wrapped(finding, indent: 2, first: 2) }
    for columns in page.drawnOverall() { lines += [""] + table(columns, title: title(columns)) }
    for columns in shownGaps() { lines += [""] + table(columns, title: title(columns)) }
    if let flips = flip() { lines += [""] + wrapped(flips, indent: 2, first: 2) }
    if lines.contains(where: { $0.contains("*") }) {
      lines.append("  * Holm-adjusted p < \(page.alphaText)")
    }
    let notes = page.notes()
    if !notes.isEmpty { lines.append("") }
    for note in notes { lines += wrapped("Note: \(note)", indent: 4, first: 2) }
    return lines
  }

  private func wrapped(_ text: String, indent: Int, first: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: first)
    return TerminalText.wrapped(TerminalText.printable(text), width: width - first, indent: indent - first)
      .map { margin + $0 }
  }

  private func title(_ columns: ImportanceColumns) -> String {
    let metric = page.metricName(columns.metric)
    let base = Wording.value(columns.base, signed: columns.isGap)
    guard let reference = columns.reference else {
      return columns.meaning == .change
        ? "\(metric) \(base), change when the feature is shuffled"
        : "\(metric) \(base), lost when the feature is shuffled"
    }
    return
      "Gap in \(page.metric(inSentence: columns.metric)), \(page.label(columns.slice)) − \(page.label(reference)) "
      + "\(base), closed when the feature is shuffled"
  }

  /// The largest gaps.
  private func shownGaps() -> [ImportanceColumns] {
    page.gaps.enumerated().sorted {
      let (a, b) = (size($0.element), size($1.element))
      return a != b ? a > b : $0.offset < $1.offset
    }.prefix(Self.gaps).map(\.element)
  }

  private func size(_ columns: ImportanceColumns) -> Double { columns.base.isNaN ? -1 : abs(columns.base) }

  private func table(_ columns: ImportanceColumns, title: String) -> [String] {
    var table = TextTable([
      .init("feature", .name), .init("importance", .number), .init("", .text),
      .init("interval", .text, rank: 1),
      .init("p (Holm)", .number, rank: 2),
    ])
    let ranked = page.ranked(by: columns)
    for feature in ranked.prefix(Self.features) {
      let reading = page.reading(columns, feature)
      let hasLimits = reading.lower != nil && reading.upper != nil
      table.add([
        page.name(feature), reading.value.map { Wording.value($0, signed: true) } ?? "—",
        page.isClear(columns, feature) ? "*" : "",
        hasLimits
          ? "[\(Wording.value(reading.lower ?? 0, signed: true)), \(Wording.value(reading.upper ?? 0, signed: true))]"
          : reading.reason ?? "",
        Wording.pValue(columns.holm[safe: feature].known) ?? "",
      ])
    }
    let rest = ranked.count - Self.features
    let lines = wrapped(title, indent: 2) + (ranked.isEmpty ? [] : table.lines(width: width, indent: 2))
    return lines + (rest > 0 ? ["  … and \(Wording.count(rest)) more, in importances.csv"] : [])
  }

  private func flip() -> String? {
    page.explanation.flips.filter { !$0.share.isNaN }.max { $0.share < $1.share }.flatMap(page.flipSentence)
  }
}

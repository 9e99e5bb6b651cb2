import Charts
import ChartsCairo
import Results
import Templating

extension ReportDocument {
  /// Attributes by chief gaps.
  mutating func grid() {
    let grid = builder.grid()
    guard grid != .null else { return }
    let names = grid["columns"].elements.map { $0["name"].words ?? "" }
    flow.heading("Largest gaps between groups")
    flow.text(
      "Of each attribute the two groups that are farthest apart: difference, \(Wording.level(evaluation.level)) interval, and which they are. Bold: the interval excludes zero.",
      size: 8, ink: .mutedText)
    flow.table(
      DocumentTable(
        columns: [.init("", 1.15)] + names.map { .init($0, 1) },
        rows: grid["rows"].elements.prefix(40).map { row in
          let head =
            runs(row["family"], isBold: true)
            + [Paragraph.Run(row["groups"].words ?? "", ink: .mutedText, isBelow: true)]
          return DocumentTable.Row(cells: [head] + row["cells"].elements.map(gridCell))
        }, size: 6.5))
    let left = grid["rows"].elements.count - 40
    if left > 0 {
      flow.text(
        "\(Wording.plural(left, "more attribute is", "more attributes are")) in report.html.", size: 8)
    }
  }

  private func gridCell(_ cell: TemplateValue) -> [Paragraph.Run] {
    guard cell["has"].isTrue else { return [Paragraph.Run("—", ink: .mutedText)] }
    let estimate = cell["estimate"]
    guard let shown = estimate["shown"].words else {
      return [Paragraph.Run("— " + (estimate["reason"].words ?? "no value"), ink: .mutedText)]
    }
    var runs = [Paragraph.Run(shown, isBold: cell["isSure"].isTrue, scale: 1.15)]
    if let interval = estimate["interval"].words {
      runs.append(Paragraph.Run(interval, ink: .mutedText, scale: 0.92, isBelow: true))
    }
    if let groups = cell["groups"].words { runs.append(Paragraph.Run(groups, scale: 0.92, isBelow: true)) }
    return runs
  }

  // MARK: Chapters

  /// Each attribute with its main charts, crosses with their finding; what does not fit is named.
  mutating func chapters() {
    let single = builder.chapters.filter { evaluation.families[$0].features.count == 1 }
    let crosses = builder.chapters.filter { evaluation.families[$0].features.count > 1 }
    var undrawn: [Int] = []
    for (index, family) in single.enumerated() {
      if flow.pageNumber < DocumentFlow.lastChapterPage || index == 0 {
        chapter(family)
      } else {
        undrawn.append(family)
      }
    }
    guard !(crosses + undrawn).isEmpty else { return }
    flow.heading("More attributes and crosses", following: 40)
    flow.text("Their charts are in report.html.", size: 8, ink: .mutedText)
    let listed = (undrawn + crosses).prefix(30)
    for family in listed {
      flow.item(
        Self.bullet,
        [
          Paragraph.Run(builder.familyName(family) + ": ", isBold: true),
          Paragraph.Run(builder.lead(family) + " "), Paragraph.Run(builder.counts(family), ink: .mutedText),
        ], size: 8.5)
    }
    let left = crosses.count + undrawn.count - listed.count
    if left > 0 { flow.text("\(Wording.plural(left, "more is", "more are")) in report.html.", size: 8) }
  }

  private mutating func chapter(_ family: Int) {
    flow.heading("By " + builder.familyName(family), following: 180)
    flow.text(builder.lead(family))
    flow.text(builder.counts(family), size: 8, ink: .mutedText)
    let figures = builder.mainFigures(family, builder.drawnSlices(family))
    for figure in figures.filter({ Self.isMain($0) }) { flow.figure(figure) }
    flow.fillWith(builder.scoreFigures(family).filter { !builder.hasOutcomes || Self.isCurve($0) })
  }

  /// Selection and error rates, and differences; ratios and quality say less that is new.
  private static func isMain(_ figure: Figure) -> Bool {
    ["dot-", "forest-"].contains { figure.fileName?.hasPrefix($0) ?? false }
      && !["dot-quality-", "forest-ratio-"].contains { figure.fileName?.hasPrefix($0) ?? false }
  }

  private static func isCurve(_ figure: Figure) -> Bool {
    ["roc-", "calibration-"].contains { figure.fileName?.hasPrefix($0) ?? false }
  }

  // MARK: Why

  mutating func why() {
    guard let why = WhyPage(builder) else { return }
    flow.heading("Why", following: 120)
    for banner in why.banners() {
      flow.item(Paragraph.Run("!", ink: .bad, isBold: true), [Paragraph.Run(banner, isBold: true)])
    }
    for finding in why.findings().prefix(8) { flow.item(Self.bullet, [Paragraph.Run(finding)], size: 8.5) }
    let warnings = why.explanation.warnings.count
    if warnings > 0 {
      flow.text(
        "\(Wording.plural(warnings, "warning about the explanation is", "warnings about the explanation are")) in report.html.",
        size: 8)
    }
    if let figure = why.importanceFigure() { flow.figure(figure) }
    if let figure = why.gapFigures().first { flow.figure(figure) }
  }
}

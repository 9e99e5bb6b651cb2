import Charts
import ChartsCairo
import Templating

extension ReportDocument {
  /// Tables on paper, and rows of each.
  private static let mostTables = 12
  private static let mostRows = 30

  /// The indicators of a preset, in the page's words.
  mutating func preset() {
    guard let model = PresetPage(builder)?.model() else { return }
    flow.heading("Indicators: " + (model["title"].words ?? ""))
    flow.text(model["statement"].words ?? "")
    for entry in model["exclusions"].elements {
      flow.text(
        "In no comparison, \(entry["reason"].words ?? ""): \(entry["groups"].words ?? "").", size: 8,
        ink: .mutedText)
    }
    let tables = model["tables"].elements
    for table in tables.prefix(Self.mostTables) { indicators(table) }
    if tables.count > Self.mostTables {
      let left = Wording.plural(tables.count - Self.mostTables, "more table is", "more tables are")
      flow.text("\(left) in report.html.", size: 8)
    }
    for note in model["notes"].elements {
      flow.item(Paragraph.Run("–"), runs(note), size: 8, gap: 2)
    }
    let sources = model["citations"].elements.map {
      "\($0["source"].words ?? ""): \($0["about"].words ?? "")"
    }
    flow.text("Sources. " + sources.joined(separator: "; ") + ".", size: 8, ink: .mutedText)
  }

  private mutating func indicators(_ table: TemplateValue) {
    flow.heading(table["title"].words ?? "", level: 1, following: 60)
    var about = table["about"].words ?? ""
    if let reference = table["reference"].words { about += " Reference group: \(reference)." }
    if let together = table["together"].words { about += " \(together)" }
    flow.text(about, size: 8, ink: .mutedText)
    for block in table["blocks"].elements {
      let names = block["columns"].elements.map { $0["name"].words ?? "" }
      flow.table(
        DocumentTable(
          columns: [.init("Group", 1.4)] + names.map { .init($0, 1) },
          rows: block["rows"].elements.prefix(Self.mostRows).map { row in
            DocumentTable.Row(
              cells: [runs(row["label"], isBold: row["isReference"].isTrue)]
                + row["cells"].elements.map(indicator))
          }, size: 6.5))
    }
    let rows = table["blocks"].elements.first?["rows"].elements.count ?? 0
    if rows > Self.mostRows || table["left"].words != nil {
      flow.text("More groups are in indicators.csv.", size: 8)
    }
  }

  private func indicator(_ cell: TemplateValue) -> [Paragraph.Run] {
    let estimate = cell["estimate"]
    guard estimate != .null else { return runs(cell["text"]) }
    guard let shown = estimate["shown"].words else {
      return [Paragraph.Run("— " + (estimate["reason"].words ?? ""), ink: .mutedText)]
    }
    let interval = estimate["interval"].words.map { [Paragraph.Run($0, ink: .mutedText, isBelow: true)] }
    return [Paragraph.Run(shown)] + (interval ?? [])
  }
}

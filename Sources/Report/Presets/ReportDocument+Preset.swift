import Charts
import ChartsCairo
import Templating

extension ReportDocument {
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
    for table in model["tables"].elements { indicators(table) }
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
          rows: block["rows"].elements.map { row in
            DocumentTable.Row(
              cells: [runs(row["label"], isBold: row["isReference"].isTrue)]
                + row["cells"].elements.map(indicator))
          }, size: 6.5))
    }
    if let left = table["left"].words { flow.text(left, size: 8) }
  }

  private func indicator(_ cell: TemplateValue) -> [Paragraph.Run] {
    if cell["isText"].isTrue { return runs(cell["text"]) }
    let estimate = cell["estimate"]
    guard estimate != .null else { return [] }
    guard let shown = estimate["shown"].words else {
      return [Paragraph.Run("— " + (estimate["reason"].words ?? ""), ink: .mutedText)]
    }
    let interval = estimate["interval"].words.map { [Paragraph.Run($0, ink: .mutedText, isBelow: true)] }
    return [Paragraph.Run(shown)] + (interval ?? [])
  }
}

import Charts
import ChartsCairo
import Results
import Templating

extension ReportDocument {
  private static let measures = 16

  /// Fairness measures in brief: how many there are, and the clearest.
  mutating func measures() {
    guard let page = MeasuresPage(builder) else { return }
    let clearest = page.summary.clearest(Self.measures).map(page.brief)
    flow.heading("Fairness measures", following: 60)
    flow.text("\(page.summary.counts). \(page.summary.sentence)", size: 8.5)
    if !clearest.isEmpty {
      flow.text("The clearest value of each of \(clearest.count) measures:", size: 8, ink: .mutedText)
      flow.table(
        DocumentTable(
          columns: [
            .init("Measure", 1.5), .init("Of", 1.6), .init("Value", 1.1), .init("Fair", 0.4),
            .init("What it means", 2.2),
          ],
          rows: clearest.map { row in
            let estimate = row["estimate"]
            let value = [estimate["shown"].words, estimate["interval"].words].compactMap { $0 }
            return DocumentTable.Row(cells: [
              runs(row["name"], isBold: true), runs(row["of"]), [Paragraph.Run(value.joined(separator: " "))],
              runs(row["fair"]), runs(row["meaning"]),
            ])
          }, size: 7))
    }
    flow.text("All values are in report.html and measures.csv.", size: 8, ink: .mutedText)
  }
}

/// What a report is made with, beside the evaluation.
package struct ReportOptions: Sendable {
  /// Texts that replace or add to the built-in templates, by name: `report/page`, `report/report.css`.
  package var templates: [String: String]
  /// Whether the page says that chart files lie beside it.
  package var writesCharts: Bool

  package init(templates: [String: String] = [:], writesCharts: Bool = true) {
    self.templates = templates
    self.writesCharts = writesCharts
  }
}

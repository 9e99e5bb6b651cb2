/// What a report is made with, beside the evaluation.
package struct ReportOptions: Sendable {
  /// Texts that replace or add to the built-in templates, by name: `report/page`, `report/report.css`.
  package var templates: [String: String]
  /// Where style sheet and script are.
  package enum Assets: Sendable { case inline, split }

  package var assets: Assets
  /// Whether the page says that chart files lie beside it.
  package var writesCharts: Bool

  /// Whether `report.pdf` and the model card are written with it.
  package var writesDocuments: Bool

  package init(
    templates: [String: String] = [:], writesCharts: Bool = true, writesDocuments: Bool = false,
    assets: Assets = .inline
  ) {
    self.templates = templates
    self.writesCharts = writesCharts
    self.writesDocuments = writesDocuments
    self.assets = assets
  }
}

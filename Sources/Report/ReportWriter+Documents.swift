import Charts
import ReportTemplates
import Results
import Templating

extension ReportWriter {
  /// `report.pdf`, `model-card.md` and `model-card.html`.
  ///
  /// - Throws: `Failure` of kind `data` where a template of the user's is wrong, `defect` where Cairo cannot draw.
  package static func documents(
    _ evaluation: Evaluation, templates: [String: String]
  ) throws(Failure) -> [(path: String, bytes: [UInt8])] {
    [
      ("report.pdf", try ReportDocument.bytes(evaluation, templates: templates)),
      ("model-card.md", try modelCard(evaluation, templates: templates, isMarkdown: true)),
      ("model-card.html", try modelCard(evaluation, templates: templates, isMarkdown: false)),
    ]
  }

  /// The model card as GitHub's Markdown or as a page of its own, UTF-8.
  package static func modelCard(
    _ evaluation: Evaluation, templates: [String: String], isMarkdown: Bool
  ) throws(Failure) -> [UInt8] {
    let sources = EmbeddedTemplates.sources.merging(templates) { _, own in own }
    let builder = PageBuilder(evaluation, mentionsChartFiles: false)
    do throws(TemplateError) {
      let library = try TemplateLibrary(
        sources: sources.filter { !$0.key.hasSuffix(".css") && !$0.key.hasSuffix(".js") }, strict: true)
      let limits = try library.render("report/limits", with: ["hasLabel": .bool(builder.hasLabel)])
      let words = PageWords.blocks(of: limits).filter { $0.kind == .item }.map(\.text)
      let page = CardPage(builder, isMarkdown ? .markdown : .html)
      guard case .object(var model) = page.model(limits: words) else { return [] }
      if isMarkdown { return Array(try library.render("card/card.md", with: .object(model)).utf8) }
      model["assets"] = try cardAssets(sources)
      return Array(try library.render("card/card", with: .object(model)).utf8)
    } catch {
      throw Failure(
        templates.isEmpty ? .defect : .data, "template \(error)",
        advice: templates.isEmpty ? nil : "compare it with the built-in template of this name")
    }
  }

  /// The card's style sheet and the policy that admits exactly it, and no script.
  private static func cardAssets(_ sources: [String: String]) throws(TemplateError) -> TemplateValue {
    let style = Palette.stylesheet + (sources["report/report.css"] ?? "") + (sources["card/card.css"] ?? "")
    guard !style.lowercased().contains("</style"), let hash = Digest.policySource(style) else {
      throw TemplateError(
        "contains “</style”, which would end its element", template: "card/card.css", line: 0, column: 0)
    }
    return [
      "policy": .markup(
        "default-src 'none'; style-src \(hash); img-src data:; base-uri 'none'; form-action 'none'"),
      "style": .markup(style),
    ]
  }
}

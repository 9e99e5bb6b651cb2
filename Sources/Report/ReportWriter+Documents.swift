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
    try withCard(evaluation, templates, isMarkdown ? .markdown : .html) {
      library, card throws(TemplateError) in
      guard case .object(var model) = card else { return [] }
      if isMarkdown { return Array(try library.render("card/card.md", with: card).utf8) }
      model["assets"] = try cardAssets(EmbeddedTemplates.sources.merging(templates) { _, own in own })
      return Array(try library.render("card/card", with: .object(model)).utf8)
    }
  }

  /// What the templates of `model-card.html` see, without its style sheet.
  static func cardModel(_ evaluation: Evaluation, templates: [String: String]) throws(Failure)
    -> TemplateValue
  {
    try withCard(evaluation, templates, .html) { _, card in card }
  }

  /// The templates and what they see of the card; a template that is wrong is a failure of its owner's.
  private static func withCard<Result>(
    _ evaluation: Evaluation, _ templates: [String: String], _ escape: CardPage.Escape,
    _ body: (TemplateLibrary, TemplateValue) throws(TemplateError) -> Result
  ) throws(Failure) -> Result {
    let sources = EmbeddedTemplates.sources.merging(templates) { _, own in own }
    let builder = PageBuilder(evaluation, mentionsChartFiles: false)
    do throws(TemplateError) {
      let library = try TemplateLibrary(
        sources: sources.filter { !$0.key.hasSuffix(".css") && !$0.key.hasSuffix(".js") }, strict: true)
      let limits = try library.render(
        "report/limits",
        with: ["hasLabel": .bool(builder.hasLabel), "task": builder.taskModel()])
      let words = PageWords.blocks(of: limits).filter { $0.kind == .item }.map(\.text)
      return try body(library, CardPage(builder, escape).model(limits: words))
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

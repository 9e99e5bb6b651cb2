import Charts
import ChartsCairo
import ReportTemplates
import Results
import Templating

/// `report.pdf`: the page's first screen, checks, main charts, reasons, methods and provenance on paper. Every word and
/// number is the page's.
struct ReportDocument {
  let builder: PageBuilder
  /// Templates by name, the user's among them.
  let sources: [String: String]
  var flow: DocumentFlow
  /// Where the list of parts stands.
  private var contentsPage = 1

  var evaluation: Evaluation { builder.evaluation }

  private init(_ builder: PageBuilder, sources: [String: String], typesetter: Typesetter) {
    self.builder = builder
    self.sources = sources
    flow = DocumentFlow(typesetter: typesetter)
  }

  /// - Throws: `Failure` of kind `defect` where Cairo or Pango refuses, `data` where a template of the user's is wrong.
  static func bytes(_ evaluation: Evaluation, templates: [String: String]) throws(Failure) -> [UInt8] {
    guard let typesetter = Typesetter() else {
      throw Failure(.defect, "report.pdf: Pango has no fonts", advice: "Install one, as fonts-dejavu-core.")
    }
    let sources = EmbeddedTemplates.sources.merging(templates) { _, own in own }
    let builder = PageBuilder(evaluation, mentionsChartFiles: false)
    var report = ReportDocument(builder, sources: sources, typesetter: typesetter)
    let document = try report.document(isOwn: !templates.isEmpty)
    do {
      return try document.pdf()
    } catch {
      throw Failure(.defect, "report.pdf: \((error as? ChartFileError)?.message ?? "\(error)")")
    }
  }

  private mutating func document(isOwn: Bool) throws(Failure) -> PagedDocument {
    firstScreen()
    // Without checks there is room for it beside the findings.
    let hasGate = evaluation.judgement != nil
    if !hasGate { grid() }
    reserveContents()
    gate()
    preset()
    if hasGate { grid() }
    chapters()
    measures()
    why()
    card()
    do throws(TemplateError) {
      try methods()
    } catch {
      throw Failure(isOwn ? .data : .defect, "template \(error)")
    }
    provenance()
    contents()
    footers()
    let producer = "\(evaluation.producer.name) \(evaluation.producer.version)"
    return PagedDocument(
      title: title, author: producer, subject: leading, width: DocumentFlow.width,
      height: DocumentFlow.height, pages: flow.pages, bookmarks: flow.bookmarks)
  }

  var title: String { GatePage.name(evaluation.title) }

  /// The verdict or, without one, the clearest finding.
  var leading: String { GatePage(builder)?.words.headline ?? builder.headline(builder.findings()) }

  // MARK: Around the text

  private static let contentsLine = 12.5
  /// More parts than a document has besides its chapters.
  private static let otherParts = 10

  /// Keeps the foot of a page for the list of parts, and ends the page.
  private mutating func reserveContents() {
    let chapters = min(builder.chapters.count, 2 * DocumentFlow.lastChapterPage)
    flow.need(Double((chapters + Self.otherParts + 2) / 3) * Self.contentsLine + 10)
    contentsPage = flow.pageNumber
    flow.turn()
  }

  /// The list of parts with their pages, each a link.
  private mutating func contents() {
    let parts = flow.bookmarks.filter { $0.level == 0 }.prefix(
      2 * DocumentFlow.lastChapterPage + Self.otherParts)
    guard !parts.isEmpty else { return }
    let perColumn = (parts.count + 2) / 3
    let line = Self.contentsLine
    let top = DocumentFlow.bottom - Double(perColumn) * line
    let width = DocumentFlow.column / 3
    flow.add(
      .line(
        Point(DocumentFlow.margin, top - 5), Point(DocumentFlow.margin + DocumentFlow.column, top - 5), .grid,
        width: 0.5), toPage: contentsPage)
    for (index, part) in parts.enumerated() {
      let x = DocumentFlow.margin + Double(index / perColumn) * width
      let y = top + Double(index % perColumn) * line
      let text = Paragraph(
        [
          Paragraph.Run(part.title, ink: .data(0)), Paragraph.Run("  \(part.page)", ink: .mutedText),
        ], size: 8, lines: 1)
      flow.add(.text(text, at: Point(x, y), width: width - 10), toPage: contentsPage)
      flow.add(
        .link(Box(x: x, y: y, width: width - 10, height: line), page: part.page, y: part.y),
        toPage: contentsPage)
    }
  }

  /// What the evaluation is known by: the beginnings of its inputs' and its policy's hashes.
  private var identity: String {
    var parts = evaluation.inputs.prefix(2).map { "data \(VisibleText.of(String($0.sha256.prefix(8))))" }
    if let policy = evaluation.judgement?.policy {
      parts.append("policy \(VisibleText.of(String(policy.sha256.prefix(8))))")
    }
    return parts.joined(separator: " · ")
  }

  private mutating func footers() {
    let (start, end) = (DocumentFlow.margin, DocumentFlow.margin + DocumentFlow.column)
    let y = DocumentFlow.bottom + 16
    let third = DocumentFlow.column / 3
    for page in 1...flow.pages.count {
      let texts: [(String, Paragraph.Alignment)] = [
        (title, .start), (identity, .middle), ("\(page) / \(flow.pages.count)", .end),
      ]
      flow.add(.line(Point(start, y - 6), Point(end, y - 6), .grid, width: 0.5), toPage: page)
      for (index, (text, alignment)) in texts.enumerated() {
        flow.add(
          .text(
            Paragraph(text, size: 7, ink: .mutedText, alignment: alignment, lines: 1),
            at: Point(start + Double(index) * third, y), width: third - (index == 2 ? 0 : 4)), toPage: page)
      }
    }
  }
}

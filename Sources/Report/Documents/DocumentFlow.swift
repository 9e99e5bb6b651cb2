import Charts
import ChartsCairo

/// Fills pages from top to bottom.
struct DocumentFlow {
  /// A4 upright, in points.
  static let width = 595.0
  static let height = 842.0
  static let margin = 44.0
  static let top = 44.0
  /// Where the room for text ends; the footer stands below.
  static let bottom = 842.0 - 58.0
  static let column = 595.0 - 2 * 44.0
  static let room = bottom - top
  /// No chapter is begun beyond this page.
  static let lastChapterPage = 8
  private static let cellGap = 5.5

  let typesetter: Typesetter
  private(set) var pages = [DocumentPage()]
  private(set) var bookmarks: [PagedDocument.Bookmark] = []
  private(set) var y = DocumentFlow.top

  init(typesetter: Typesetter) { self.typesetter = typesetter }

  var pageNumber: Int { pages.count }
  var isAtTop: Bool { y <= DocumentFlow.top }
  var left: Double { DocumentFlow.bottom - y }

  // MARK: Places

  mutating func add(_ item: DocumentPage.Item) { pages[pages.count - 1].items.append(item) }

  /// Puts an item on a page that is already filled.
  mutating func add(_ item: DocumentPage.Item, toPage page: Int) { pages[page - 1].items.append(item) }

  mutating func turn() {
    pages.append(DocumentPage())
    y = DocumentFlow.top
  }

  /// Begins a new page unless there is so much room on this one.
  mutating func need(_ height: Double) {
    if height > left, !isAtTop { turn() }
  }

  mutating func skip(_ distance: Double) { if !isAtTop { y += distance } }

  mutating func advance(_ distance: Double) { y += distance }

  mutating func bookmark(_ title: String, level: Int) {
    bookmarks.append(.init(title: title, page: pageNumber, y: max(0, y - 6), level: level))
  }

  // MARK: Text

  func height(_ paragraph: Paragraph, width: Double = DocumentFlow.column) -> Double {
    typesetter.size(paragraph, width: width).height
  }

  /// A paragraph, whole on one page where a page holds it.
  mutating func paragraph(
    _ paragraph: Paragraph, indent: Double = 0, gap: Double = 5
  ) {
    let width = DocumentFlow.column - indent
    var fitting = paragraph
    var height = height(fitting, width: width)
    if height > DocumentFlow.room {
      fitting.lines = max(1, Int(DocumentFlow.room / (paragraph.size * 1.6)))
      height = self.height(fitting, width: width)
    }
    need(height)
    add(.text(fitting, at: Point(DocumentFlow.margin + indent, y), width: width))
    y += height + gap
  }

  mutating func text(_ words: String, size: Double = 9, ink: Ink = .text, gap: Double = 5) {
    paragraph(Paragraph(words, size: size, ink: ink), gap: gap)
  }

  /// A sign at the margin and a paragraph beside it.
  mutating func item(_ sign: Paragraph.Run, _ runs: [Paragraph.Run], size: Double = 9, gap: Double = 4) {
    let indent = size * 1.6
    let body = Paragraph(runs, size: size, lines: 24)
    need(height(body, width: DocumentFlow.column - indent))
    add(.text(Paragraph([sign], size: size), at: Point(DocumentFlow.margin, y), width: indent))
    paragraph(body, indent: indent, gap: gap)
  }

  /// A heading with room for what follows it.
  ///
  /// - Parameter level: 0 for a part, 1 for what is in one, 2 for one that is in no outline
  mutating func heading(_ title: String, level: Int = 0, following: Double = 70) {
    let size = [15.0, 11.0, 9.5][min(level, 2)]
    let heading = Paragraph(title, size: size, isBold: true, lines: 2)
    skip([18.0, 12, 8][min(level, 2)])
    need(height(heading) + following)
    if level < 2 { bookmark(title, level: level) }
    paragraph(heading, gap: [6.0, 4, 3][min(level, 2)])
  }

  // MARK: Charts

  /// A chart with its heading and its finding, on one page; made smaller where it is higher than a page.
  ///
  /// - Parameter detail: points for a CSS pixel of the chart, as long as it fits
  mutating func figure(_ figure: Figure, detail: Double = 0.69) {
    let scene = figure.chart.layout(width: min(figure.width, DocumentFlow.column / detail))
    let heading = Paragraph(figure.heading, size: 9.5, isBold: true, lines: 2)
    let caption = Paragraph(figure.caption, size: 8, ink: .mutedText, lines: 6)
    let (above, below) = (height(heading) + 5, height(caption) + 12)
    let most = DocumentFlow.room - above - below - 8
    let scale = min(detail, DocumentFlow.column / scene.width, most / scene.height)
    skip(6)
    need(above + scene.height * scale + below)
    paragraph(heading, gap: 5)
    add(.scene(scene, at: Point(DocumentFlow.margin, y), scale: scale))
    y += scene.height * scale + 3
    paragraph(caption, gap: 9)
  }

  /// Small charts beside each other, where this page has room for them; else none.
  mutating func fillWith(_ figures: [Figure]) {
    let gap = 16.0
    let width = (DocumentFlow.column - gap) / 2
    let shown = figures.prefix(2).map { figure in
      let scene = figure.chart.layout(width: width / 0.66)
      return (
        heading: Paragraph(figure.heading, size: 8.5, isBold: true, lines: 2), scene: scene,
        scale: width / scene.width, caption: Paragraph(figure.caption, size: 7, ink: .mutedText, lines: 5)
      )
    }
    guard !shown.isEmpty else { return }
    let above = shown.map { height($0.heading, width: width) }.max() ?? 0
    let middle = shown.map { $0.scene.height * $0.scale }.max() ?? 0
    let below = shown.map { height($0.caption, width: width) }.max() ?? 0
    guard above + middle + below + 24 <= left else { return }
    y += 6
    for (index, one) in shown.enumerated() {
      let x = DocumentFlow.margin + Double(index) * (width + gap)
      add(.text(one.heading, at: Point(x, y), width: width))
      add(.scene(one.scene, at: Point(x, y + above + 4), scale: one.scale))
      add(.text(one.caption, at: Point(x, y + above + middle + 6), width: width))
    }
    y += above + middle + below + 16
  }

  // MARK: Tables

  mutating func table(_ table: DocumentTable) {
    guard !table.rows.isEmpty else { return }
    let places = DocumentFlow.places(table)
    let heads = table.columns.indices.map { table.head(column: $0) }
    let headHeight = zip(heads, places).map { height($0, width: $1.width) }.max() ?? 0
    let first = extent(table.rows[0], table, places).whole
    need(headHeight + first + 8)
    head(heads, places, headHeight)
    for (index, row) in table.rows.enumerated() {
      let extent = extent(row, table, places)
      if extent.whole > left, !isAtTop {
        turn()
        head(heads, places, headHeight)
      } else if index > 0, row.hasRule {
        rule(.grid, width: 0.5)
      }
      draw(row, table, places, extent)
    }
    rule(.grid, width: 0.5)
    y += 8
  }

  private static func places(_ table: DocumentTable) -> [(x: Double, width: Double)] {
    let total = table.columns.reduce(0) { $0 + $1.share }
    var x = margin
    return table.columns.map { column in
      let width = DocumentFlow.column * column.share / total
      defer { x += width }
      return (x, max(10, width - cellGap))
    }
  }

  private mutating func head(
    _ heads: [Paragraph], _ places: [(x: Double, width: Double)], _ height: Double
  ) {
    for (head, place) in zip(heads, places) {
      let own = self.height(head, width: place.width)
      add(.text(head, at: Point(place.x, y + height - own), width: place.width))
    }
    y += height + 2.5
    rule(.axis, width: 0.8)
  }

  private mutating func rule(_ ink: Ink, width: Double) {
    let (start, end) = (Point(DocumentFlow.margin, y), Point(DocumentFlow.margin + DocumentFlow.column, y))
    add(.line(start, end, ink, width: width))
  }

  private func extent(
    _ row: DocumentTable.Row, _ table: DocumentTable, _ places: [(x: Double, width: Double)]
  ) -> (cells: Double, whole: Double) {
    let cells =
      row.cells.enumerated().map { index, runs in
        runs.isEmpty ? 0 : height(table.paragraph(runs, column: index), width: places[index].width)
      }.max() ?? 0
    guard !row.note.isEmpty else { return (cells, cells + 5.5) }
    let note = height(table.note(row.note), width: noteWidth(places))
    return (cells, cells + note + 6.5)
  }

  private func noteWidth(_ places: [(x: Double, width: Double)]) -> Double {
    DocumentFlow.margin + DocumentFlow.column - noteStart(places)
  }

  private func noteStart(_ places: [(x: Double, width: Double)]) -> Double {
    places.count > 1 ? places[1].x : places[0].x
  }

  private mutating func draw(
    _ row: DocumentTable.Row, _ table: DocumentTable, _ places: [(x: Double, width: Double)],
    _ extent: (cells: Double, whole: Double)
  ) {
    for (index, runs) in row.cells.enumerated() where !runs.isEmpty {
      let place = places[index]
      add(.text(table.paragraph(runs, column: index), at: Point(place.x, y + 2.5), width: place.width))
    }
    if !row.note.isEmpty {
      add(
        .text(
          table.note(row.note), at: Point(noteStart(places), y + 3.5 + extent.cells), width: noteWidth(places)
        ))
    }
    y += extent.whole
  }
}

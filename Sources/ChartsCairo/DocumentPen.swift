import CCairo
import Charts

/// Draws a document's pages on a PDF surface.
struct DocumentPen {
  let surface: OpaquePointer
  let context: OpaquePointer
  let pen: CairoPen

  func draw(_ document: PagedDocument) {
    for (key, text) in [
      (CAIRO_PDF_METADATA_TITLE, document.title), (CAIRO_PDF_METADATA_AUTHOR, document.author),
      (CAIRO_PDF_METADATA_SUBJECT, document.subject), (CAIRO_PDF_METADATA_CREATOR, document.author),
    ] {
      cairo_pdf_surface_set_metadata(surface, key, VisibleText.of(text))
    }
    for page in document.pages {
      for item in page.items { draw(item) }
      cairo_show_page(context)
    }
    var parent = Int32(CAIRO_PDF_OUTLINE_ROOT)
    for bookmark in document.bookmarks {
      let id = cairo_pdf_surface_add_outline(
        surface, bookmark.level == 0 ? Int32(CAIRO_PDF_OUTLINE_ROOT) : parent, VisibleText.of(bookmark.title),
        Self.target(bookmark.page, bookmark.y),
        bookmark.level == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(0))
      if bookmark.level == 0 { parent = id }
    }
  }

  private func draw(_ item: DocumentPage.Item) {
    switch item {
    case .text(let paragraph, let point, let width):
      pen.typesetter?.draw(paragraph, on: context, at: point, width: width)
    case .box(let box, let ink, let opacity, let corner):
      pen.trace(box, corner: corner)
      pen.set(ink, opacity: opacity)
      cairo_fill(context)
    case .line(let start, let end, let ink, let width):
      pen.trace([start, end])
      pen.set(ink, opacity: 1)
      cairo_set_line_width(context, width)
      cairo_set_dash(context, nil, 0, 0)
      cairo_stroke(context)
    case .scene(let scene, let point, let scale):
      cairo_save(context)
      cairo_translate(context, point.x, point.y)
      cairo_scale(context, scale, scale)
      pen.draw(scene, hasPaper: false)
      cairo_restore(context)
    case .link(let box, let page, let y):
      let rect = [box.x, box.y, box.width, box.height].map { String(Int($0.rounded())) }
      let place = "rect=[\(rect.joined(separator: " "))] \(Self.target(page, y))"
      cairo_tag_begin(context, CAIRO_TAG_LINK, place)
      cairo_tag_end(context, CAIRO_TAG_LINK)
    }
  }

  /// A place in the document, as Cairo wants it written.
  private static func target(_ page: Int, _ y: Double) -> String {
    "page=\(page) pos=[0 \(Int(y.rounded()))]"
  }
}

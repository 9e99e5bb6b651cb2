import Charts

/// What stands on a page of a document, in paint order; in points from its top left corner.
package struct DocumentPage: Equatable, Sendable {
  package enum Item: Equatable, Sendable {
    /// Text in a column that begins at `at`.
    case text(Paragraph, at: Point, width: Double)
    case box(Box, Ink, opacity: Double, corner: Double)
    case line(Point, Point, Ink, width: Double)
    /// A chart; `scale` is points per CSS pixel.
    case scene(Scene, at: Point, scale: Double)
    /// A place to click, and where that leads: a page, counted from 1, and a height on it.
    case link(Box, page: Int, y: Double)
  }

  package var items: [Item]

  package init(items: [Item] = []) { self.items = items }
}

/// A document of several pages of one size.
package struct PagedDocument: Equatable, Sendable {
  /// An entry of the outline that readers show beside the pages.
  package struct Bookmark: Equatable, Sendable {
    package var title: String
    /// Counted from 1.
    package var page: Int
    package var y: Double
    /// 0 for a part, 1 for what is in one.
    package var level: Int

    package init(title: String, page: Int, y: Double, level: Int) {
      self.title = title
      self.page = page
      self.y = y
      self.level = level
    }
  }

  package var title: String
  package var author: String
  package var subject: String
  /// In points.
  package var width: Double
  package var height: Double
  package var pages: [DocumentPage]
  package var bookmarks: [Bookmark]

  package init(
    title: String, author: String, subject: String, width: Double, height: Double, pages: [DocumentPage],
    bookmarks: [Bookmark]
  ) {
    self.title = title
    self.author = author
    self.subject = subject
    self.width = width
    self.height = height
    self.pages = pages
    self.bookmarks = bookmarks
  }

  /// The document as PDF: vector graphics, text that can be selected, the same bytes wherever the same fonts are
  /// installed.
  ///
  /// - Throws: `ChartFileError.drawing`.
  package func pdf(font: String = ChartFile.defaultFont) throws -> [UInt8] {
    try CairoSurface.bytes(of: self, font: font)
  }
}

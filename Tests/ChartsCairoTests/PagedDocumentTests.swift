import Charts
import ChartsCairo
import Testing

@Suite struct PagedDocumentTests {
  private static let document = PagedDocument(
    title: "A \u{202E}title", author: "fairslice", subject: "PASS", width: 595, height: 842,
    pages: [
      DocumentPage(items: [
        .text(Paragraph("Überschrift"), at: Point(40, 40), width: 200),
        .box(Box(x: 10, y: 10, width: 5, height: 5), .bad, opacity: 0.1, corner: 2),
        .line(Point(0, 0), Point(10, 10), .grid, width: 1),
        .link(Box(x: 40, y: 40, width: 60, height: 10), page: 2, y: 20),
      ]),
      DocumentPage(items: [
        .scene(
          Scene(width: 100, height: 50, title: "t", marks: [.text(TextRun("mark", at: Point(5, 5)))]),
          at: Point(10, 10), scale: 0.5)
      ]),
    ],
    bookmarks: [
      .init(title: "One", page: 1, y: 0, level: 0), .init(title: "Within", page: 2, y: 9, level: 1),
      .init(title: "Two", page: 2, y: 0, level: 0),
    ])

  private func count(_ text: String, in bytes: [UInt8]) -> Int {
    let (word, first) = (Array(text.utf8), text.utf8.first)
    return bytes.indices.count { bytes[$0] == first && bytes[$0...].starts(with: word) }
  }

  @Test func hasPagesLinksAndAnOutline() throws {
    let bytes = try Self.document.pdf()
    #expect(bytes.starts(with: "%PDF-1.".utf8))
    #expect(count("/Type /Page ", in: bytes) == 2)
    #expect(count("/Subtype /Link", in: bytes) == 1)
    #expect(count("/ToUnicode", in: bytes) >= 1)
    #expect(count("/Type /Outlines", in: bytes) == 1)
    #expect(count("/Title (One)", in: bytes) == 1 && count("/Title (Within)", in: bytes) == 1)
    #expect(count("20000101000000", in: bytes) == 1)
  }

  @Test func isTheSameEveryTime() throws {
    let first = try Self.document.pdf()
    #expect(try Self.document.pdf() == first)
  }

  @Test func linesBreakAndEndInAnEllipsis() throws {
    let typesetter = try #require(Typesetter())
    let words = String(repeating: "word ", count: 40)
    let one = typesetter.size(Paragraph(words, size: 10, lines: 1), width: 100)
    let three = typesetter.size(Paragraph(words, size: 10, lines: 3), width: 100)
    let all = typesetter.size(Paragraph(words, size: 10), width: 100)
    #expect(one.width <= 100 && all.width <= 100)
    #expect(one.height > 9 && one.height < 16)
    #expect(abs(three.height - 3 * one.height) < 6)
    #expect(all.height > three.height)
    let below = typesetter.size(Paragraph([.init("a"), .init("b", isBelow: true)], size: 10), width: 100)
    #expect(below.height > 1.6 * one.height)
    // Words that are longer than a line break inside; nothing is wider than its column.
    #expect(typesetter.size(Paragraph(String(repeating: "x", count: 300)), width: 50).width <= 50)
  }
}

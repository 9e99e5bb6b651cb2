import Foundation
import TestSupport
import Testing

@Suite struct DocumentationTests {
  /// README, and every page in the folders that hold any.
  static func pages() throws -> [String] {
    let folders = [
      "", "Documentation", "SampleData", "Benchmarks", "Reports", "Templates", "Integrations",
    ]
    return try folders.flatMap { folder -> [String] in
      let url = SharedData.root.appending(path: folder)
      guard FileManager.default.fileExists(atPath: url.path) else { return [] }
      return try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { $0.hasSuffix(".md") }.sorted().map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
    }
  }

  @Test func relativeLinksLeadSomewhere() throws {
    let pages = try Self.pages()
    #expect(pages.contains("README.md") && pages.contains("Documentation/Architecture.md"))
    #expect(try pages.flatMap { try MarkdownPage(path: $0).brokenLinks() }.isEmpty)
  }

  @Test func linksAreFound() {
    let page = MarkdownPage(
      path: "Documentation/x.md",
      text: """
        See [the readme](../README.md), [a part](../README.md#part), [elsewhere](https://example.org/a),
        [here](#here), `[code](no.md)` and [nothing](nowhere.md).
        ```
        [example](no.md)
        ```
        [out](../../else.md)
        """)
    #expect(page.relativeLinks == ["../README.md", "../README.md", "nowhere.md", "../../else.md"])
    #expect(page.brokenLinks().map { String($0.suffix(10)) } == ["nowhere.md", "../else.md"])
  }

  @Test func roomsAreReadFromTheTable() {
    let page = MarkdownPage(
      path: "x.md", text: "text\n| target | what |\n|---|---|\n| `A` | 1 |\n| `B` | 2 |\n\n| `C` | 3 |")
    #expect(page.rooms == ["A", "B"])
  }
}

import Foundation
import Report
import Results
import Templating
import TestSupport
import Testing

/// Style sheet and script beside the page, the page without either, and templates of a house's own.
@Suite struct AssetsTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

  private func files(_ evaluation: Evaluation, _ options: ReportOptions) throws -> [String: String] {
    let files = try ReportWriter.files(evaluation, options: options)
    return Dictionary(
      uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
  }

  @Test func splitAssetsLieBesideThePage() throws {
    for evaluation in [PageTests.adult, PageTests.judged] {
      let split = try files(evaluation, ReportOptions(assets: .split))
      #expect(Set(split.keys) == ["report.html", "report.css", "report.js"])
      let page = try #require(split["report.html"])
      #expect(page.contains(#"<link rel="stylesheet" href="report.css">"#))
      #expect(page.contains(#"<script src="report.js"></script>"#))
      #expect(page.contains("script-src 'self'; style-src 'self'"))
      #expect(!page.contains("<style") && !page.contains("sha256-"))
      // Data in the page are no script.
      #expect(try PageTests.matches("<script(?! type=\"application/json\"| src=)", page).isEmpty)
      let inline = PageTests.render(evaluation)
      #expect(inline.contains("<style>\(split["report.css"] ?? "")</style>"))
      #expect(inline.contains("<script>\(split["report.js"] ?? "")</script>"))
      #expect(try files(evaluation, ReportOptions()).count == 1)
    }
  }

  /// Under a policy that forbids all style, presentation attributes are what is left.
  @Test func chartsAreDrawnWithoutAStyleSheet() throws {
    for page in PageTests.all {
      let charts = try PageTests.matches("<svg[^>]*class=\"chart[^>]*>.*?</svg>", page)
      #expect(!charts.isEmpty)
      for chart in charts {
        #expect(!chart.contains("style="))
        for mark in try PageTests.matches("<(?:line|path|polyline|rect|circle|text)[^>]*>", chart) {
          #expect(
            mark.contains("stroke=\"") || mark.contains("fill=\"") || isInherited(mark, chart), "\(mark)")
        }
      }
    }
  }

  /// Painted by the group that it stands in.
  private func isInherited(_ mark: String, _ chart: String) -> Bool {
    guard let place = chart.range(of: mark) else { return false }
    let before = chart[..<place.lowerBound]
    guard let group = before.range(of: "<g ", options: .backwards) else { return false }
    let tag = before[group.lowerBound...].prefix { $0 != ">" }
    return tag.contains("stroke=\"") || tag.contains("fill=\"")
  }

  /// The page's model and, beside it, the model card's.
  @Test func contextIsWhatTemplatesSee() throws {
    let context = String(
      decoding: try ReportWriter.context(PageTests.judged, options: ReportOptions()), as: UTF8.self)
    guard case .object(var members)? = JSONValue(parsing: context) else {
      Issue.record("the context is no object")
      return
    }
    #expect(members.contains { $0.name == "headline" } && !members.contains { $0.name == "assets" })
    let place = try #require(members.firstIndex { $0.name == "card" })
    guard case .object(let card) = members.remove(at: place).value else {
      Issue.record("the card is no object")
      return
    }
    #expect(JSONValue.object(members) == JSONValue(parsing: ReportWriter.pageModel(PageTests.judged).json()))
    // Every member that the card's templates name is there.
    let names = Set(card.map(\.name))
    #expect(names.isSuperset(of: ["title", "evaluation", "gate", "details", "limits", "groups", "gaps"]))
    guard case .array(let words)? = card.first(where: { $0.name == "known" })?.value else {
      Issue.record("the card has no known limits")
      return
    }
    #expect(words.count > 2)
    let broken = ReportOptions(templates: ["report/limits": "{{#open}}"])
    #expect { _ = try ReportWriter.context(PageTests.judged, options: broken) } throws: {
      ($0 as? Failure)?.kind == .data
    }
  }

  @Test func everyMemberIsDocumented() throws {
    let text = try String(
      contentsOf: Self.root.appendingPathComponent("Documentation/Templates.md"), encoding: .utf8)
    var names: Set<String> = []
    for evaluation in [
      PageTests.adult, PageTests.judged, ExplanationFixture.explained(), BaselineTests.evaluation(),
    ] {
      let model = JSONValue(parsing: ReportWriter.pageModel(evaluation).json())
      if let model { Self.collect(model, &names) }
    }
    #expect(names.count > 100)
    for name in names.sorted() {
      #expect(
        text.contains("`\(name)`") || text.contains("`\(name)[]`") || text.contains(".\(name)`")
          || text.contains(".\(name)[]`"), "\(name)")
    }
  }

  private static func collect(_ value: JSONValue, _ names: inout Set<String>) {
    switch value {
    case .object(let members):
      for member in members {
        names.insert(member.name)
        collect(member.value, &names)
      }
    case .array(let elements): for element in elements { collect(element, &names) }
    default: break
    }
  }

  @Test func theBrandedExampleWorks() throws {
    let folder = Self.root.appendingPathComponent("Documentation/Examples/branded/report")
    var templates: [String: String] = [:]
    for (name, file) in [
      ("report/header", "header.mustache"), ("report/footer", "footer.mustache"),
      ("report/brand.css", "brand.css"),
    ] {
      templates[name] = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    }
    for evaluation in [PageTests.adult, PageTests.judged] {
      let page = PageTests.render(evaluation, templates: templates)
      #expect(page.contains(#"alt="Meridian Bank""#) && page.contains("data:image/svg+xml,"))
      #expect(page.contains("model-risk@meridian.example"))
      // Its rules come last, and the policy admits them.
      let style = try #require(try PageTests.matches("<style>(.*?)</style>", page).first)
      #expect(style.hasSuffix(templates["report/brand.css"] ?? "?"))
      #expect(
        page.contains(
          "style-src 'sha256-\(Data(SHA256Oracle.digest(Array(style.utf8))).base64EncodedString())'"))
      #expect(page.contains("img-src data:"))
      #expect(!page.contains("nothing is loaded and nothing is sent"))
    }
  }
}

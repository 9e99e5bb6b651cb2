import Charts
import Foundation
import Report
import ReportTemplates
import Results
import Templating
import Testing

/// The page as a whole: what it may not hold, and what it must say without a script.
@Suite struct PageTests {
  static let adult = EvaluationFixture.adult.make()
  static let page = render(adult)
  static let largeEvaluation = EvaluationFixture.large.make()
  static let large = render(largeEvaluation)
  static let judged = JudgementFixture.rich.make()
  static let gate = render(judged)
  static let crowded = JudgementFixture.crowded.make()
  static let crowd = render(crowded)
  static let all = [page, large, gate, crowd]

  static func render(_ evaluation: Evaluation, templates: [String: String] = [:]) -> String {
    do {
      return String(
        decoding: try ReportWriter.html(evaluation, options: ReportOptions(templates: templates)),
        as: UTF8.self)
    } catch {
      Issue.record("\(error)")
      return ""
    }
  }

  static func matches(_ pattern: String, _ text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern, options: [.dotMatchesLineSeparators])
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.range(at: min(1, $0.numberOfRanges - 1)))
    }
  }

  @Test func policyAdmitsExactlyTheStyleAndTheScript() throws {
    for page in [Self.page, Self.gate] {
      let style = try #require(try Self.matches("<style>(.*?)</style>", page).first)
      let script = try #require(try Self.matches("<script>(.*?)</script>", page).first)
      let policy = try #require(
        try Self.matches("Content-Security-Policy\" content=\"([^\"]*)\"", page).first)
      #expect(policy.contains("default-src 'none'"))
      for text in [style, script] {
        let hash = Data(SHA256Oracle.digest(Array(text.utf8))).base64EncodedString()
        #expect(policy.contains("'sha256-\(hash)'"))
      }
      #expect(!policy.contains("unsafe"))
      let before = try #require(page.range(of: "Content-Security-Policy"))
      let after = try #require(page.range(of: "<style>"))
      #expect(before.lowerBound < after.lowerBound)
    }
  }

  @Test func nothingIsLoadedAndNothingIsInline() throws {
    for page in Self.all {
      let markup = try Self.withoutElements(page)
      #expect(try Self.matches("<[^>]*\\sstyle=", markup).isEmpty)
      #expect(try Self.matches("<[^>]*\\son[a-z]+=", markup).isEmpty)
      #expect(try Self.matches("<(link|img|iframe|object|embed|audio|video|base)\\b", markup).isEmpty)
      #expect(try Self.matches("(?:src|href|action)=\"(?!#)([^\"]*)\"", markup).isEmpty)
      let addresses = try Self.matches("(https?://[^\"' <)]*)", page)
      #expect(addresses == [])
    }
  }

  /// The page without the contents of style and script elements.
  static func withoutElements(_ page: String) throws -> String {
    let expression = try NSRegularExpression(
      pattern: "<(style|script)([^>]*)>.*?</\\1>", options: [.dotMatchesLineSeparators])
    return expression.stringByReplacingMatches(
      in: page, range: NSRange(location: 0, length: (page as NSString).length), withTemplate: "<$1$2></$1>")
  }

  @Test func idsAreUniqueAndLinksLeadSomewhere() throws {
    for page in [Self.page, Self.gate] {
      let markup = try Self.withoutElements(page)
      let ids = try Self.matches("\\sid=\"([^\"]*)\"", markup)
      #expect(Set(ids).count == ids.count)
      #expect(ids.count > 100)
      for target in try Self.matches("href=\"#([^\"]*)\"", markup) {
        #expect(ids.contains(target), "\(target)")
      }
      for list in try Self.matches("aria-(?:labelledby|describedby)=\"([^\"]*)\"", markup) {
        for target in list.split(separator: " ") { #expect(ids.contains(String(target)), "\(target)") }
      }
    }
  }

  @Test func tagsAreBalanced() throws {
    let void: Set<String> = ["meta", "input", "br"]
    // HTML lets a table's parts end where the next begins.
    let optional: Set<String> = ["caption", "thead", "tbody", "tr", "th", "td"]
    for page in Self.all {
      var open: [String] = []
      let markup = try Self.withoutElements(page)
      for tag in try Self.matches("<(/?[a-zA-Z][a-zA-Z0-9]*[^>]*)>", markup) {
        let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
        if tag.hasPrefix("/") {
          while let last = open.last, last != name, optional.contains(last) { open.removeLast() }
          #expect(open.popLast() == name)
        } else if !tag.hasSuffix("/"), !void.contains(name) {
          open.append(name)
        }
      }
      #expect(open.isEmpty)
    }
  }

  private static func without(_ pattern: String, _ text: String) throws -> String {
    let expression = try NSRegularExpression(pattern: pattern, options: [.dotMatchesLineSeparators])
    return expression.stringByReplacingMatches(
      in: text, range: NSRange(location: 0, length: (text as NSString).length), withTemplate: "")
  }

  @Test func landmarksHeadingsAndTables() throws {
    let page = Self.page
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(try Self.matches("<h1>", page).count == 1)
    for landmark in ["<header", "<nav aria-label", "<main id=\"main\"", "<footer"] {
      #expect(page.contains(landmark))
    }
    #expect(page.contains("<a class=\"skip\" href=\"#main\">"))
    let tables = try Self.matches("(<table.*?</table>)", page)
    #expect(!tables.isEmpty)
    for table in tables {
      #expect(table.contains("<caption"))
      // A chart's table has its headers in the first row and the first column, which HTML takes them for.
      let isPlain = table.hasPrefix("<table><caption>") && table.contains("<tr><th>")
      #expect(isPlain || table.contains("scope=\"col\"") && table.contains("scope=\"row\""))
    }
    let figures = try Self.matches("(<figure.*?</figure>)", page)
    #expect(figures.count > 20)
    for figure in figures {
      #expect(figure.contains("role=\"img\"") && figure.contains("><title>"))
      // The finding is the drawing's description.
      let description = try #require(try Self.matches("aria-describedby=\"([^\"]*)\"", figure).first)
      let finding = try Self.matches("<figcaption id=\"\(description)\">([^<]+)</figcaption>", figure)
      #expect(finding.count == 1 && finding[0].count > 10)
      #expect(figure.contains("<details class=\"data\">"))
    }
  }

  @Test func withoutScriptTheFindingsStand() throws {
    let text = try Self.withoutElements(Self.page)
    let headline = try #require(try Self.matches("<h1>(.*?)</h1>", text).first)
    #expect(headline.hasPrefix("Groups differ on "))
    #expect(try Self.matches("<title>(.*?)</title>", text).first?.hasPrefix(headline) == true)
    #expect(text.contains("<table class=\"grid\">"))
    #expect(text.contains("no positives"))
    let rows = try Self.matches("<tr id=\"slice-[0-9a-f]{12}\">", text)
    #expect(rows.count == Self.adult.slices.count)
    let served = try Self.matches("<tr id=\"slice-[0-9a-f]{12}\">", Self.large)
    #expect(served.count == 50)
    #expect(text.contains("3 rows were left out"))
    #expect(text.contains("&lt;b&gt;50K"))
    #expect(text.contains(Self.adult.inputs[0].sha256))
  }

  @Test func sameEvaluationSameBytes() {
    #expect(Self.render(EvaluationFixture.adult.make()) == Self.page)
  }

  @Test func tenThousandSlicesStayLight() throws {
    #expect(Self.large.utf8.count <= 1_000_000, "\(Self.large.utf8.count)")
    // With scripts on, what is in `noscript` is text; the table of slices draws its own rows.
    let rest = try Self.without("<section id=\"slices\".*?</section>", Self.withoutElements(Self.large))
    let nodes = try Self.matches("<[a-zA-Z]", Self.without("<noscript>.*?</noscript>", rest)).count
    #expect(nodes <= 1_650, "\(nodes)")
    let script = try #require(try Self.matches("<script>(.*?)</script>", Self.large).first)
    #expect(script.utf8.count <= 24_000, "\(script.utf8.count)")
    #expect(Self.large.contains("The charts show the 20 groups"))
    #expect(Self.page.utf8.count <= 1_000_000, "\(Self.page.utf8.count)")
  }

  @Test func pagesWithoutGroupsOrMetricsHold() throws {
    var empty = EvaluationFixture()
    empty.metrics = []
    let page = Self.render(empty.make())
    #expect(page.contains("no groups were compared"))
    var lone = EvaluationFixture()
    lone.families = [
      EvaluationFixture.simple("sex", [("Female", 0, 0, 0), ("Male", 40, 0.5, 0.5)], reference: nil)
    ]
    let second = Self.render(lone.make())
    #expect(
      second.contains("No gap between groups can be told from zero")
        || second.contains("no groups were compared"))
    #expect(second.contains("no rows"))
  }

  @Test func aBrokenTemplateIsNamedWithItsPlace() {
    let broken = ["report/grid": "<p>\n  {{#open}}</p>"]
    #expect {
      _ = try ReportWriter.html(Self.adult, options: ReportOptions(templates: broken))
    } throws: { error in
      guard let failure = error as? Failure else { return false }
      return failure.kind == .data && failure.message.contains("report/grid:2:3")
    }
    let endless = ["report/report.css": "p{}</style><script>"]
    #expect {
      _ = try ReportWriter.html(Self.adult, options: ReportOptions(templates: endless))
    } throws: { ($0 as? Failure)?.kind == .data }
  }

  @Test func anOverrideTakesTheTemplatesPlace() {
    let own = Self.render(
      Self.adult, templates: ["report/limits": "<section id=\"limits\">Ours {{level}}</section>"])
    #expect(own.contains("<section id=\"limits\">Ours 95 %</section>"))
  }
}

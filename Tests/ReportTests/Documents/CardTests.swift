import Foundation
import Results
import TestSupport
import Testing

@testable import Report

/// The model card in both its forms.
@Suite struct CardTests {
  static let card = ModelCard(
    details: [.name: ["Trees"], .owners: ["A", "B"]],
    parts: [.intendedUse: ["Trying things out."], .limits: ["Old data."]])

  /// An evaluation of which small groups are withheld.
  static func withheld() -> Evaluation {
    var evaluation = EvaluationFixture.adult.make()
    for index in evaluation.estimates.indices {
      var estimates = evaluation.slices.predicate.indices.map { evaluation.estimates[index][$0] }
      for slice in estimates.indices where evaluation.slices.family[slice] == 2 {
        (estimates[slice].value, estimates[slice].lower, estimates[slice].upper) = (nil, nil, nil)
        (estimates[slice].status, estimates[slice].reason) = (.suppressed, "fewer than 10")
      }
      evaluation.estimates[index] = EstimateColumns(estimates)
    }
    return evaluation
  }

  private static func full() -> Evaluation {
    var evaluation = JudgementFixture.rich.make()
    evaluation.card = card
    return evaluation
  }

  private func text(_ evaluation: Evaluation, isMarkdown: Bool) throws -> String {
    String(
      decoding: try ReportWriter.modelCard(evaluation, templates: [:], isMarkdown: isMarkdown), as: UTF8.self)
  }

  /// The headings of Mitchell et al. (2019), in their order.
  static let headings = [
    "Model details", "Use", "Intended use", "Intended users", "Out-of-scope uses", "Factors",
    "Relevant factors", "Groups that were compared", "Metrics", "Performance measures",
    "Metrics of the tables below", "Data", "Evaluation data", "Training data", "Quantitative analyses",
    "Checks", "Ethics, limits, recommendations", "Ethical considerations", "Limits", "Caveats",
    "Recommendations", "What no evaluation of this kind can say",
  ]

  @Test func markdownHasEveryPart() throws {
    let markdown = try text(Self.full(), isMarkdown: true)
    let found = markdown.split(separator: "\n").filter { $0.hasPrefix("## ") || $0.hasPrefix("### ") }
      .map { String($0.drop { $0 == "#" || $0 == " " }) }.filter { $0 != "Groups" }
    #expect(found == Self.headings)
    #expect(markdown.hasPrefix("# Model card: Trees\n\n**✗ FAIL** — 2 of 8 checks failed"))
    #expect(markdown.contains("- **Owners**: A&#59; B\n"))
    #expect(markdown.contains("- **Licence**: *not stated*\n"))
    #expect(markdown.contains("### Out-of-scope uses\n\n*not stated*\n"))
    #expect(markdown.contains("### Intended use\n\n- Trying things out.\n"))
    #expect(!markdown.contains("{{") && !markdown.contains("\n\n\n\n"))
  }

  @Test func htmlHasEveryPartAndNoScript() throws {
    let html = try text(Self.full(), isMarkdown: false)
    let found = try PageTests.matches("<h[23][^>]*>([^<]*)", html)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(found == Self.headings)
    #expect(!html.lowercased().contains("<script"))
    let style = try #require(try PageTests.matches("<style>(.*?)</style>", html).first)
    let hash = Data(SHA256Oracle.digest(Array(style.utf8))).base64EncodedString()
    #expect(html.contains("style-src 'sha256-\(hash)'") && html.contains("default-src 'none'"))
    #expect(try PageTests.matches(" (?:style|on[a-z]+|src)=", html).isEmpty)
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", html)
    #expect(Set(ids).count == ids.count)
    #expect(html.contains("not stated"))
  }

  @Test func withoutACardEverythingIsNotStated() throws {
    let markdown = try text(EvaluationFixture.adult.make(), isMarkdown: true)
    let asked = ModelCard.Detail.allCases.count + ModelCard.Part.allCases.count
    #expect(markdown.components(separatedBy: "*not stated*").count - 1 == asked)
    #expect(!markdown.contains("### Checks"))
  }

  /// Each estimate in the tables of groups is the evaluation's in the page's words.
  @Test func numbersAreTheEvaluations() throws {
    let evaluation = Self.full()
    let markdown = try text(evaluation, isMarkdown: true)
    let html = try text(evaluation, isMarkdown: false)
    let builder = PageBuilder(evaluation, mentionsChartFiles: false)
    for slice in evaluation.slices.predicate.indices {
      let label = slice == 0 ? "All rows" : builder.label(slice)
      let cells = CardPage(builder).measured.compactMap { evaluation.estimate($0.id, slice: slice) }
      guard cells.count == 6, cells.allSatisfy({ $0.value != nil }) else { continue }
      let texts = cells.map { Wording.text($0) }
      let row = ([Wording.count(evaluation.slices.rows[slice])] + texts).joined(separator: " | ")
      #expect(markdown.contains("| \(row) |"), "\(label)")
      #expect(html.contains(texts.map { "<td>\($0)</td>" }.joined()), "\(label)")
    }
  }

  @Test func whatIsWithheldIsSaidToBe() throws {
    for isMarkdown in [false, true] {
      let colon = isMarkdown ? "&#58;" : ":"
      let card = try text(Self.withheld(), isMarkdown: isMarkdown)
      #expect(card.contains("— withheld\(colon) fewer than 10"))
    }
  }

  @Test func nastyNamesBreakOutOfNeither() throws {
    var evaluation = JudgementFixture.nasty(NastyNameTests.evaluation(), names: NastyNameTests.names).make()
    evaluation.card = ModelCard(
      details: [.name: [NastyNames.all.joined(separator: " ")], .contact: ["<img src=x>"]],
      parts: [.limits: NastyNames.all, .caveats: ["# heading", "| a | b |", "- item", "`code"]])
    let html = try text(evaluation, isMarkdown: false)
    #expect(try PageTests.matches("<(img|script|!\\[CDATA)", html).isEmpty)
    let markdown = try text(evaluation, isMarkdown: true)
    for text in ["<script", "](http", "**bold**", "`code", "<img", "@everyone", "\n# heading", "https://"] {
      #expect(!markdown.contains(text), "\(text)")
    }
    for output in [html, markdown] {
      for scalar in ["\u{202E}", "\u{1B}", "\u{0}", "\u{2028}"] {
        #expect(!output.unicodeScalars.contains(try #require(scalar.unicodeScalars.first)))
      }
    }
    // Every row of a table has as many cells as its head.
    var width: Int?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        width = nil
        continue
      }
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).count
      #expect(cells == width ?? cells, "\(line.prefix(80))")
      width = cells
    }
  }

  @Test func templatesOfAUserCount() throws {
    let own = ["card/part": "<p>{{name}} in house style</p>"]
    let html = String(
      decoding: try ReportWriter.modelCard(Self.full(), templates: own, isMarkdown: false), as: UTF8.self)
    #expect(html.contains("<p>Caveats in house style</p>"))
    let failure = #expect(throws: Failure.self) {
      try ReportWriter.modelCard(
        Self.full(), templates: ["card/card.css": "</STYLE><script>"], isMarkdown: false)
    }
    #expect(failure?.kind == .data)
  }
}

import Foundation
import Results
import Templating
import Testing

@testable import Report

/// `report.pdf` against the page's model and the evaluation.
@Suite(.enabled(if: Poppler.isPresent, "needs poppler-utils")) struct ReportDocumentTests {
  private static func render(_ evaluation: Evaluation, templates: [String: String] = [:]) throws -> [UInt8] {
    let files = try ReportWriter.documents(evaluation, templates: templates)
    #expect(files.map(\.path) == ["report.pdf", "model-card.md", "model-card.html"])
    return try #require(files.first).bytes
  }

  private static func explained() -> Evaluation {
    var evaluation = ExplanationFixture.explained()
    evaluation.judgement = JudgementFixture.rich.make().judgement
    evaluation.card = CardTests.card
    return evaluation
  }

  @Test func pagesAreNumberedAndKnowTheirReport() throws {
    let document = try Self.render(Self.explained())
    let pages = try Poppler.pages(document)
    #expect((4...12).contains(pages.count))
    for (index, page) in pages.enumerated() {
      #expect(page.contains("\(index + 1) / \(pages.count)"))
      #expect(page.contains("policy 3f2c9a1b"))
    }
    let info = try Poppler.output("pdfinfo", [], document)
    #expect(info.contains("Adult census income"))
    #expect(info.contains("Author:          fairslice"))
    #expect(info.contains("Pages:           \(pages.count)"))
    #expect(info.contains("A4"))
    #expect(!info.contains("JavaScript:      yes"))
  }

  @Test func theSameBytesEveryTime() throws {
    let evaluation = Self.explained()
    let document = try Self.render(evaluation)
    #expect(try Self.render(evaluation) == document)
    let copy = try Evaluation(json: Data(evaluation.json()), name: "e")
    #expect(try Self.render(copy) == document)
  }

  /// The first page says the verdict, why, and the model as a whole, as the page does.
  @Test func theFirstPageIsTheFirstScreen() throws {
    let evaluation = Self.explained()
    let words = try Poppler.words(Self.render(evaluation))
    let builder = PageBuilder(evaluation, mentionsChartFiles: false)
    let gate = try #require(GatePage(builder)).model()
    #expect(words.contains("FAIL 2 of 8 checks failed"))
    for statement in gate["failures"].elements {
      let text = try #require(statement["text"].words)
      #expect(words.contains(String(text.prefix(60))), "\(text)")
    }
    for figure in builder.overallFigures().elements {
      #expect(words.contains(figure["estimate"].estimateWords), "\(figure["name"].words ?? "")")
    }
  }

  /// Every number of the table of checks and of the grid of gaps is the page's, digit for digit.
  @Test func numbersAreThePages() throws {
    let evaluation = Self.explained()
    let words = try Poppler.words(Self.render(evaluation))
    let builder = PageBuilder(evaluation, mentionsChartFiles: false)
    let rows = try #require(GatePage(builder)).model()["table"]["runs"].elements.flatMap {
      $0["rows"].elements
    }
    var seen = 0
    for row in rows {
      for member in ["value", "interval", "bound", "sides"] {
        guard let text = row[member].words else { continue }
        #expect(words.contains(text), "\(member) \(text)")
        seen += 1
      }
    }
    for cell in builder.grid()["rows"].elements.flatMap({ $0["cells"].elements }) {
      guard let shown = cell["estimate"]["shown"].words else { continue }
      #expect(words.contains(shown) && words.contains(cell["estimate"]["interval"].words ?? ""))
      seen += 1
    }
    #expect(seen > 40)
    let hash = try #require(Digest.hexadecimal(Array(evaluation.configuration.utf8)))
    #expect(words.contains(hash))
    for input in evaluation.inputs { #expect(words.contains(String(input.sha256.prefix(40)))) }
  }

  @Test func methodsAndLimitsAreInThePagesWords() throws {
    let words = try Poppler.words(Self.render(Self.explained()))
    for text in [
      "Intervals hold each number by itself at 95 %", "How verdicts are made",
      "INCONCLUSIVE: neither. The rows do not settle it", "A difference between groups is no cause.",
      "What is lost when each feature is shuffled", "Trying things out.",
    ] {
      #expect(words.contains(text), "\(text)")
    }
    #expect(!words.contains("{{") && !words.contains("&#39;") && !words.contains("<b>FAIL"))
  }

  /// A house's own words on limits are the document's, too; a wrong template is its author's mistake.
  @Test func templatesOfAUserCount() throws {
    let evaluation = EvaluationFixture.adult.make()
    let own = ["report/limits": "<section><h2>Limits</h2><p>House &amp; rule {{level}}</p></section>"]
    #expect(try Poppler.words(Self.render(evaluation, templates: own)).contains("House & rule 95 %"))
    let failure = #expect(throws: Failure.self) {
      try Self.render(evaluation, templates: ["report/limits": "{{#open}}"])
    }
    #expect(failure?.kind == .data)
  }

  @Test func withoutAGateTheFindingsLead() throws {
    let evaluation = EvaluationFixture.adult.make()
    let words = try Poppler.words(Self.render(evaluation))
    let builder = PageBuilder(evaluation, mentionsChartFiles: false)
    #expect(words.contains(builder.headline(builder.findings())))
    #expect(!words.contains("Rests on"))
  }

  @Test func aLargeEvaluationIsCutAndSaysSo() throws {
    let crowded = try Self.render(JudgementFixture.crowded.make())
    #expect(try Poppler.pages(crowded).count <= 16)
    #expect(try Poppler.words(crowded).contains("in verdict.json"))
    let large = try Self.render(EvaluationFixture.large.make())
    #expect(try Poppler.pages(large).count <= 16)
    #expect(try Poppler.words(large).contains("Their charts are in report.html."))
    #expect(large.count < 2_000_000)
  }

  @Test func whatIsWithheldIsSaidToBe() throws {
    let words = try Poppler.words(Self.render(CardTests.withheld()))
    #expect(words.contains("— withheld: fewer than 10"))
  }

  /// A name that is written from right to left turns no number around.
  @Test func namesFromRightToLeftLeaveNumbersInOrder() throws {
    var fixture = EvaluationFixture()
    fixture.families = [
      EvaluationFixture.simple("g", [("العربية", 400, 0.3, 0.5), ("עברית", 500, 0.4, 0.9)], reference: 0)
    ]
    let evaluation = fixture.make()
    let document = try Self.render(evaluation)
    let words = try Poppler.output("pdftotext", ["-bbox"], document)
    let lower = try PageTests.matches("xMin=\"[^\"]*\" yMin=\"[^\"]*\"[^>]*>\\[[−0-9.]+,<", words)
    let upper = try PageTests.matches("xMin=\"[^\"]*\" yMin=\"[^\"]*\"[^>]*>[−0-9.]+\\]<", words)
    #expect(lower.count > 10 && lower.count == upper.count)
    #expect(try PageTests.matches(">[\\],][−0-9]", words).isEmpty)
  }

  /// Names that hide, reorder or are endless stay visible, on their page and readable.
  @Test func nastyNamesAreHarmless() throws {
    let nasty = JudgementFixture.nasty(NastyNameTests.evaluation(), names: NastyNameTests.names)
    var evaluation = nasty.make()
    evaluation.card = ModelCard(
      details: [.name: ["\u{202E}evil"]], parts: [.limits: NastyNameTests.names.filter { !$0.isEmpty }])
    let document = try Self.render(evaluation)
    let words = try Poppler.words(document)
    for scalar in ["\u{202E}", "\u{200B}", "\u{7}", "\u{0}"] {
      #expect(!words.unicodeScalars.contains(try #require(scalar.unicodeScalars.first)))
    }
    #expect(words.contains("⟨U+202E⟩gnp.exe") || words.contains("U+202E"))
    #expect(words.contains("<script>alert(1)</script>"))
    #expect(try Poppler.output("pdfinfo", [], document).contains("JavaScript:      no"))
    #expect(try Poppler.pages(document).count <= 24)
  }
}

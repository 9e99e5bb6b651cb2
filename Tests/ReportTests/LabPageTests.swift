import Fairness
import Foundation
import Report
import Results
import Testing

/// The section on other thresholds.
@Suite struct LabPageTests {
  static let evaluation = tried(PageTests.judged)
  static let page = PageTests.render(evaluation)
  static let section = part(page)

  /// With the lab that its curves give.
  static func tried(_ evaluation: Evaluation) -> Evaluation {
    var result = evaluation
    result.lab = ThresholdLab.make(evaluation)
    return result
  }

  static func part(_ page: String) -> String {
    guard let start = page.range(of: "<section id=\"lab\""),
      let end = page.range(of: "</section>", range: start.upperBound..<page.endIndex)
    else { return "" }
    return String(page[start.lowerBound..<end.upperBound])
  }

  @Test func withoutALabNothingIsSaid() {
    #expect(!PageTests.page.contains("id=\"lab\"") && !PageTests.page.contains("#lab"))
    #expect(Self.section.contains("<h2 id=\"lab-h\">Other thresholds</h2>"))
    #expect(Self.page.contains("<a href=\"#lab\">Decisions</a>"))
  }

  /// Paper says what is left out of it.
  @Test func onPaperItSaysThatItIsInteractive() throws {
    let words = try #require(try PageTests.matches("<p class=\"paper\">([^<]*)</p>", Self.section).first)
    #expect(words.contains("interactive and needs the page in a browser"))
    #expect(words.contains("for each group of sex, race"))
    let style = try #require(try PageTests.matches("<style>(.*?)</style>", Self.page).first)
    #expect(style.contains("@media print{#lab>:not(h2,.paper){display:none}}"))
  }

  @Test func everybodyIsWarned() {
    let text = Self.section.components(separatedBy: "<div id=\"lab-tool\"")[0]
    #expect(text.contains("disparate treatment") && text.contains("Get legal advice"))
    #expect(text.contains("Exploratory") && text.contains("Confirm on fresh data"))
  }

  @Test func chartsStandWithoutScripts() throws {
    let markup = try PageTests.withoutElements(Self.section)
    #expect(markup.contains("id=\"fig-sweep-sex\"") && markup.contains("id=\"fig-trade-sex\""))
    #expect(markup.contains("id=\"lab-tool\" hidden"))
    #expect(markup.contains("gap is") && markup.contains("at an accuracy of"))
    #expect(
      try PageTests.matches("(<figure.*?</figure>)", markup).allSatisfy { $0.contains("aria-describedby") })
    let price = try #require(
      try PageTests.matches("<caption>(What half of a gap[^<]*)</caption>", markup).first)
    #expect(price == "What half of a gap would cost")
  }

  /// The markup is sound, and nothing in it acts by itself.
  @Test func theMarkupIsSound() throws {
    let markup = try PageTests.withoutElements(Self.page)
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
    #expect(Set(ids).count == ids.count)
    #expect(try PageTests.matches("<[^>]*\\s(?:style|on[a-z]+)=", markup).isEmpty)
    for table in try PageTests.matches("(<table.*?</table>)", markup) { #expect(table.contains("<caption")) }
    let script = try #require(try PageTests.matches("<script>(.*?)</script>", Self.page).first)
    #expect(script.contains("lab-data"))
    for id in ["lab-family", "lab-gap", "lab-reset", "lab-status", "lab-groups", "lab-gaps"] {
      #expect(ids.contains(id) && script.contains(id) == (id != "lab-groups" && id != "lab-gaps"))
    }
  }

  /// Each table holds the lab's numbers.
  @Test func tablesHoldTheLabsNumbers() throws {
    let model = ReportWriter.pageModel(Self.evaluation)
    let families = ModelTests.items(ModelTests.member(model, "lab", "families"))
    #expect(!families.isEmpty)
    let lab = try #require(Self.evaluation.lab)
    let sex = try #require(Self.evaluation.families.firstIndex { $0.name == "sex" })
    let trades = lab.trades.filter { $0.family == sex }
    let rows = ModelTests.items(ModelTests.member(families[0], "table", "rows"))
    #expect(rows.count == trades.count)
    for (row, trade) in zip(rows, trades) {
      let current = try #require(trade[.current, "accuracy"])
      #expect(ModelTests.number(ModelTests.member(row, "cells", "0", "raw")) == current.gap[0])
      #expect(ModelTests.number(ModelTests.member(row, "cells", "1", "raw")) == current.value[0])
      let single = try #require(trade[.single, "accuracy"])
      let best = single.gap.lastIndex { $0 <= current.gap[0] / 2 }.map { single.value[$0] }
      #expect(ModelTests.number(ModelTests.member(row, "cells", "3", "raw")) == best)
    }
  }

  @Test func nastyNamesStayNames() throws {
    let page = PageTests.render(Self.tried(NastyNameTests.evaluation()))
    #expect(Self.part(page).contains("⟨U+202E⟩gnp.exe"))
    let markup = try PageTests.withoutElements(page)
    #expect(try PageTests.matches("<(img|b |i>)", markup).isEmpty)
    for scalar in ["\u{202E}", "\u{200B}", "\u{0}", "\u{2028}"] as [Unicode.Scalar] {
      #expect(!page.unicodeScalars.contains(scalar))
    }
    let json = try #require(try PageTests.matches("id=\"lab-data\">(.*?)</script>", page).first)
    #expect(!json.contains("<"))
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
  }

  @Test func theSameFromTheStoredForm() throws {
    let copy = try Evaluation(json: Data(Self.evaluation.json()), name: "evaluation.json")
    #expect(Self.part(PageTests.render(copy)) == Self.section)
    #expect(ThresholdLab.make(copy)?.trades.count == Self.evaluation.lab?.trades.count)
  }

  /// A group that may not be shown has no curve of its own and is named as such.
  @Test func withheldGroups() throws {
    var evaluation = PageTests.adult
    let race = try #require(evaluation.families.firstIndex { $0.name == "race" })
    let slice = evaluation.families[race].first + 1
    for index in evaluation.estimates.indices { evaluation.estimates[index].status[slice] = .suppressed }
    let tried = Self.tried(evaluation)
    let trade = try #require(tried.lab?[race, "demographic_parity"])
    #expect(!trade.slices.contains(slice) && trade.excluded.contains { $0.reason.hasPrefix("withheld") })
    let json = try #require(
      try PageTests.matches("id=\"lab-data\">(.*?)</script>", PageTests.render(tried)).first)
    #expect(json.contains("(withheld)"))
  }
}

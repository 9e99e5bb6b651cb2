import Charts
import Foundation
import Report
import ReportTemplates
import Results
import Templating
import Testing

/// The gate's part of the page against the judgement.
@Suite struct GatePageTests {
  static let judgement = JudgementFixture.rich.make().judgement
  static let model = ModelTests.member(ReportWriter.pageModel(PageTests.judged), "gate")

  private func checks() throws -> [CheckResult] { try #require(Self.judgement).checks }

  // MARK: Without a judgement

  /// Exactly the page of templates that know no gate.
  @Test func withoutAJudgementNothingChanges() throws {
    var plain: [String: String] = [:]
    for name in [
      "report/page", "report/header", "report/contents", "report/methods", "report/glance",
    ] {
      var source = try #require(EmbeddedTemplates.sources[name])
      for (open, isKept) in [("{{#gate}}\n", false), ("{{^gate}}\n", true)] {
        while let start = source.range(of: open) {
          let end = try #require(source.range(of: "{{/gate}}\n", range: start.upperBound..<source.endIndex))
          let inner = source[start.upperBound..<end.lowerBound]
          source.replaceSubrange(start.lowerBound..<end.upperBound, with: isKept ? String(inner) : "")
        }
      }
      #expect(!source.contains("gate"))
      plain[name] = source
    }
    plain["report/gate.css"] = "p{color:red}"
    #expect(PageTests.render(PageTests.adult, templates: plain) == PageTests.page)
    #expect(!PageTests.page.contains(".verdict"))
    #expect(ModelTests.member(ReportWriter.pageModel(PageTests.adult), "gate") == .null)
  }

  // MARK: Banner

  @Test func theVerdictComesFirst() throws {
    let page = PageTests.gate
    let line = "FAIL — 2 of 8 checks failed · 2 inconclusive · 1 waived (expires in 23 days) · 1 warning"
    #expect(page.contains("<title>\(line) — Adult census income"))
    #expect(try PageTests.matches("<h1>", page).count == 1)
    let banner = try #require(
      try PageTests.matches("<div class=\"verdict fail\">(.*?)</div>\n<p", page).first)
    let grid = try #require(page.range(of: "id=\"grid\""))
    let gate = try #require(page.range(of: "id=\"gate\""))
    let first = try #require(page.range(of: "class=\"verdict"))
    #expect(first.lowerBound < gate.lowerBound && gate.lowerBound < grid.lowerBound)
    for text in [
      "policy.json5 · 3f2c9a1b", "score_2025, compared row by row", "2026-03-01", "href=\"#gate\"",
      "True positive rate for sex=Female &amp; race=Amer-Indian-Eskimo is 0.700, 0.091 [0.058, 0.124] above "
        + "sex=Male &amp; race=Other (0.609); limit ≤ 0.05: about 91 fewer missed positives per 1,000 "
        + "(5,210 positives).",
      "Log loss for overall is 0.431, 0.011 [−0.004, 0.026] worse than the baseline (0.420); limit ≤ 0.01.",
      "120 decisions became right and 161 wrong", "about 48,860 would decide", "No slice matches “region”.",
    ] {
      #expect(banner.contains(text), "\(text)")
    }
    let order = ["four-fifths", "tpr-gap", "no-worse", "ghost"].map { banner.range(of: "<bdi>\($0)</bdi>") }
    #expect(order.allSatisfy { $0 != nil })
    #expect(
      zip(order, order.dropFirst()).allSatisfy { a, b in
        a.flatMap { a in b.map { a.lowerBound < $0.lowerBound } } ?? false
      })
    // Never by colour alone.
    for verdict in Verdict.allCases {
      #expect(page.contains("\(Self.signs[verdict] ?? "")</span> \(verdict.rawValue.uppercased())</b>"))
    }
  }

  static let signs: [Verdict: String] = [.pass: "✓", .fail: "✗", .inconclusive: "?", .waived: "⊘"]

  @Test func headlinesOfEveryKind() {
    func line(_ change: (inout JudgementFixture) -> Void) -> String? {
      var fixture = JudgementFixture.rich
      change(&fixture)
      return ModelTests.text(ModelTests.member(ReportWriter.pageModel(fixture.make()), "gate", "line"))
    }
    func keep(_ ids: String...) -> (inout JudgementFixture) -> Void {
      { $0.checks = $0.checks.filter { ids.contains($0.id) } }
    }
    #expect(line(keep("few-below", "accuracy-balance")) == "PASS — 2 of 2 checks passed")
    #expect(line(keep("few-below")) == "PASS — 1 of 1 check passed")
    #expect(line(keep("auc-floor")) == "PASS — 0 of 1 check passed · 1 warning")
    #expect(
      line(keep("fpr-sex", "few-below"))
        == "PASS — 1 of 2 checks passed · 1 waived (expires in 23 days)")
    #expect(line(keep("no-worse", "few-below")) == "INCONCLUSIVE — 1 of 2 checks inconclusive")
    #expect(
      line {
        keep("no-worse")(&$0)
        $0.folding = .pass
      } == "PASS — 1 of 1 check inconclusive (counts as pass)")
  }

  // MARK: Table

  /// Every group of every check is there with its number, in the order of verdicts.
  @Test func theTableHoldsEveryGroup() throws {
    let runs = ModelTests.items(ModelTests.member(Self.model, "table", "runs"))
    let ranks = ["fail": 0, "inconclusive": 1, "waived": 2, "pass": 4]
    var last = 0
    var found: [String: [Double?]] = [:]
    for run in runs {
      let rows = ModelTests.items(ModelTests.member(run, "rows"))
      let id = try #require(ModelTests.text(ModelTests.member(rows[0], "head", "check")))
      let isWarning = try #require(try checks().first { $0.id == id }).severity == .warning
      for row in rows {
        let verdict = try #require(ModelTests.text(ModelTests.member(row, "verdict", "class")))
        let rank = isWarning && verdict != "pass" ? 3 : try #require(ranks[verdict])
        #expect(rank >= last)
        last = rank
        guard ModelTests.member(row, "whole") == .null else { continue }
        found[id, default: []].append(ModelTests.number(ModelTests.member(row, "raw")))
      }
    }
    for check in try checks() where check.scope != .count {
      let expected = check.items.map(\.value).sorted { ($0 ?? -1) < ($1 ?? -1) }
      #expect((found[check.id] ?? []).sorted { ($0 ?? -1) < ($1 ?? -1) } == expected, "\(check.id)")
    }
    let page = PageTests.gate
    for text in [
      "≥ 0.054 at α = 0.008", "adjusted p = 0.002", "5,210 against 420 positives", "href=\"#by-race\"",
      "0 of 12 groups lie beyond the limit ≥ 0.68, at most 2 may",
      "3 groups left out of <bdi>tpr-gap</bdi> by the policy", "fewer than 100 positives",
      "Waived by risk@example.org until 2026-03-24 (50 days old, expires in 23 days), up to 0.300",
      "29 CFR 1607.4 D, as a ratio",
      "ratchet: no worse than the baseline", "No slice matches “region”.",
    ] {
      #expect(page.contains(text), "\(text)")
    }
  }

  /// A number never looks as if it lay on a bound that it does not lie on.
  @Test func digitsTellANumberFromItsBound() throws {
    var fixture = JudgementFixture.rich
    var check = try #require(fixture.checks.first { $0.id == "tpr-gap" })
    check.items[0].value = 0.05004
    fixture.checks = [check]
    let model = ReportWriter.pageModel(fixture.make())
    let row = ModelTests.member(model, "gate", "table", "runs", "0", "rows", "0")
    #expect(ModelTests.text(ModelTests.member(row, "value")) == "0.05004")
    check.items[0].value = 0.05
    fixture.checks = [check]
    let exact = ReportWriter.pageModel(fixture.make())
    #expect(
      ModelTests.text(ModelTests.member(exact, "gate", "table", "runs", "0", "rows", "0", "value")) == "0.050"
    )
  }

  /// Thousands of groups: the worst are listed, the rest is counted, and no group is lost.
  @Test func crowdsAreCounted() throws {
    let judged = try #require(PageTests.crowded.judgement)
    let model = ReportWriter.pageModel(PageTests.crowded)
    var listed: [String: Int] = [:]
    for run in ModelTests.items(ModelTests.member(model, "gate", "table", "runs")) {
      let rows = ModelTests.items(ModelTests.member(run, "rows"))
      let id = try #require(ModelTests.text(ModelTests.member(rows[0], "head", "check")))
      for row in rows {
        guard let words = ModelTests.text(ModelTests.member(row, "whole")) else {
          listed[id, default: 0] += 1
          continue
        }
        let digits = words.replacing(",", with: "").split { !$0.isNumber }.first
        listed[id, default: 0] += try #require(digits.flatMap { Int($0) })
      }
    }
    for check in judged.checks { #expect(listed[check.id] == check.items.count, "\(check.id)") }
    let open = try PageTests.matches("<b class=\"word (?:fail|inconclusive|waived)\">", PageTests.crowd).count
    #expect(open <= 52)
    #expect(PageTests.crowd.contains("all are in verdict.json"))
    #expect(PageTests.crowd.contains("50 of 2,000 are shown; verdict.json has all."))
    var bare = PageTests.crowded
    bare.judgement = nil
    let added = PageTests.crowd.utf8.count - PageTests.render(bare).utf8.count
    #expect(added < 80_000, "\(added)")
  }

  // MARK: Chart

  @Test func theChartSaysWhatTheTableSays() throws {
    let figure = ModelTests.member(Self.model, "figure")
    let rows = ModelTests.items(ModelTests.member(figure, "table", "rows"))
    #expect(rows.count == 11)
    var drawn: Set<String> = []
    for row in rows {
      let id = try #require(ModelTests.text(ModelTests.member(row, "name")))
      drawn.insert(id)
      let check = try #require(try checks().first { $0.id == id })
      let raw = ModelTests.number(ModelTests.member(row, "cells", "3", "raw"))
      #expect(
        check.scope == .count ? raw == 0 : raw == nil || check.items.contains { $0.value == raw }, "\(id)")
      let words = try #require(ModelTests.text(ModelTests.member(row, "cells", "3", "text")))
      guard case .markup(let svg) = ModelTests.member(figure, "svg") else { continue }
      #expect(svg.contains(">\(words)<"), "\(words)")
    }
    #expect(drawn == Set(try checks().map(\.id)))
    guard case .markup(let svg) = ModelTests.member(figure, "svg") else { return }
    #expect(
      svg.contains("<title>") && svg.contains("aria-describedby=\"fig-gate-c\"")
        && svg.contains(">high to low<"))
    #expect(svg.contains("four-fifths (race=Black) is 0.624 [0.558, 0.690], limit ≥ 0.8."))
  }

  @Test func theChartIsAFileToo() throws {
    var fixture = JudgementFixture.rich
    fixture.checks = Array(fixture.checks.prefix(2))
    var evaluation = fixture.make()
    let all = try ReportWriter.chartFiles(evaluation).map(\.path)
    evaluation.judgement = nil
    let without = try ReportWriter.chartFiles(evaluation).map(\.path)
    #expect(Array(all.prefix(3)) == ["svg", "png", "pdf"].map { "charts/gate.\($0)" })
    #expect(Array(all.dropFirst(3)) == without)
  }

  // MARK: Waivers and methods

  @Test func waiversAreListedWithTheirDays() throws {
    let rows = ModelTests.items(ModelTests.member(Self.model, "waivers", "rows"))
    let states = rows.compactMap { ModelTests.text(ModelTests.member($0, "status")) }
    #expect(states == ["exceeded", "expired", "unmatched", "applied", "idle"])
    #expect(
      rows.map { ModelTests.text(ModelTests.member($0, "left")) } == [
        "31 days left", "28 days ago", "last day", "23 days left", "61 days left",
      ])
    #expect(ModelTests.member(rows[2], "href") == .null, "its check does not exist")
    #expect(PageTests.gate.contains("The waiver for “gone” names no check of this policy."))
    #expect(PageTests.gate.contains("Label under review, see RISK-112"))
    #expect(ModelTests.member(ReportWriter.pageModel(PageTests.crowded), "gate", "waivers") == .null)
    #expect(!PageTests.crowd.contains("id=\"waivers\""))
  }

  @Test func methodsAreThoseOfThePolicy() throws {
    let page = PageTests.gate
    #expect(page.contains("weighted Holm") && !page.contains("Westfall"))
    #expect(page.contains("An inconclusive check ends the command with status 3"))
    #expect(page.contains("compared on the same rows") && page.contains("Tests used: score test"))
    #expect(!page.contains("without a test"))
    var fixture = JudgementFixture.rich
    (fixture.correction, fixture.folding) = (.maxT, .fail)
    fixture.checks[0].evidence = .point
    let model = ReportWriter.pageModel(fixture.make())
    let methods = ModelTests.member(model, "gate", "methods")
    #expect(ModelTests.member(methods, "isMaxT") == .bool(true))
    #expect(ModelTests.member(methods, "hasPoints") == .bool(true))
    #expect(
      ModelTests.text(ModelTests.member(methods, "folding")) == "An inconclusive check counts as failed")
  }

  // MARK: Names

  @Test func nastyNamesStayInside() throws {
    let names = NastyNameTests.names
    let page = PageTests.render(JudgementFixture.nasty(NastyNameTests.evaluation(), names: names).make())
    let markup = try PageTests.withoutElements(page)
    #expect(try PageTests.matches("<(script)[^>]*>", markup).count == 2)
    #expect(try PageTests.matches("<(img|b on|i>)", markup).isEmpty)
    #expect(try PageTests.matches("<[^>\"]*(?:\"[^\"]*\"[^>\"]*)*\\son[a-z]+=", markup).isEmpty)
    for scalar in ["\u{202E}", "\u{200B}", "\u{0}", "\u{7}", "\u{2028}", "\u{2029}"] {
      #expect(
        !page.unicodeScalars.contains(try #require(scalar.unicodeScalars.first)), "\(scalar.debugDescription)"
      )
    }
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
    #expect(Set(ids).count == ids.count)
    #expect(
      ids.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) } })
    for target in try PageTests.matches("href=\"#((?!slice-)[^\"]*)\"", markup) {
      #expect(ids.contains(target), "\(target)")
    }
  }
}

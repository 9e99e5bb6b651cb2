import Charts
import Foundation
import Results
import TestSupport
import Testing

@testable import Report

@Suite struct IndexPageTests {
  static func page(_ records: [RunRecord], has: Bool = true) -> IndexPage {
    IndexPage(SampleRun.log(records)) { _ in has }
  }

  static func html(_ page: IndexPage, templates: [String: String] = [:]) throws -> String {
    String(decoding: try IndexWriter.html(page, options: ReportOptions(templates: templates)), as: UTF8.self)
  }

  /// Data, policy and verdict change on the way.
  static let history: [RunRecord] = [
    SampleRun.judged(folder: "a", checks: [SampleRun.check(.pass, 0.05, 0.02, 0.08)]),
    SampleRun.judged(folder: "b", label: "b2", checks: [SampleRun.check(.pass, 0.06, 0.03, 0.09)]),
    SampleRun.judged(folder: "c", data: "bb22", gap: 0.3, checks: [SampleRun.check(.fail, 0.3, 0.25, 0.35)]),
    SampleRun.judged(
      folder: "d", data: "bb22", gap: 0.12, policy: "dead",
      checks: [SampleRun.check(.inconclusive, 0.12, 0.08, 0.16, maximum: 0.15)]),
  ]

  @Test func thePageIsWholeAndLoadsNothing() throws {
    for page in [
      Self.page(Self.history), Self.page([]), Self.page([SampleRun.plain()]),
      Self.page(NastyNames.all.map { SampleRun.judged(title: $0, folder: $0, label: $0) }),
    ] {
      let html = try Self.html(page)
      let markup = try PageTests.withoutElements(html)
      let style = try #require(try PageTests.matches("<style>(.*?)</style>", html).first)
      let script = try #require(try PageTests.matches("<script>(.*?)</script>", html).first)
      let policy = try #require(
        try PageTests.matches("Content-Security-Policy\" content=\"([^\"]*)\"", html).first)
      for text in [style, script] {
        let hash = Data(SHA256Oracle.digest(Array(text.utf8))).base64EncodedString()
        #expect(policy.contains("'sha256-\(hash)'"))
      }
      #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
      #expect(try PageTests.matches("<[^>]*\\sstyle=", markup).isEmpty)
      #expect(try PageTests.matches("<(link|img|iframe|object|embed|base|b onload)\\b", markup).isEmpty)
      #expect(try PageTests.matches("<h1>", markup).count == 1)
      let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
      #expect(Set(ids).count == ids.count)
      for target in try PageTests.matches("href=\"#([^\"]*)\"", markup) {
        #expect(ids.contains(target), "\(target)")
      }
      for list in try PageTests.matches("aria-(?:labelledby|describedby)=\"([^\"]*)\"", markup) {
        for target in list.split(separator: " ") { #expect(ids.contains(String(target)), "\(target)") }
      }
      for link in try PageTests.matches("(?:src|href)=\"(?!#)([^\"]*)\"", markup) {
        #expect(link.hasPrefix("./") && link.hasSuffix("/report.html") && !link.contains("/../"), "\(link)")
      }
    }
  }

  @Test func namesCannotBreakOutOrHide() throws {
    let html = try Self.html(
      Self.page(NastyNames.all.map { SampleRun.judged(title: $0, folder: $0, label: $0, data: $0) }))
    let markup = try PageTests.withoutElements(html)
    #expect(try PageTests.matches("<(script)[^>]*>", markup).count == 2)
    #expect(try PageTests.matches("<[^>\"]*(?:\"[^\"]*\"[^>\"]*)*\\son[a-z]+=", markup).isEmpty)
    for scalar in ["\u{202E}", "\u{200B}", "\u{0}", "\u{1B}", "\u{2028}"] {
      #expect(!html.unicodeScalars.contains(try #require(scalar.unicodeScalars.first)))
    }
    let json = try #require(try PageTests.matches("id=\"run-data\"[^>]*>(.*?)</script>", html).first)
    #expect(!json.contains("<"))
    let data = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((data["rows"] as? [Any])?.count == NastyNames.all.count)
  }

  @Test func sameRunsSameBytes() throws {
    #expect(try Self.html(Self.page(Self.history)) == Self.html(Self.page(Self.history)))
  }

  @Test func withoutRunsItSaysSo() throws {
    let html = try Self.html(Self.page([]))
    #expect(html.contains("<h1>No runs yet</h1>") && !html.contains("id=\"runs\""))
    #expect(Self.page([]).summary == "No runs yet.")
  }

  @Test func linesThatCannotBeShownAreNamed() throws {
    var log = SampleRun.log(Self.history)
    log.tornLine = 5
    let newer = Array(#"{"schema": "fairslice-run", "version": 9}"#.utf8) + [10]
    log.unreadable = try RunLog(jsonLines: newer, name: "r").unreadable
    let page = IndexPage(log) { _ in false }
    let html = try Self.html(page)
    #expect(
      html.contains("Line 5 of runs.jsonl was cut short") && html.contains("newer fairslice (version 9"))
    #expect(page.summary.contains("cut short"))
  }

  // MARK: Runs

  @Test func repeatsAreFoldedAndChangesMarked() {
    var dated = SampleRun.plain()
    dated.origin.date = "2026-03-01T00:00:00Z"
    let page = Self.page([
      SampleRun.plain(), SampleRun.plain(), dated, SampleRun.plain(data: "bb"), SampleRun.plain(),
      SampleRun.plain(title: "Other"), SampleRun.plain(),
    ])
    #expect(page.runs.map(\.number) == [3, 4, 6, 7])
    #expect(page.runs.map(\.count) == [3, 1, 1, 2])
    #expect(page.runs.map(\.changes) == [[], [.data], [], [.data]])
    #expect(page.subjects.map(\.title) == ["Loans", "Other"])
  }

  /// A folder that was written again holds the newest report only.
  @Test func onlyTheNewestRunOfAFolderIsLinked() {
    let page = Self.page([
      SampleRun.plain(folder: "x"), SampleRun.plain(folder: "x", gap: 0.3), SampleRun.plain(folder: "y z"),
    ])
    #expect(page.runs.map(\.report) == [nil, "./x/report.html", "./y%20z/report.html"])
    #expect(Self.page([SampleRun.plain()], has: false).runs[0].report == nil)
  }

  @Test(arguments: [
    ("../x", nil), ("/etc", nil), ("a/../b", nil), ("javascript:x", "./javascript%3Ax/report.html"),
    ("//host", nil), ("a\u{0}b", nil), ("é", "./%C3%A9/report.html"), ("?#", "./%3F%23/report.html"),
  ])
  func linksStayBelowThePage(folder: String, href: String?) {
    #expect(IndexPage.href(folder) == href)
  }

  @Test func theListIsCappedWithoutScripts() throws {
    let many = Self.page((1...250).map { SampleRun.plain(gap: 0.2 + Double($0) / 1000) })
    let html = try Self.html(many)
    #expect(try PageTests.matches("<tr id=\"run-", html).count == 50)
    #expect(html.contains("The newest 50 of 250 runs."))
    let json = try #require(try PageTests.matches("id=\"run-data\"[^>]*>(.*?)</script>", html).first)
    let data = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((data["rows"] as? [[Any]])?.first?.first as? Int == 250)
    #expect((data["rows"] as? [[Any]])?.count == 250)
  }

  // MARK: Trends

  @Test func aTrendShowsWhatTheRecordsSay() throws {
    let page = Self.page(Self.history)
    let figure = try #require(page.checkFigures(0).first)
    let plot = try #require(figure.chart as? TrendPlot)
    #expect(plot.entries.map(\.reading.value) == Self.history.map { $0.checks[0].reading.value })
    #expect(plot.entries.map(\.reading.lower) == Self.history.map { $0.checks[0].reading.lower })
    #expect(plot.entries.map(\.maximum) == [0.1, 0.1, 0.1, 0.15])
    #expect(plot.entries.map(\.status) == [.pass, .pass, .fail, .inconclusive])
    #expect(plot.entries.map(\.isBreak) == [false, false, true, false])
    #expect(plot.entries.map(\.changes) == [[], [], [.data], [.policy]])
    // The table, newest first.
    #expect(figure.table.rows.map(\.name) == ["#4", "#3", "#2 b2", "#1"])
    let raw = figure.table.rows.map { row -> Double? in
      if case .number(_, let value) = row.cells[1] { return value }
      return nil
    }
    #expect(raw == [0.12, 0.3, 0.06, 0.05])
    #expect(figure.caption.contains("INCONCLUSIVE, FAIL the run before"))
    #expect(figure.caption.contains("0.120 [0.080, 0.160]") && figure.caption.contains("≤ 0.15"))
    #expect(plot.summary == figure.caption)
  }

  @Test func gapsHaveTrendsWithoutAGate() throws {
    let page = Self.page([
      SampleRun.plain(), SampleRun.plain(gap: 0.25), SampleRun.plain(data: "x", gap: 0.1),
    ])
    #expect(page.checkFigures(0).isEmpty)
    let figures = page.gapFigures(0)
    #expect(figures.map(\.heading) == ["Demographic parity by race"])
    let plot = try #require(figures[0].chart as? TrendPlot)
    #expect(plot.entries.map(\.reading.value) == [0.2, 0.25, 0.1])
    #expect(plot.entries.map(\.isBreak) == [false, false, true])
  }

  @Test func trendsShowTheNewestRunsOnly() throws {
    let page = Self.page((1...90).map { SampleRun.plain(gap: Double($0) / 100) })
    let plot = try #require(page.gapFigures(0).first?.chart as? TrendPlot)
    #expect(plot.entries.count == 40 && plot.entries.last?.reading.value == 0.9)
  }

  // MARK: Templates

  @Test func templatesCanBeReplaced() throws {
    let html = try Self.html(Self.page(Self.history), templates: ["index/header": "<h1>House</h1>"])
    #expect(html.contains("<h1>House</h1>"))
    #expect(throws: Failure.self) {
      try Self.html(Self.page(Self.history), templates: ["index/header": "{{#open}}"])
    }
  }
}

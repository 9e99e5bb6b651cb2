import Charts
import Report
import ReportTemplates
import Results
import Templating
import Testing

/// The first screen: checks against their limits, and attributes by gaps.
@Suite struct GlanceTests {
  static let judgement = JudgementFixture.rich.make().judgement
  static let model = ReportWriter.pageModel(PageTests.judged)

  private func text(_ value: TemplateValue, _ path: String...) -> String? {
    ModelTests.text(path.reduce(value) { ModelTests.member($0, $1) })
  }

  /// What did not pass comes first, and every number is one of its check's.
  @Test func theStripHoldsTheJudgementsNumbers() throws {
    let checks = try #require(Self.judgement).checks
    let rows = ModelTests.items(ModelTests.member(Self.model, "gate", "strip", "rows"))
    #expect(rows.count == 11 && ModelTests.member(Self.model, "gate", "strip", "left") == .null)
    let ranks = ["fail": 0, "inconclusive": 1, "waived": 2, "pass": 4]
    var last = 0
    for row in rows {
      let check = try #require(checks.first { $0.id == text(row, "check") })
      let verdict = try #require(text(row, "verdict", "class"))
      let rank = check.severity == .warning && verdict != "pass" ? 3 : try #require(ranks[verdict])
      #expect(rank >= last)
      last = rank
      guard check.scope != .count, let shown = text(row, "value") else { continue }
      let values = check.items.compactMap(\.value).map { NumberText.value($0) }
      #expect(values.contains { shown.hasPrefix($0.prefix(4)) }, "\(check.id): \(shown)")
    }
  }

  /// A cell has a mark where a check judged the gap, and leads there unless the check passed.
  @Test func cellsLeadToTheirEvidence() throws {
    let rows = ModelTests.items(ModelTests.member(Self.model, "glance", "rows"))
    #expect(rows.count == PageTests.judged.families.count - 1)
    var marks: [String] = []
    for row in rows {
      for cell in ModelTests.items(ModelTests.member(row, "cells")) {
        guard ModelTests.member(cell, "has") == .bool(true) else { continue }
        let href = try #require(text(cell, "href"))
        let verdict = text(cell, "verdict", "class")
        #expect(href.hasPrefix(verdict == nil || verdict == "pass" ? "#gaps-" : "#check-"), "\(href)")
        if let verdict { marks.append(verdict) }
      }
    }
    #expect(marks.contains("fail"))
    let plain = ModelTests.items(ModelTests.member(ModelTests.model, "glance", "rows"))
    let cells = plain.flatMap { ModelTests.items(ModelTests.member($0, "cells")) }
    #expect(!cells.isEmpty && cells.allSatisfy { ModelTests.member($0, "verdict") == .null })
  }

  /// Sixty checks and twenty attributes: what matters is shown, the rest is counted.
  @Test func muchOfItIsCounted() throws {
    var fixture = JudgementFixture.rich
    let first = try #require(fixture.checks.first)
    fixture.checks = (0..<60).map { index in
      var check = first
      check.id = "check-\(index)"
      return check
    }
    let strip = ModelTests.member(ReportWriter.pageModel(fixture.make()), "gate", "strip")
    #expect(ModelTests.items(ModelTests.member(strip, "rows")).count == 10)
    #expect(text(strip, "left")?.hasPrefix("50 ") == true)
    var wide = EvaluationFixture()
    wide.families = (0..<20).map {
      EvaluationFixture.simple("f\($0)", [("a", 400, 0.5, 0.5), ("b", 300, 0.2, 0.5)], reference: nil)
    }
    let glance = ModelTests.member(ReportWriter.pageModel(wide.make()), "glance")
    #expect(ModelTests.items(ModelTests.member(glance, "rows")).count == 12)
    #expect(text(glance, "left") == "8 more attributes")
  }

  /// WCAG 2.2, 1.4.3 and 1.4.11, for the page's own colours in both themes.
  @Test func thePagesColoursStandOut() throws {
    let sheet = try #require(EmbeddedTemplates.sources["report/report.css"])
    let blocks = try PageTests.matches("\\{((?:color-scheme[^;]*;)?--paper[^}]*)\\}", sheet)
    #expect(blocks.count == 2, "light and dark")
    for block in blocks {
      var colours: [String: RGB] = [:]
      for entry in block.split(separator: ";") {
        let parts = entry.split(separator: ":")
        guard parts.count == 2, parts[1].hasPrefix("#") else { continue }
        var digits = String(parts[1].dropFirst())
        if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
        colours[String(parts[0].dropFirst(2))] = RGB(try #require(UInt32(digits, radix: 16)))
      }
      for ground in ["paper", "raised", "mark"] {
        let paper = try #require(colours[ground])
        for ink in ["ink", "soft", "link", "note"] {
          let contrast = try #require(colours[ink]).contrast(with: paper)
          #expect(contrast >= 4.5, "\(ink) on \(ground): \(contrast)")
        }
      }
      for ink in ["focus", "strong", "note"] {
        let contrast = try #require(colours[ink]).contrast(with: try #require(colours["paper"]))
        #expect(contrast >= 3, "\(ink): \(contrast)")
      }
    }
  }
}

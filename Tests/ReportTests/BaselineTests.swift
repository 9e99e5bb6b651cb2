import Charts
import Foundation
import Report
import Results
import Templating
import Testing

/// The section on the baseline against the evaluation that it is made from.
@Suite struct BaselineTests {
  static let compared = [
    "accuracy", "true_positive_rate", "false_positive_rate", "selection_rate", "roc_auc",
  ]

  /// The fixture with a second model: the change in slice `s` is a multiple of 0.01 that differs by slice and
  /// metric, its interval 0.03 to either side. Where `s` divides by 7 the baseline has no value, by 5 no
  /// interval.
  static func evaluation(name: String = "old.csv") -> Evaluation {
    var evaluation = EvaluationFixture.adult.make()
    let slices = evaluation.slices
    evaluation.slices.baselineCells = (0..<slices.count).flatMap { slice in
      [
        slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
        slices.trueNegatives[slice],
      ].enumerated().flatMap { outcome, rows in
        let kept = rows - rows / (5 + outcome + slice % 3)
        return outcome < 2 ? [kept, rows - kept] : [rows - kept, kept]
      }
    }
    evaluation.paired = PairedColumns(
      name: name,
      columns: compared.enumerated().map { metric, id in
        let values = evaluation.estimates[evaluation.metricIndex(id) ?? 0].value
        let changes = values.indices.map { Double(($0 * 7 + metric * 3) % 13 - 6) / 100 }
        return PairedColumns.Column(
          metric: id, baseline: values.indices.map { $0 % 7 == 6 ? .nan : values[$0] - changes[$0] },
          standardError: values.map { _ in 0.015 },
          lower: changes.indices.map { $0 % 5 == 4 ? .nan : changes[$0] - 0.03 },
          upper: changes.indices.map { $0 % 5 == 4 ? .nan : changes[$0] + 0.03 })
      })
    return evaluation
  }

  static let sample = evaluation()
  static let model = ModelTests.member(ReportWriter.pageModel(sample), "baseline")
  static let page = PageTests.render(sample)

  private func slice(_ row: TemplateValue, _ family: SliceFamily) throws -> Int {
    let label = ModelTests.text(ModelTests.member(row, "label"))
    return try #require(family.slices.first { Self.sample.slices.label[$0] == label })
  }

  @Test func everyNumberIsTheEvaluations() throws {
    let families = ModelTests.items(ModelTests.member(Self.model, "families"))
    #expect(families.count == Self.sample.families.count - 1)
    let paired = try #require(Self.sample.paired)
    var checked = 0
    for (part, family) in zip(families, Self.sample.families.dropFirst()) {
      let rows = ModelTests.items(ModelTests.member(part, "table", "rows"))
      #expect(rows.count == family.count)
      for row in rows {
        let slice = try slice(row, family)
        for (place, id) in Self.compared.enumerated() {
          let cell = ModelTests.member(row, "cells", "\(place)")
          let column = try #require(paired[id])
          let value = Self.sample.estimate(id, slice: slice)?.value
          let raw = ModelTests.number(ModelTests.member(cell, "change", "raw"))
          let status = ModelTests.text(ModelTests.member(cell, "change", "status"))
          if let value, !column.baseline[slice].isNaN {
            #expect(raw == value - column.baseline[slice])
            #expect(status == (column.lower[slice].isNaN ? "not_estimable" : "ok"))
            #expect(
              ModelTests.text(ModelTests.member(cell, "baseline"))
                == NumberText.value(column.baseline[slice]))
          } else {
            #expect(raw == nil && status != "ok")
            #expect(ModelTests.text(ModelTests.member(cell, "change", "reason")) != nil)
          }
          checked += 1
        }
      }
    }
    #expect(checked == 5 * (Self.sample.slices.count - 1))
  }

  /// Flips, counted from what each cell means.
  @Test func flipsAreCountedFromTheCells() throws {
    for (part, family) in zip(
      ModelTests.items(ModelTests.member(Self.model, "families")), Self.sample.families.dropFirst())
    {
      for row in ModelTests.items(ModelTests.member(part, "table", "rows")) {
        let slice = try slice(row, family)
        var expected = ["toRight": 0, "toWrong": 0, "toPositive": 0, "toNegative": 0]
        for cell in 0..<8 {
          let rows = Self.sample.slices.baselineCells[8 * slice + cell]
          let label = cell / 2 == 0 || cell / 2 == 2
          let candidate = cell / 2 < 2
          let baseline = cell % 2 == 0
          guard candidate != baseline else { continue }
          expected[candidate == label ? "toRight" : "toWrong", default: 0] += rows
          expected[candidate ? "toPositive" : "toNegative", default: 0] += rows
        }
        for (key, count) in expected {
          let text = ModelTests.text(ModelTests.member(row, "flips", key))
          #expect(text == NumberText.count(Double(count)), "\(key)")
        }
      }
    }
  }

  /// Worse and better follow the metric's direction; a selection rate is neither; surest to be worse first.
  @Test func theWorstComeFirst() throws {
    let paired = try #require(Self.sample.paired)
    func assured(_ slice: Int) -> Double {
      Self.compared.map { id -> Double in
        guard let column = paired[id], Self.sample.estimate(id, slice: slice)?.value != nil,
          !column.baseline[slice].isNaN, !column.lower[slice].isNaN
        else { return 0 }
        switch id {
        case "selection_rate": return 0
        case "false_positive_rate": return max(0, column.lower[slice])
        default: return max(0, -column.upper[slice])
        }
      }.max() ?? 0
    }
    var words: [String] = []
    for (part, family) in zip(
      ModelTests.items(ModelTests.member(Self.model, "families")), Self.sample.families.dropFirst())
    {
      let rows = ModelTests.items(ModelTests.member(part, "table", "rows"))
      let order = try rows.map { assured(try slice($0, family)) }
      #expect(order == order.sorted(by: >))
      let lead = try #require(ModelTests.text(ModelTests.member(part, "lead")))
      #expect(lead.hasPrefix(order[0] > 0 ? "Surest to be worse: " : "No group is sure"))
      for row in rows {
        words += (0..<5).compactMap { ModelTests.text(ModelTests.member(row, "cells", "\($0)", "word")) }
        #expect(ModelTests.member(row, "cells", "3", "word") == .null)
      }
    }
    let counts = try #require(ModelTests.text(ModelTests.member(Self.model, "counts")))
    #expect(counts.contains("worse side of zero in \(words.count { $0 == "worse" }),"))
    #expect(counts.contains("better side in \(words.count { $0 == "better" })."))
  }

  @Test func thePageHoldsTogether() throws {
    let markup = try PageTests.withoutElements(Self.page)
    #expect(markup.contains("Is it worse for anyone?") && markup.contains("not adjusted for the number"))
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
    #expect(Set(ids).count == ids.count)
    for target in try PageTests.matches("href=\"#([^\"]*)\"", markup) {
      #expect(ids.contains(target), "\(target)")
    }
    let section = try #require(
      try PageTests.matches("(<section class=\"baseline\".*?</section>)", markup).first)
    for table in try PageTests.matches("(<table.*?</table>)", section) {
      let widths = try PageTests.matches("(<tr[ >].*?)(?=<tr|</table)", table).map { row in
        try PageTests.matches("(<t[hd][ >])", row).count
      }
      #expect(Set(widths).count == 1, "\(widths)")
    }
  }

  @Test func withoutABaselineThereIsNoSection() {
    #expect(ModelTests.member(ModelTests.model, "baseline") == .null)
    let page = PageTests.render(ModelTests.evaluation)
    #expect(!page.contains("worse for anyone") && !page.contains("#baseline"))
  }

  @Test func aNastyNameStaysText() {
    let page = PageTests.render(Self.evaluation(name: "<script>alert(1)</script>\u{202E}.csv"))
    #expect(!page.contains("<script>alert") && !page.contains("\u{202E}"))
  }

  @Test func theJoinedFileIsCalledWhatItIs() {
    var evaluation = Self.sample
    evaluation.roles.baseline = "old.csv"
    var second = evaluation.inputs[0]
    second.name = "old.csv"
    evaluation.inputs.append(second)
    let facts = ModelTests.items(ModelTests.member(ReportWriter.pageModel(evaluation), "facts"))
    #expect(
      facts.compactMap { ModelTests.text(ModelTests.member($0, "term")) }.filter { $0 == "Data" }.count == 1)
    let baselines = facts.filter { ModelTests.text(ModelTests.member($0, "term")) == "Baseline" }
    #expect(baselines.count == 1)
    #expect(ModelTests.text(ModelTests.member(baselines[0], "text"))?.hasPrefix("old.csv · ") == true)
  }

  @Test func decisionsThatAgreeAreTold() throws {
    var evaluation = Self.sample
    evaluation.slices.baselineCells = (0..<evaluation.slices.count).flatMap { slice in
      let slices = evaluation.slices
      return [
        slices.truePositives[slice], 0, slices.falsePositives[slice], 0, 0, slices.falseNegatives[slice], 0,
        slices.trueNegatives[slice],
      ]
    }
    let lead = ModelTests.member(ReportWriter.pageModel(evaluation), "baseline", "lead")
    #expect(ModelTests.text(lead) == "Both models decide alike on every row.")
  }

  @Test func theChartIsWritten() throws {
    let paths = try ReportWriter.chartFiles(Self.sample).map(\.path)
    #expect(paths.contains("charts/change-sex.svg"))
  }
}

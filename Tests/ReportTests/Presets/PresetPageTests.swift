import Fairness
import Foundation
import Results
import Templating
import TestSupport
import Testing

@testable import Report

/// Indicators on the page, on paper, in tables and in the summary.
@Suite struct PresetPageTests {
  private static func make(_ preset: RulePreset, _ adjust: (inout Evaluation) -> Void = { _ in })
    -> Evaluation
  {
    var evaluation = EvaluationFixture.adult.make()
    adjust(&evaluation)
    var choice = PresetChoice(preset)
    choice.requests = [.init(key: "comparisons", wanted: "to_best", used: "to_overall")]
    evaluation.preset = PresetMaker(evaluation, choice).record()
    return evaluation
  }

  @Test(arguments: RulePreset.allCases) func everyPresetIsShown(_ preset: RulePreset) throws {
    let evaluation = Self.make(preset)
    let page = PageTests.render(evaluation)
    #expect(page.contains("id=\"preset\"") && page.contains("href=\"#preset\""))
    let record = try #require(evaluation.preset)
    #expect(!record.tables.isEmpty)
    for citation in record.citations {
      #expect(page.contains(HTML.escaped(citation.source)), "\(citation.source)")
    }
    for table in record.tables {
      #expect(page.contains(HTML.escaped(table.title)))
      for column in table.columns { #expect(page.contains(">\(HTML.escaped(column.name))<"), "\(column.id)") }
    }
    #expect(page.contains("to_best") && page.contains("to_overall"))
  }

  @Test func withoutAPresetThereIsNone() {
    #expect(!PageTests.page.contains("id=\"preset\"") && !PageTests.page.contains(".indicators"))
    #expect(IndicatorsCSV.bytes(of: PageTests.adult) == nil && PresetText(PageTests.adult) == nil)
  }

  /// No wording of a preset finds anybody guilty or clear; all say what they are.
  @Test(arguments: RulePreset.allCases) func nothingIsALegalFinding(_ preset: RulePreset) throws {
    let record = try #require(Self.make(preset).preset)
    var words = [record.title, record.statement] + record.notes + record.citations.map(\.about)
    for table in record.tables {
      words += [table.title, table.about, table.together]
      for column in table.columns { words += [column.name, column.meaning] + column.texts }
    }
    for text in words.map({ $0.lowercased() }) {
      for word in [
        "violat", "complian", "illegal", "unlawful", "guilty", "discriminates", "passed", "failed",
      ] {
        #expect(!text.contains(word), "\(text)")
      }
    }
    let statement = record.statement.lowercased()
    #expect(["indicator", "threshold"].contains { statement.contains($0) })
    #expect(!record.citations.isEmpty && !record.notes.isEmpty)
  }

  @Test func tableOfManyColumnsIsDivided() throws {
    let evaluation = Self.make(.fourFifths)
    let page = PresetPage(PageBuilder(evaluation, mentionsChartFiles: false))
    let model = try #require(page?.model())
    let table = try #require(model["tables"].elements.first)
    let columns = table["blocks"].elements.map { $0["columns"].elements.count }
    #expect(columns.reduce(0, +) == evaluation.preset?.tables.first?.columns.count)
    #expect(columns.count > 1 && columns.allSatisfy { $0 <= PresetPage.shownColumns })
    for block in table["blocks"].elements {
      for row in block["rows"].elements {
        #expect(row["cells"].elements.count == block["columns"].elements.count)
      }
    }
  }

  @Test func foreignNamesStayNames() throws {
    let name = "<script>alert(1)</script>\u{202E}"
    let evaluation = Self.make(.fourFifths) { evaluation in
      for slice in 1..<evaluation.slices.count { evaluation.slices.label[slice] += name }
    }
    let page = PageTests.render(evaluation)
    #expect(!page.contains("<script>alert"))
    #expect(!page.unicodeScalars.contains("\u{202E}"))
    let markdown = PresetText.markdown(evaluation)
    #expect(!markdown.contains("<script>"))
  }

  @Test func csv() throws {
    let evaluation = Self.make(.fourFifths)
    let bytes = try #require(IndicatorsCSV.bytes(of: evaluation))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines[0] == "preset,table,features,slice,reference,indicator,value,lower,upper,text")
    let record = try #require(evaluation.preset)
    let cells = record.tables.reduce(0) { $0 + $1.slices.count * $1.columns.count }
    #expect(lines.count == cells + 1)
    let table = try #require(record.tables.first)
    let ratio = try #require(table.column("impact_ratio"))
    let row = try #require(
      table.slices.indices.first { table.slices[$0] != table.reference && !ratio.values[$0].isNaN })
    let predicate = evaluation.slices.predicate
    let line =
      "four-fifths,four_fifths,\(evaluation.families[table.family].name),\(predicate[table.slices[row]]),"
      + "\(predicate[try #require(table.reference)]),impact_ratio,\(ratio.values[row]),\(ratio.lower[row]),\(ratio.upper[row]),"
    #expect(lines.contains { $0 == line }, "\(line)")
  }

  @Test func summaryHasThem() throws {
    var evaluation = JudgementFixture.rich.make()
    evaluation.preset = PresetMaker(evaluation, PresetChoice(.fourFifths)).record()
    let judgement = try #require(evaluation.judgement)
    let summary = String(decoding: GateOutputs.stepSummary(judgement, of: evaluation), as: UTF8.self)
    #expect(summary.contains("Indicators") && summary.contains("impact ratio"))
    #expect(!String(decoding: GateOutputs.stepSummary(judgement), as: UTF8.self).contains("impact ratio"))
  }

  @Test func paperHasThem() throws {
    let plain = try ReportWriter.documents(PageTests.adult, templates: [:])
    let made = try ReportWriter.documents(Self.make(.fourFifths), templates: [:])
    let sizes = [plain, made].map { files in files.first { $0.path == "report.pdf" }?.bytes.count ?? 0 }
    #expect(sizes[1] > sizes[0])
  }

  @Test(arguments: RulePreset.allCases) func storedFormReadsBack(_ preset: RulePreset) throws {
    let evaluation = Self.make(preset)
    let json = evaluation.json()
    #expect(try Evaluation(json: Data(json), name: "again").json() == json)
    #expect(try JSONSchema("evaluation.schema.json").errors(in: json) == [])
  }

  /// What contradicts itself is refused.
  @Test func aTableOfOtherSlicesIsRefused() throws {
    var evaluation = Self.make(.fourFifths)
    evaluation.preset?.tables[0].slices[0] = 10_000
    #expect(throws: Failure.self) { try Evaluation(json: Data(evaluation.json()), name: "broken") }
    evaluation = Self.make(.fourFifths)
    evaluation.preset?.tables[0].columns[0].values.removeLast()
    #expect(throws: Failure.self) { try Evaluation(json: Data(evaluation.json()), name: "broken") }
  }
}

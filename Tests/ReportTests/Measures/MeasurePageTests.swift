import Foundation
import Results
import Templating
import Testing

@testable import Report

/// The chapter of fairness measures against the table it is made from.
@Suite struct MeasurePageTests {
  static let evaluation = MeasureFixture.adding(to: EvaluationFixture.adult.make())
  static let page = PageTests.render(evaluation)

  @Test func onlyWhereAskedFor() throws {
    #expect(!PageTests.page.contains("id=\"measures\""))
    #expect(!PageTests.page.contains("href=\"#measures\""))
    #expect(MeasureSummary(EvaluationFixture.adult.make()) == nil)
    #expect(Self.page.contains("href=\"#measures\""))
    var empty = Self.evaluation
    empty.measures = MeasureTable()
    #expect(PageTests.render(empty).contains("0 values of 0 measures"))
  }

  @Test func pageHoldsTogether() throws {
    let markup = try PageTests.withoutElements(Self.page)
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
    #expect(Set(ids).count == ids.count)
    for target in try PageTests.matches("href=\"#([^\"]*)\"", markup) {
      #expect(ids.contains(target), "\(target)")
    }
    for list in try PageTests.matches("aria-(?:labelledby|describedby)=\"([^\"]*)\"", markup) {
      for target in list.split(separator: " ") { #expect(ids.contains(String(target)), "\(target)") }
    }
    #expect(!markup.contains("<&>") && !markup.contains("<outcome>") && !markup.contains("age=<b>"))
    #expect(Self.page == PageTests.render(Self.evaluation))
  }

  /// Every row shows a stored value, in its words and with its interval; what is not shown is counted.
  @Test func rowsAreTheTables() throws {
    let table = try #require(Self.evaluation.measures)
    let page = try #require(MeasuresPage(PageBuilder(Self.evaluation, mentionsChartFiles: false)))
    let stored = Set(table.results.compactMap(\.estimate.value))
    var shown = 0
    for kind in page.model()["kinds"].elements {
      for group in kind["groups"].elements {
        let rows = group["rows"].elements
        #expect(!rows.isEmpty && rows.count <= MeasuresPage.rowsOfMeasure.upperBound)
        for row in rows {
          shown += 1
          guard case .number(let raw) = row["estimate"]["raw"] else {
            #expect(row["estimate"]["reason"].words == "no unfavourable <outcome>")
            #expect(row["mark"] == .null)
            continue
          }
          #expect(stored.contains(raw))
          #expect(row["estimate"]["shown"].words == Wording.value(raw))
        }
        let told = (group["left"].words ?? "0").split(separator: " ")[0].replacing(",", with: "")
        shown += Int(told) ?? 0
      }
    }
    #expect(shown == table.results.count)
  }

  @Test func wordsOfARow() throws {
    let page = try #require(MeasuresPage(PageBuilder(Self.evaluation, mentionsChartFiles: false)))
    let kinds = page.model()["kinds"].elements
    #expect(
      kinds.compactMap { $0["name"].words } == [
        "Two groups compared", "All groups in one number", "Among rows that are alike",
        "How unequally rows fare",
      ])
    let group = kinds[0]["groups"].elements[0]
    #expect(group["name"].words == "mean_difference")
    #expect(group["own"].words == "AIF360 · Statistical parity difference")
    #expect(group["meaning"].words?.hasPrefix("0 is fair: ") == true)
    let row = group["rows"].elements[0]
    #expect(row["groups"].words == "Male against Female" && row["family"].words == "sex")
    #expect(row["isSure"] == .bool(true) && row["pValue"].words == "0.004")
    guard case .markup(let mark) = row["mark"] else { throw Failure(.data, "no mark") }
    #expect(mark.contains("<svg") && mark.contains("aria-hidden"))
    let between = kinds[1]["groups"].elements[0]
    #expect(between["metric"].words == "Selection rate")
    #expect(between["rows"].elements[0]["groups"].words == "all groups")
    #expect(kinds[1]["groups"].elements[1]["fair"].words == "none")
    #expect(kinds[3]["groups"].elements[0]["rows"].elements[0]["groups"].words == "all rows")
    // Ratios are read as such, and never called sure where their interval holds 1.
    #expect(
      kinds[0]["groups"].elements[1]["rows"].elements.allSatisfy { $0["isSure"] == .bool(false) })
  }

  /// The clearest is the one whose interval is farthest from the fair value in its own halves; of inequality none.
  @Test func theClearestLead() throws {
    let summary = try #require(MeasureSummary(Self.evaluation))
    let clearest = summary.clearest(9)
    try #require(clearest.count == 2)
    #expect(
      clearest.map(\.result.measure) == ["statistical_parity_difference", "difference_between_groups"])
    for finding in clearest {
      let same = summary.findings.filter { $0.result.measure == finding.result.measure }
      #expect(same.allSatisfy { $0.clarity <= finding.clarity })
    }
    // 0.47 ± 0.1 and 0.2 ± 0.05.
    #expect(abs(clearest[0].clarity - 4.7) < 1e-9 && abs(clearest[1].clarity - 4) < 1e-9)
    let judged = summary.findings.count(where: \.isJudged)
    #expect(summary.sentence.contains("Of \(Wording.count(judged)) values"))
  }

  /// Marks of one measure share one scale, or they would lie: a ratio's is logarithmic, unless a limit is negative.
  @Test func marksShareAScale() throws {
    let entry = MeasureFixture.entries[1]
    func finding(_ value: Double, _ half: Double) -> MeasureFinding {
      MeasureFinding(
        result: MeasureResult(
          measure: entry.id, name: entry.name, estimate: MeasureFixture.estimate(value, half)),
        entry: entry, place: 0)
    }
    let ratios = try #require(MeasureScale([finding(2, 0.5), finding(0.8, 0.1)]))
    #expect(ratios.isLogarithmic && ratios.range.upperBound == -ratios.range.lowerBound)
    let mixed = try #require(MeasureScale([finding(2, 0.5), finding(0.03, 0.1)]))
    #expect(!mixed.isLogarithmic && mixed.range == -0.5...2.5)
    #expect(MeasureScale([]) == nil)
  }

  /// Where a measure has more values than there is room for, no attribute goes without.
  @Test func everyAttributeHasARow() throws {
    let findings = try #require(MeasureSummary(Self.evaluation)).findings.filter {
      $0.result.measure == "statistical_parity_difference"
    }
    let shown = MeasuresPage.shown(findings, 6)
    #expect(shown.count == 6 && Set(shown.map(\.result.family)) == [1, 2, 3, 4, 5])
    #expect(shown.map(\.place) == shown.map(\.place).sorted())
    #expect(MeasuresPage.shown(findings, 3).map(\.result.family) == [1, 2, 3])
  }

  /// Thousands of values: the page has few of them and says how many there are.
  @Test func manyAreCut() throws {
    var evaluation = Self.evaluation
    var table = try #require(evaluation.measures)
    let one = table.results[0]
    table.results = (0..<5000).map { place in
      var result = one
      result.variant = "v\(place)"
      result.estimate = MeasureFixture.estimate(0.2 * Double(place % 7 - 3), place == 4321 ? 0.001 : 0.1)
      return result
    }
    evaluation.measures = table
    let page = PageTests.render(evaluation)
    #expect(page.contains("4,988 more values are in measures.csv"))
    // The clearest is among those that are left.
    #expect(page.contains("v4321"))
    #expect(page.utf8.count - PageTests.page.utf8.count < 40_000)
    let lines = MeasuresCSV.bytes(of: evaluation).split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 5001)
  }

  @Test func csv() throws {
    let text = String(decoding: MeasuresCSV.bytes(of: Self.evaluation), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(
      lines[0]
        == "measure,name,tool,metric,features,group,reference,stratum,variant,value,lower,upper,p_value,fair,denominator,status,reason,test,interval,detail"
    )
    #expect(
      lines[1]
        == "statistical_parity_difference,mean_difference,aif360,,sex,sex=Male,sex=Female,,,-0.22999999999999998,-0.32999999999999996,-0.12999999999999998,0.004,0,400,ok,,Fisher's exact test,Newcombe hybrid score,"
    )
    #expect(lines.count == (Self.evaluation.measures?.results.count ?? 0) + 2)
    #expect(lines.contains { $0.hasPrefix("theil_index,Theil index,,,,,,,labels,0.4,") })
    #expect(
      String(decoding: MeasuresCSV.bytes(of: EvaluationFixture.adult.make()), as: UTF8.self)
        == lines[0] + "\n")
  }

  @Test func methodsSayHowTheyAreRead() throws {
    let page = try #require(MeasuresPage(PageBuilder(Self.evaluation, mentionsChartFiles: false)))
    let rows = page.methods()["rows"].elements
    #expect(rows.count == MeasureFixture.entries.count - 1)
    #expect(rows[0]["formula"].words == "formula of statistical_parity_difference <&>")
    #expect(rows[0]["undefined"].words == "a group without rows")
    #expect(rows[0]["test"].words == "Fisher's exact test")
    #expect(rows[4]["interval"].words == "Newcombe hybrid score" && rows[4]["test"].words == "none")
  }

  @Test func theSummaryTellsOfThem() throws {
    let judgement = JudgementFixture.rich.make().judgement
    let files = GateOutputs.files(try #require(judgement), of: Self.evaluation, policyPath: "p.json5")
    let summary = try #require(files.first { $0.path == "summary.md" })
    let text = String(decoding: summary.bytes, as: UTF8.self)
    #expect(text.contains("**Fairness measures**: "))
    #expect(text.contains("Clearest: mean"))
    #expect(text.contains("0.470 [0.370, 0.570], where 0 is fair"))
    let without = GateOutputs.files(
      try #require(judgement), of: EvaluationFixture.adult.make(), policyPath: "p.json5")
    #expect(
      without.map { String(decoding: $0.bytes, as: UTF8.self) }.allSatisfy {
        !$0.contains("Fairness measures")
      })
  }
}

/// The document's short version.
@Suite(.enabled(if: Poppler.isPresent, "needs poppler-utils")) struct MeasureDocumentTests {
  @Test func theClearestAreThere() throws {
    let files = try ReportWriter.documents(MeasurePageTests.evaluation, templates: [:])
    let words = try Poppler.words(try #require(files.first).bytes)
    #expect(words.contains("Fairness measures"))
    #expect(words.contains("Difference between groups of Selection rate"))
    #expect(words.contains("0.200 [0.150, 0.250]"))
    #expect(words.contains("All values are in report.html and measures.csv."))
  }
}

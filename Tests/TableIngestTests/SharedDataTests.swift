import Results
import Tables
import TestSupport
import Testing

@testable import TableIngest

/// Counts taken from the same files with Python's `csv` module.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct SharedDataTests {
  @Test func adult() throws {
    let names = ["sex", "race", "native_country", "age", "label", "score_xgb", "score_lr", "fnlwgt"]
    let outcome = try TableReader.read(
      path: SharedData.path("data/adult/predictions_all_models.csv"),
      ReadRequest(columns: names.map { .init(name: $0) }, threads: 2))
    #expect(outcome.table.rowCount == 14_653)
    #expect(outcome.rowsRead == 14_653)
    #expect(outcome.rejectedCount == 0)
    #expect(outcome.format == "CSV")
    #expect(try outcome.texts("native_country").count { $0 == nil } == 247)
    #expect(try outcome.categories("native_country").count == 40)
    #expect(try outcome.categories("sex") == ["Female", "Male"])
    #expect(try outcome.numbers("score_xgb")[0] == 0.2673359513282776)
    #expect(try outcome.numbers("age")[1] == 38)
    #expect(outcome.table.origin.stretches == [RowOrigin.Stretch(firstRow: 0, firstLine: 2)])
  }

  @Test func compas() throws {
    let filtered = try TableReader.read(
      path: SharedData.path("data/compas/compas_filtered.csv"),
      ReadRequest(columns: [.init(name: "race"), .init(name: "c_charge_desc"), .init(name: "two_year_recid")])
    )
    #expect(filtered.table.rowCount == 6172)
    #expect(try filtered.texts("race").count { $0 == "African-American" } == 3175)
    #expect(try filtered.texts("c_charge_desc").count { $0 == nil } == 5)
    let all = try TableReader.read(
      path: SharedData.path("data/compas/compas_for_aequitas.csv"),
      ReadRequest(columns: [.init(name: "score", kind: .number, isRequired: true)]))
    #expect(all.table.rowCount == 7214)
  }

  @Test func employmentIsGzip() throws {
    let path = SharedData.path("data/employment/employment.csv.gz")
    let survey = try TableReader.survey(path: path, sampleRows: 100)
    #expect(survey.format == "CSV, gzip")
    #expect(survey.sampledRows == 100)
    let gender = try #require(survey.columns.first { $0.name == "Gender" })
    #expect(!gender.isNumber)
    let outcome = try TableReader.read(path: path, ReadRequest(columns: [.init(name: "Gender")]))
    #expect(outcome.table.rowCount == 10_000)
    #expect(outcome.format == "CSV, gzip")
  }
}

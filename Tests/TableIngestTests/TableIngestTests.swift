import Results
import Tables
import TestSupport
import Testing

@testable import TableIngest

@Suite struct TableReaderTests {
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func adult() throws {
    let names = ["sex", "race", "native_country", "age", "label", "score_xgb", "score_lr", "fnlwgt"]
    let outcome = try TableReader.read(
      path: SharedData.path("data/adult/predictions_all_models.csv"),
      ReadRequest(columns: names.map { .init(name: $0) }))
    #expect(outcome.table.rowCount == 14653)
    #expect(outcome.rowsRead == 14653)
    #expect(outcome.format == "CSV")
    guard case .category(let country) = outcome.table.column(named: "native_country") else {
      Issue.record("native_country is no category")
      return
    }
    print(country.missingCount, country.categories)
    guard case .numbers(let score) = outcome.table.column(named: "score_xgb") else {
      Issue.record("score_xgb is no number")
      return
    }
    #expect(score.values[0] == 0.2673359513282776)
    #expect(outcome.table.origin.line(ofRow: 14652) == 14654)
  }
}

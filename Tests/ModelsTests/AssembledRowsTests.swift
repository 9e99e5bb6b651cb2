import Results
import Tables
import TestSupport
import Testing

@testable import Models

/// Rows that are put together or selected, against scoring tables that really are.
@Suite struct AssembledRowsTests {
  @Test(arguments: ["xgb_missing.json", "lgbm_categorical.txt", "skl_forest.json", "xgb_multi.json"])
  func rowsArePutTogether(_ file: String) throws {
    let scorer = try NativeScorer(ModelReader.read(path: LibraryFiles.path(file)))
    let columns = try RescorerTests.columns(scorer, Array(0..<240))
    var random = SplitMix(seed: 7)
    let sources = columns.map { _ in (0..<700).map { _ in Int32.random(in: 0..<240, using: &random) } }
    let expected = try scorer.score(zip(columns, sources).map { $0.gathering($1) }, .walk)
    for rescorer: any Rescoring in [try Rescorer(scorer, columns), ColumnRescorer(scorer, columns)] {
      #expect(largestDifference(try rescorer.scores(assembling: sources), expected) < 1e-6)
      let selected = try rescorer.selecting(sources[0])
      #expect(selected.rowCount == 700)
      #expect(
        largestDifference(
          try selected.scores(), try scorer.score(columns.map { $0.gathering(sources[0]) }, .walk)) < 1e-6)
      #expect(throws: Failure.self) { try rescorer.selecting([0, 240]) }
      #expect(throws: Failure.self) {
        try rescorer.scores(assembling: [[0]] + Array(repeating: [1, 2], count: columns.count - 1))
      }
    }
  }
}

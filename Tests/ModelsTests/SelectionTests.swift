import Results
import Tables
import TestSupport
import Testing

@testable import Models

/// Rescoring of some rows alone against rescoring of all of them.
@Suite struct SelectionTests {
  @Test(arguments: RescorerTests.files + ["skl_logistic.json"]) func isRescoringOfThoseRows(_ file: String)
    throws
  {
    let scorer = try NativeScorer(ModelReader.read(path: LibraryFiles.path(file)))
    var columns = try RescorerTests.columns(scorer, Array(0..<240))
    if case .linear = scorer.model { columns = columns.map(Self.withoutMissing) }
    let chosen: [Int32] = [7, 3, 239, 3, 100, 0, 58]
    let donors: [[Int32]] = [[0, 1, 2, 3, 4, 5, 6], [2, 2, 2, 2, 2, 2, 2], [6, 5, 4, 3, 2, 1, 0]]
    for rescorer: any Rescoring in [try Rescorer(scorer, columns), ColumnRescorer(scorer, columns)] {
      let some = try rescorer.selecting(chosen)
      #expect(
        some.rowCount == 7 && some.outputs == rescorer.outputs && some.usedFeatures == rescorer.usedFeatures)
      let all = try rescorer.scores()
      #expect(try some.scores() == all.map { column in chosen.map { column[Int($0)] } })
      for moved: Set<Int> in [[0], [1, 3]] {
        let scores = try some.scores(moving: moved, donors: donors)
        #expect(scores.count == 3)
        for (donors, scores) in zip(donors, scores) {
          var full = Array(Int32(0)..<240)
          // A row that stands twice has one donor here at a time.
          for place in [0, 1, 2, 4, 5, 6] { full[Int(chosen[place])] = chosen[Int(donors[place])] }
          let expected = try rescorer.scores(moving: moved, donors: [full])[0]
          for (found, expected) in zip(scores, expected) {
            for place in [0, 1, 2, 4, 5, 6] { #expect(found[place] == expected[Int(chosen[place])]) }
          }
        }
      }
    }
  }

  private static func withoutMissing(_ column: Column) -> Column {
    guard case .numbers(let numbers) = column else { return column }
    return .numbers(
      NumberColumn(name: column.name, values: numbers.values.map { $0.isNaN ? 0.5 : $0 }, missingCount: 0))
  }

  @Test func otherRowsAreRefused() throws {
    let scorer = try NativeScorer(ModelReader.read(path: LibraryFiles.path("xgb_deep.json")))
    let rescorer = try Rescorer(scorer, RescorerTests.columns(scorer, [0, 1, 2]))
    #expect(throws: Failure.self) { try rescorer.selecting([3]) }
  }
}

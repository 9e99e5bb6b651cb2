import Explanations
import Metrics
import Models
import Results
import Slicing
import Tables
import TestSupport
import Testing

@Suite struct InputTests {
  /// Rows of two crossed features, scored by the sum of two numbers.
  private func input() throws -> ExplanationInput {
    let columns: [Column] = [
      .numbers(NumberColumn(name: "a", values: [1, 2, 3, 4], missingCount: 0)),
      .category(
        CategoryColumn(name: "g", codes: [0, 1, 0, 1], categories: ["u", "v"], missingCount: 0)),
      .category(
        CategoryColumn(name: "h", codes: [0, 0, 1, -1], categories: ["p", "q"], missingCount: 1)),
    ]
    let table = Table(rowCount: 4, columns: columns, origin: RowOrigin(source: "made", stretches: []))
    return ExplanationInput(
      rescorer: ColumnRescorer(FormulaScorer(["a"]) { $0[0] }, [columns[0]]), output: 0,
      columns: [columns[0]], table: table,
      observations: Observations(labels: [0, 0, 1, 1], decisions: [0, 0, 1, 1]), hasLabel: true, cut: 2,
      isStrict: true,
      plan: try SlicePlan(
        [try SliceSpec(parsing: "g"), try SliceSpec(parsing: "g*h"), try SliceSpec(parsing: "g=v")],
        of: table), units: nil, firstSlice: [0, 1, 3, 9])
  }

  @Test func decisionsFollowTheCut() throws {
    let input = try input()
    #expect(input.decisions(try input.rescorer.scores()[0]) == [0, 0, 1, 1])
  }

  @Test func everyRowHasItsPlaceInAFamily() throws {
    let input = try input()
    #expect(input.positions(input.plan.families[0]) == [0, 0, 0, 0])
    #expect(input.positions(input.plan.families[1]) == [0, 1, 0, 1])
    let crossed = input.plan.families[2]
    let names = input.positions(crossed).map { input.plan.label(crossed, group: crossed.shown[Int($0)]) }
    #expect(Set(names).count == 4)
    #expect(input.positions(input.plan.families[3]) == [-1, 0, -1, 0])
  }
}

import Results
import Tables
import Testing

@testable import TableIngest

/// Columns that a table may do without, and rows that are taken out of it.
@Suite struct AbsentColumnTests {
  private static let wanted: [ReadRequest.ColumnRequest] = [
    .init(name: "id", kind: .category, isRequired: true),
    .init(name: "gone", kind: .number, isRequired: true, mayBeAbsent: true),
    .init(name: "s", kind: .number, isRequired: true),
  ]

  @Test func aColumnThatIsNotThereIsLeftOut() throws {
    let csv = try Fixture.read("s,id\n.5,a\n.25,b\n", Self.wanted)
    #expect(csv.table.columns.map(\.name) == ["id", "s"])
    #expect(try csv.numbers("s") == [0.5, 0.25])
    let lines = try Fixture.read(
      #"{"s":0.5,"id":"a"}"# + "\n" + #"{"s":0.25,"id":"b"}"#, Self.wanted, name: "p.jsonl")
    #expect(lines.table.columns.map(\.name) == ["id", "s"])
    #expect(try lines.numbers("s") == [0.5, 0.25])
    #expect(lines.rejectedCount == 0 && lines.rowsRead == 2)
  }

  @Test func aColumnThatIsThereIsRequiredAsAsked() throws {
    let message = Fixture.failure("s,gone,id\n.5,,a\n", Self.wanted)?.message
    #expect(message?.contains("column “gone”: the value is missing") == true)
    let lines = Fixture.failure(
      #"{"s":0.5,"id":"a","gone":1}"# + "\n" + #"{"s":0.25,"id":"b"}"#, Self.wanted, name: "p.jsonl")
    #expect(lines?.message.contains("p.jsonl:2: column “gone”: the value is missing") == true)
  }

  @Test func anotherColumnIsStillMissed() {
    #expect(Fixture.failure("id\na\n", Self.wanted)?.message == "predictions.csv has no column “s”")
    let lines = Fixture.failure(#"{"id":"a"}"#, Self.wanted, name: "p.jsonl")
    #expect(lines?.message.contains("column “s”: the value is missing") == true)
  }

  /// Categories that no row has any more are gone, and rows know their lines.
  @Test func rowsCanBeTakenOut() throws {
    let table = try Fixture.read(
      "g,x\nb,1\n\na,2\nc,\n,4\nb,5\n", [.init(name: "g"), .init(name: "x", kind: .number)]
    ).table.selecting([1, 3, 4])
    guard case .category(let groups) = table.columns[0], case .numbers(let numbers) = table.columns[1] else {
      Issue.record("columns changed their types")
      return
    }
    #expect(groups.categories == ["a", "b"] && groups.codes == [0, -1, 1] && groups.missingCount == 1)
    #expect(numbers.values == [2, 4, 5] && numbers.missingCount == 0)
    #expect((0..<3).map { table.origin.line(ofRow: $0) } == [4, 6, 7])
  }
}

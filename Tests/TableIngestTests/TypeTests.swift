import Results
import Tables
import Testing

@testable import TableIngest

@Suite struct TypeTests {
  private static func automatic(_ values: [String], chunkSize: Int = 1 << 21) throws -> ReadOutcome {
    try Fixture.read(
      "x,y\n" + values.map { "\($0),1\n" }.joined(), [.init(name: "x")], chunkSize: chunkSize)
  }

  @Test func automaticColumns() throws {
    #expect(try Self.automatic(["1", "", "NA", " 2 ", "\"3\""]).numbers("x") == [1, nil, nil, 2, 3])
    #expect(try Self.automatic(["1", "", "a"]).texts("x") == ["1", nil, "a"])
    #expect(try Self.automatic(["", "NA"]).texts("x") == [nil, nil])
    #expect(try Self.automatic(["", "NA"]).categories("x").isEmpty)
    // Missing among numbers, a text among texts.
    #expect(try Self.automatic(["1", " NA", "  "]).numbers("x") == [1, nil, nil])
    #expect(try Self.automatic(["a", " NA", "  "]).texts("x") == ["a", " NA", "  "])
    #expect(try Self.automatic(["inf", "a"]).texts("x") == ["inf", "a"])
    #expect(try Self.automatic(["inf", "inf"]).texts("x") == ["inf", "inf"])
  }

  @Test func anInfiniteValueAmongNumbersIsBad() {
    #expect(
      Fixture.failure("x,y\n1,a\ninf,a\n", [.init(name: "x")])?.message
        == "predictions.csv:3: column “x”: “inf” is not a finite number")
  }

  @Test func aRequiredAutomaticColumn() {
    for value in ["", "NA", " NA "] {
      let failure = Fixture.failure("x,y\n1,a\n\(value),a\n", [.init(name: "x", isRequired: true)])
      #expect(failure?.message.hasPrefix("predictions.csv:3: column “x”: ") == true)
      #expect(failure?.message.hasSuffix("is missing, and the column is required") == true)
    }
  }

  /// The one text of a long column of numbers, at either end of it, in any chunk.
  @Test(arguments: [0, 1, 1500, 2999]) func oneTextAmongManyNumbers(_ place: Int) throws {
    var values = (0..<3000).map { String(Double($0) * 1.25) }
    let numbers = try Self.automatic(values, chunkSize: 4096)
    #expect(try numbers.numbers("x") == values.map { Double($0) })
    values[place] = "text"
    let texts = try Self.automatic(values, chunkSize: 4096)
    #expect(try texts.texts("x") == values)
    #expect(try Self.automatic(values).texts("x") == values)
  }

  /// A row that is left out for another reason has no say in a column's type.
  @Test(arguments: [64, 1 << 21]) func rejectedRowsDoNotCount(_ size: Int) throws {
    for many in [3, 3000] {
      let good = (0..<many).map { "\($0),1\n" }.joined()
      let outcome = try Fixture.read(
        "x,y\n" + good + "text,bad\n" + good, [.init(name: "x"), .init(name: "y", kind: .number)],
        badRows: .skip(listing: 5), chunkSize: size)
      #expect(try outcome.numbers("x").count == 2 * many)
      #expect(outcome.rejectedCount == 1)
    }
  }

  @Test func missingTexts() throws {
    let text = "x,y\n-999,?\n1,a\n,NA\n-999.0,\"?\"\n"
    let outcome = try Fixture.read(text, [.init(name: "x"), .init(name: "y")], missing: ["-999", "?"])
    #expect(try outcome.numbers("x") == [nil, 1, nil, -999])
    #expect(try outcome.texts("y") == [nil, "a", "NA", nil])
    let number = try Fixture.read(text, [.init(name: "x", kind: .number)], missing: ["-999", "?"])
    #expect(try number.numbers("x") == [nil, 1, nil, -999])
  }

  @Test func counts() throws {
    let outcome = try Fixture.read("x,y\n1,a\n,\n3,b\n", [.init(name: "x"), .init(name: "y")])
    #expect(outcome.table.columns.map(\.missingCount) == [1, 1])
  }

  @Test func survey() throws {
    let input = try Input(
      name: "a.csv", given: ByteStorage(copying: Array("id,sex,p\n1,F,0.5\n2,,1\n3,M,NA\n4,F,2\n".utf8)))
    let survey = try TableReader.survey(
      input, format: .automatic, delimiter: nil, missing: ["NA"], sampleRows: 3)
    #expect(survey.sampledRows == 3)
    #expect(survey.columns.map(\.name) == ["id", "sex", "p"])
    #expect(survey.columns.map(\.isNumber) == [true, false, true])
    #expect(survey.columns.map(\.isInteger) == [true, false, false])
    #expect(survey.columns.map(\.missingCount) == [0, 1, 1])
    #expect(survey.columns[1].values == [.init(text: "F", count: 1), .init(text: "M", count: 1)])
    #expect(survey.columns[2].minimum == 0.5)
    #expect(survey.columns[2].maximum == 1)
    #expect(survey.columns[0].distinctCount == 3)
  }
}

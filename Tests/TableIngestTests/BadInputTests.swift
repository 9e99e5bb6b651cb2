import Results
import Tables
import Testing

@testable import TableIngest

/// Each kind of bad input: the failure's kind, and a message that names file, line, column and text.
@Suite struct BadInputTests {
  private static let score = ReadRequest.ColumnRequest(name: "score", kind: .number, isRequired: true)

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let input: String
    let message: String
  }

  static let cases: [Case] = [
    Case(testDescription: "empty", input: "", message: "predictions.csv is empty"),
    Case(testDescription: "blank lines", input: "\n\n\r\n", message: "predictions.csv is empty"),
    Case(
      testDescription: "header only", input: "sex,score\n",
      message: "predictions.csv has no rows after its header"),
    Case(
      testDescription: "header only, no line end", input: "sex,score",
      message: "predictions.csv has no rows after its header"),
    Case(
      testDescription: "too few fields", input: "sex,score\nF,1\nM\n",
      message: "predictions.csv:3: 1 field where the header has 2"),
    Case(
      testDescription: "too many fields", input: "sex,score\nF,1\n\nM,2,3\n",
      message: "predictions.csv:4: 3 fields where the header has 2"),
    Case(
      testDescription: "unterminated quote", input: "sex,score\nF,1\n\"M,2\nF,3\n",
      message: "predictions.csv:3: a quote opens on this line and is never closed"),
    Case(
      testDescription: "unterminated quote in the header", input: "\"sex,score\nF,1\n",
      message: "predictions.csv:1: a quote opens on this line and is never closed"),
    Case(
      testDescription: "NUL", input: "sex,score\nF\0,1\n",
      message: "predictions.csv:2: the row holds a NUL byte"),
    Case(
      testDescription: "text in a number", input: "sex,score\nF,1\nM,abc\n",
      message: "predictions.csv:3: column “score”: “abc” is not a number"),
    Case(
      testDescription: "text in a number after lines in quotes",
      input: "sex,score\n\"F\n\r\nX\r\",1\nM,abc\n",
      message: "predictions.csv:6: column “score”: “abc” is not a number"),
    Case(
      testDescription: "quoted text in a number", input: "sex,score\nF,\"a\"\"b\nc\u{7}\"\n",
      message: "predictions.csv:2: column “score”: “a\"b\\nc\\u{7}” is not a number"),
    Case(
      testDescription: "long text in a number",
      input: "sex,score\nF," + String(repeating: "x", count: 100) + "\n",
      message: "predictions.csv:2: column “score”: “" + String(repeating: "x", count: 60)
        + "…” is not a number"),
    Case(
      testDescription: "missing required value", input: "sex,score\nF,\n",
      message: "predictions.csv:2: column “score”: the value is missing, and the column is required"),
    Case(
      testDescription: "missing required value, named", input: "sex,score\nF,NA\n",
      message: "predictions.csv:2: column “score”: “NA” is missing, and the column is required"),
    Case(
      testDescription: "nan that is not listed", input: "sex,score\nF,nan\n",
      message: "predictions.csv:2: column “score”: “nan” is not a number"),
    Case(
      testDescription: "infinite", input: "sex,score\nF,-inf\n",
      message: "predictions.csv:2: column “score”: “-inf” is not a finite number"),
    Case(
      testDescription: "too large", input: "sex,score\nF,1e999\n",
      message: "predictions.csv:2: column “score”: “1e999” is not a finite number"),
    Case(
      testDescription: "text after a quote", input: "sex,score\nF,\"1\"2\n",
      message: "predictions.csv:2: column “score”: “\"1\"2” goes on after its closing quote"),
    Case(
      testDescription: "repeated name", input: "score,sex,score\n1,F,2\n",
      message: "predictions.csv:1: columns 1 and 3 are both named “score”"),
    Case(
      testDescription: "unknown column", input: "sex,scor\nF,1\n",
      message: "predictions.csv has no column “score”"),
    Case(
      testDescription: "UTF-16", input: "\u{0}", message: "predictions.csv:1: the header holds a NUL byte"),
  ]

  @Test(arguments: cases) func message(_ bad: Case) {
    let failure = Fixture.failure(bad.input, [Self.score])
    #expect(failure?.kind == .data)
    #expect(failure?.message == bad.message)
  }

  @Test func advice() {
    let unknown = Fixture.failure("sex,scor\nF,1\n", [Self.score])
    #expect(unknown?.advice == "did you mean “scor”?")
    let text = Fixture.failure("sex,score\nF,abc\n", [Self.score])
    #expect(text?.advice?.contains("list “abc” among the missing values") == true)
  }

  @Test func minimum() {
    let weight = ReadRequest.ColumnRequest(name: "w", minimum: 0)
    #expect(
      Fixture.failure("w,x\n0,1\n-0.5,1\n", [weight])?.message
        == "predictions.csv:3: column “w”: “-0.5” is less than 0")
  }

  @Test func invalidUTF8() throws {
    let bytes =
      Array("sex,note,score\nF,".utf8) + [0xff, 0xfe] + Array(",1\n".utf8) + [0xc3]
      + Array(",x,2\n".utf8)
    // A field that is not kept may hold anything.
    #expect(
      Fixture.failure(bytes, [.init(name: "sex"), Self.score])?.message
        == "predictions.csv:3: column “sex”: “\u{fffd}” is not UTF-8 text")
    let score = try Fixture.read(bytes, [Self.score])
    #expect(try score.numbers("score") == [1, 2])
    #expect(
      Fixture.failure(Array("a,".utf8) + [0xff, 10] + Array("1,2\n".utf8), [.init(name: "a")])?.message
        == "predictions.csv:1: the name of column 2 is not UTF-8 or badly quoted")
  }

  @Test func foreignFormats() {
    let formats: [([UInt8], String)] = [
      (Array("PAR1xxxx".utf8), "a Parquet file"), ([0xff, 0xfe, 97, 0], "UTF-16 text"),
      ([0x50, 0x4b, 3, 4], "a ZIP archive or a spreadsheet"), ([0x28, 0xb5, 0x2f, 0xfd], "Zstandard data"),
    ]
    for (bytes, words) in formats {
      let failure = Fixture.failure(bytes, [Self.score])
      #expect(failure?.kind == .data)
      #expect(failure?.message == "predictions.csv holds \(words), which is not read here")
    }
  }

  @Test func unreadable() {
    for (path, words) in [
      ("/nowhere/x.csv", "/nowhere/x.csv cannot be read: there is no such file"),
      ("/", "/ cannot be read: it is a directory"),
    ] {
      #expect {
        try TableReader.read(path: path, ReadRequest(columns: [Self.score]))
      } throws: { error in
        guard let failure = error as? Failure else { return false }
        return failure.kind == .missingInput && failure.message == words
      }
    }
    #expect(throws: Failure(.data, "/dev/null is empty", advice: "Give a file with a header and rows.")) {
      try TableReader.read(path: "/dev/null", ReadRequest(columns: [Self.score]))
    }
  }

  @Test func skippedRowsAreCountedAndTheFirstListed() throws {
    let text = "sex,score\nF,1\nM,abc\nF\nM,\nF,5\nX\0,6\nM,inf\nF,8\n"
    let outcome = try Fixture.read(
      text, [.init(name: "sex"), Self.score], badRows: .skip(listing: 3))
    #expect(try outcome.texts("sex") == ["F", "F", "F"])
    #expect(try outcome.categories("sex") == ["F"])
    #expect(try outcome.numbers("score") == [1, 5, 8])
    #expect(outcome.lines == [2, 6, 9])
    #expect(outcome.rowsRead == 8)
    #expect(outcome.rejectedCount == 5)
    #expect(
      outcome.rejected == [
        RejectedRow(line: 3, column: "score", text: "abc", reason: "is not a number"),
        RejectedRow(line: 4, column: "", text: "", reason: "1 field where the header has 2"),
        RejectedRow(line: 5, column: "score", text: "", reason: "is missing, and the column is required"),
      ])
    let unlisted = try Fixture.read(text, [Self.score], badRows: .skip(listing: 0))
    #expect(unlisted.rejected.isEmpty)
    #expect(unlisted.rejectedCount == 5)
  }

  @Test func aRowIsBlamedOnItsFirstBadField() throws {
    let columns: [ReadRequest.ColumnRequest] = [
      .init(name: "b", kind: .number), .init(name: "a", kind: .number),
    ]
    #expect(
      Fixture.failure("a,b\nx,y\n", columns)?.message == "predictions.csv:2: column “a”: “x” is not a number")
  }

  @Test func allRowsBad() throws {
    #expect {
      try Fixture.read("a,b\nx,1\ny,2\n", [.init(name: "a", kind: .number)], badRows: .skip(listing: 0))
    } throws: { error in
      (error as? Failure)?.message
        == "predictions.csv: every row is bad, the first on line 2: column “a”: “x” is not a number"
    }
  }
}

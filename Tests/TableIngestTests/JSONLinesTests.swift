import Results
import Tables
import Testing

@testable import TableIngest

@Suite struct JSONLinesTests {
  private static func read(_ text: String, _ names: [String], size: Int = 1 << 21) throws -> ReadOutcome {
    try Fixture.read(text, names.map { .init(name: $0) }, name: "rows.jsonl", chunkSize: size)
  }

  private static func failure(_ text: String, _ columns: [ReadRequest.ColumnRequest]) -> String? {
    Fixture.failure(text, columns, name: "rows.jsonl")?.message
  }

  @Test(arguments: [1, 40, 1 << 21]) func values(_ size: Int) throws {
    let text = """
      {"sex":"F","score":0.25,"label":true,"zip":"02134","skipped":{"a":[1,"}"]}}
      {"score" : -1e-2 , "sex":"M\\u00e9\\n\\"\\ud83d\\ude00","label":false,"zip":"1"}\r

      {"sex":null,"label":true,"zip":"2","score":NaN}
      { }
      """
    let outcome = try Self.read(text, ["score", "sex", "label", "zip"], size: size)
    #expect(outcome.format == "JSON Lines")
    #expect(try outcome.numbers("score") == [0.25, -0.01, nil, nil])
    #expect(try outcome.texts("sex") == ["F", "Mé\n\"😀", nil, nil])
    #expect(try outcome.texts("label") == ["true", "false", "true", nil])
    #expect(try outcome.texts("zip") == ["02134", "1", "2", nil])
    #expect(outcome.lines == [1, 2, 4, 5])
  }

  @Test func numbersOnRequest() throws {
    let outcome = try Fixture.read(
      "{\"a\":true}\n{\"a\":\"0.5\"}\n{\"a\":false}\n", [.init(name: "a", kind: .number)], name: "-")
    #expect(try outcome.numbers("a") == [1, 0.5, 0])
  }

  @Test func aStringOfDigitsMakesAColumnOfTexts() throws {
    let rows = ["{\"a\":1}", "{\"a\":\"1\"}", "{\"a\":2}"]
    for order in [rows, rows.reversed()] {
      for size in [1, 1 << 20] {
        #expect(
          try Self.read(order.joined(separator: "\n"), ["a"], size: size).categories("a") == ["1", "2"])
      }
    }
  }

  @Test func escapedKeys() throws {
    #expect(try Self.read("{\"a\\u0062\":1}\n", ["ab"]).numbers("ab") == [1])
  }

  @Test func badRows() {
    let a = ReadRequest.ColumnRequest(name: "a", kind: .number)
    #expect(
      Self.failure("{\"a\":1}\n[1]\n", [a]) == "rows.jsonl:2: “[1]” is not a flat JSON object on one line")
    #expect(Self.failure("{\"a\":1}\n{\"a\":1\n", [a])?.hasPrefix("rows.jsonl:2: “{\"a\":1”") == true)
    #expect(Self.failure("{\"a\":1,}\n", [a])?.hasPrefix("rows.jsonl:1: “{\"a\":1,}”") == true)
    #expect(Self.failure("{\"a\":12ab}\n", [a])?.hasPrefix("rows.jsonl:1: “{\"a\":12ab}”") == true)
    #expect(Self.failure("{\"a\":oops}\n", [a])?.hasPrefix("rows.jsonl:1: “{\"a\":oops}”") == true)
    #expect(
      Self.failure("{\"a\":[1]}\n", [a])
        == "rows.jsonl:1: column “a”: “[1]” is an object or a list, not a plain value")
    #expect(
      Self.failure("{\"a\":\"x\"}\n", [a]) == "rows.jsonl:1: column “a”: “x” is not a number")
    #expect(
      Self.failure("{\"a\":1,\"a\":2}\n", [a])
        == "rows.jsonl:1: column “a”: “2” is a second value of the same key in one object")
    #expect(
      Self.failure("{\"a\":\"\\ud800\"}\n", [.init(name: "a")])
        == "rows.jsonl:1: column “a”: “\"\\ud800\"” holds an escape that JSON does not have")
    #expect(
      Self.failure("{\"a\":1}\n{\"a\":\"\0\"}\n", [.init(name: "a")])
        == "rows.jsonl:2: the row holds a NUL byte")
  }

  @Test func unknownKeys() {
    let failure = Fixture.failure("{\"score\":1}\n", [.init(name: "scores")], name: "rows.jsonl")
    #expect(failure?.message == "rows.jsonl has no column “scores”")
    #expect(failure?.advice == "did you mean “score”?")
    #expect(Self.failure("\n", [.init(name: "a")]) == "rows.jsonl is empty")
  }
}

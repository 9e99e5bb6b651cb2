import Results
import Tables
import TestSupport
import Testing

@testable import TableIngest

@Suite struct SyntaxTests {
  @Test func quotesDelimitersAndLineEndsInsideQuotes() throws {
    let outcome = try Fixture.read(
      "name,score\n\"a,b\",1\n\"c\"\"d\"\"\",2\n\"e\nf\r\ng\",3\n\"\",4\n",
      [.init(name: "name"), .init(name: "score")])
    #expect(try outcome.texts("name") == ["a,b", "c\"d\"", "e\nf\r\ng", nil])
    #expect(try outcome.numbers("score") == [1, 2, 3, 4])
    #expect(outcome.lines == [2, 3, 4, 7])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEnds(_ end: String) throws {
    let text = ["a,b", "1,x", "", "2,y", "3,z"].joined(separator: end)
    for tail in ["", end, end + end + end] {
      let outcome = try Fixture.read(text + tail, [.init(name: "b"), .init(name: "a")])
      #expect(try outcome.texts("b") == ["x", "y", "z"])
      #expect(try outcome.numbers("a") == [1, 2, 3])
      #expect(outcome.lines == [2, 4, 5])
      #expect(outcome.rowsRead == 3)
    }
  }

  @Test func byteOrderMarkAndOddHeaderNames() throws {
    let outcome = try Fixture.read(
      "\u{FEFF}\"first, \"\"name\"\"\",größe (m²),\"two\nlines\"\nx,1.5,y\n",
      [.init(name: "first, \"name\""), .init(name: "größe (m²)"), .init(name: "two\nlines")])
    #expect(try outcome.texts("first, \"name\"") == ["x"])
    #expect(try outcome.numbers("größe (m²)") == [1.5])
    #expect(try outcome.texts("two\nlines") == ["y"])
    #expect(outcome.lines == [3])
  }

  @Test func delimiters() throws {
    for (delimiter, byte) in [(";", UInt8(ascii: ";")), ("\t", 9), ("|", UInt8(ascii: "|"))] {
      let text = "a\(delimiter)b\n1\(delimiter)x,y\n"
      let columns: [ReadRequest.ColumnRequest] = [.init(name: "a"), .init(name: "b")]
      #expect(try Fixture.read(text, columns).texts("b") == ["x,y"])
      #expect(try Fixture.read(text, columns, delimiter: byte).texts("b") == ["x,y"])
    }
    let tabbed = try Fixture.read("a,1\tb\n1\tx\n", [.init(name: "a,1")], name: "rows.tsv")
    #expect(tabbed.format == "TSV")
    #expect(try tabbed.numbers("a,1") == [1])
    let quoted = try Fixture.read("\"a,1\";b\n1;x\n", [.init(name: "a,1")])
    #expect(try quoted.numbers("a,1") == [1])
    #expect(throws: Failure.self) { try Fixture.read("a,b\n1,2\n", [.init(name: "a")], delimiter: 10) }
  }

  @Test func aQuoteInsideAnUnquotedFieldIsAPlainCharacter() throws {
    let outcome = try Fixture.read(
      "size,n\n5\" pipe,1\n\"q,\",2\n6\" and 7\",3\n", [.init(name: "size"), .init(name: "n")])
    #expect(try outcome.texts("size") == ["5\" pipe", "q,", "6\" and 7\""])
    #expect(try outcome.numbers("n") == [1, 2, 3])
    let even = try Fixture.read("size,n\n5\",1\n6\",2\n", [.init(name: "size")])
    #expect(try even.texts("size") == ["5\"", "6\""])
    #expect(even.lines == [2, 3])
  }

  @Test func blankLinesOfASingleColumnAreMissingValues() throws {
    let outcome = try Fixture.read("a\n1\n\n2\n\n\n", [.init(name: "a")])
    #expect(try outcome.numbers("a") == [1, nil, 2])
    #expect(outcome.lines == [2, 3, 4])
  }

  @Test func columnsKeepTheOrderOfTheRequest() throws {
    let outcome = try Fixture.read(
      "a,b,c\n1,2,3\n", [.init(name: "c"), .init(name: "a", kind: .category)])
    #expect(outcome.table.columns.map(\.name) == ["c", "a"])
    #expect(try outcome.texts("a") == ["1"])
  }

  @Test func categoriesAreVerbatimSortedByBytesAndOneForEquivalentTexts() throws {
    let outcome = try Fixture.read(
      "a\nb\n a\nZ\ne\u{301}\n\u{e9}\nb \nAA\nabcdefghijklmnopqrstuvwxyz\nabcdefghijklmnopqrstuvwxyy\n",
      [.init(name: "a")])
    #expect(
      try outcome.categories("a").map { Array($0.utf8) }
        == [
          " a", "AA", "Z", "abcdefghijklmnopqrstuvwxyy", "abcdefghijklmnopqrstuvwxyz", "b", "b ",
          "e\u{301}",
        ].map { Array($0.utf8) })
    #expect(try outcome.texts("a")[3] == outcome.texts("a")[4])
  }

  @Test func bytesAndDigest() throws {
    // SHA-256 of "a,b\n1,2\n", from coreutils' sha256sum.
    let outcome = try Fixture.read("a,b\n1,2\n", [.init(name: "a")])
    #expect(outcome.sha256 == "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470")
    #expect(outcome.bytes == 8)
  }

  @Test func aMillionColumns() throws {
    let header = (0..<1_000_000).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<1_000_000).map { String($0 % 10) }.joined(separator: ",")
    let outcome = try Fixture.read(
      header + "\n" + row + "\n" + row + "\n", [.init(name: "c999999"), .init(name: "c7")])
    #expect(try outcome.numbers("c999999") == [9, 9])
    #expect(try outcome.numbers("c7") == [7, 7])
    let failure = Fixture.failure("a,b\n1,2\n" + row + "\n", [.init(name: "a")])
    #expect(failure?.message == "predictions.csv:3: 1000000 fields where the header has 2")
  }
}

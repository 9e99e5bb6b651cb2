import Results
import Tables
import TestSupport
import Testing

@testable import TableIngest

/// Random files against a naive reader, cut into chunks of every size.
@Suite struct OracleTests {
  private static let pieces = [
    "a", "b", "\"\"", ",", "\n", "\r\n", "\r", "xyz", "é", " ", "0", "1.5", "NA", "日本", "abcdefghijklmnopq",
  ]

  /// A quoted field of anything, or an unquoted one of tame text.
  private static func field(_ random: inout SplitMix) -> String {
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1:
      let inner = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }
      return "\"" + inner.joined() + "\""
    case 2: return ""
    case 3: return String(Int.random(in: -50..<1000, using: &random))
    case 4: return "NA"
    default:
      let count = Int.random(in: 1..<30, using: &random)
      return String(
        (0..<count).map { _ in Character(UnicodeScalar(UInt8.random(in: 97..<123, using: &random))) })
    }
  }

  private static func file(_ random: inout SplitMix, columns: Int, rows: Int, oddQuotes: Bool) -> String {
    let end = ["\n", "\r\n", "\r"][Int.random(in: 0..<3, using: &random)]
    var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + end
    for row in 0..<rows {
      var fields = (0..<columns).map { _ in field(&random) }
      if oddQuotes, Int.random(in: 0..<4, using: &random) == 0 { fields[0] = "5\" pipe" }
      text += fields.joined(separator: ",")
      if row < rows - 1 || Bool.random(using: &random) { text += end }
      if Int.random(in: 0..<10, using: &random) == 0 { text += end }
    }
    return text
  }

  private static func expected(_ text: String, _ column: Int) -> [String?] {
    NaiveCSV(text).records.dropFirst().map { ["", "NA"].contains($0[column]) ? nil : $0[column] }
  }

  @Test(arguments: 0..<40) func randomFiles(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let columns = Int.random(in: 2..<6, using: &random)
    let rows = Int.random(in: 1..<40, using: &random)
    let text = Self.file(&random, columns: columns, rows: rows, oddQuotes: seed % 4 == 3)
    let request = (0..<columns).map { ReadRequest.ColumnRequest(name: "c\($0)", kind: .category) }
    for size in [1, 2, 3, 7, 16, 63, 64, 65, 200, 1 << 20] {
      let outcome = try Fixture.read(text, request, missing: ["NA"], chunkSize: size)
      for column in 0..<columns {
        #expect(try outcome.texts("c\(column)") == Self.expected(text, column), "chunks of \(size)")
      }
      #expect(outcome.lines == Array(NaiveCSV(text).lines.dropFirst()), "chunks of \(size)")
    }
  }

  @Test func everyChunkSizeOfOneFile() throws {
    var random = SplitMix(seed: 7)
    let text = Self.file(&random, columns: 4, rows: 30, oddQuotes: false)
    let request = (0..<4).map { ReadRequest.ColumnRequest(name: "c\($0)") }
    let whole = try Fixture.read(text, request)
    for size in 1...text.utf8.count {
      let parts = try Fixture.read(text, request, chunkSize: size)
      #expect(Self.isSame(whole, parts), "chunks of \(size)")
    }
  }

  /// Long enough for several windows of the scanner, bad rows and all.
  @Test func anyNumberOfThreads() throws {
    var random = SplitMix(seed: 11)
    var text = "id,group,score,mixed\n"
    for row in 0..<6000 {
      let score = Double.random(in: 0..<1, using: &random)
      let group = ["a", "\"b\nb\"", "", "c"][Int.random(in: 0..<4, using: &random)]
      let mixed = row == 5900 ? "x" : String(row)
      text += "\(row),\(group),\(row % 997 == 5 ? "bad" : score.description),\(mixed)\n"
    }
    let request: [ReadRequest.ColumnRequest] = [
      .init(name: "id"), .init(name: "group"), .init(name: "score", kind: .number), .init(name: "mixed"),
    ]
    let one = try Fixture.read(text, request, badRows: .skip(listing: 20))
    #expect(one.rejectedCount == 7)
    #expect(try one.categories("mixed").count == 6000 - 7)
    for (threads, size) in [(1, 10_000), (2, 10_000), (3, 10_000), (2, 100_000), (3, 1 << 21)] {
      let other = try Fixture.read(
        text, request, badRows: .skip(listing: 20), threads: threads, chunkSize: size)
      #expect(Self.isSame(one, other), "\(threads) threads, chunks of \(size)")
    }
    let failure = #expect(throws: Failure.self) {
      try Fixture.read(text, request, threads: 3, chunkSize: 5000)
    }
    #expect(failure?.message.hasSuffix("column “score”: “bad” is not a number") == true)
    let serial = #expect(throws: Failure.self) { try Fixture.read(text, request) }
    #expect(failure == serial)
  }

  private static func isSame(_ a: ReadOutcome, _ b: ReadOutcome) -> Bool {
    guard a.rowsRead == b.rowsRead, a.rejected == b.rejected, a.rejectedCount == b.rejectedCount,
      a.sha256 == b.sha256, a.table.origin.stretches == b.table.origin.stretches
    else { return false }
    return zip(a.table.columns, b.table.columns).allSatisfy { pair in
      switch pair {
      case (.numbers(let x), .numbers(let y)):
        x.values.map(\.bitPattern) == y.values.map(\.bitPattern) && x.missingCount == y.missingCount
      case (.category(let x), .category(let y)):
        x.codes == y.codes && x.categories.map { Array($0.utf8) } == y.categories.map { Array($0.utf8) }
          && x.missingCount == y.missingCount
      default: false
      }
    }
  }
}

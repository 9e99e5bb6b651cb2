import Foundation
import Results
import Tables
import Testing

@testable import TableIngest

/// The compressed bytes were made with gzip(1) from `a,b\n1,x\n` and `2,y\n`.
@Suite struct GzipTests {
  private static let first: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0xd4, 0x49, 0xe2, 0x32, 0xd4, 0xa9,
    0xe0, 0x02, 0x00, 0xf4, 0xa0, 0x01, 0x00, 0x08, 0x00, 0x00, 0x00,
  ]
  private static let second: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x33, 0xd2, 0xa9, 0xe4, 0x02, 0x00, 0x13,
    0x7b, 0x19, 0x54, 0x04, 0x00, 0x00, 0x00,
  ]

  private static func failure(_ bytes: [UInt8]) -> String? {
    Fixture.failure(bytes, [.init(name: "a")], name: "rows.csv.gz")?.message
  }

  @Test func members() throws {
    let outcome = try Fixture.read(Self.first + Self.second, [.init(name: "a")], name: "rows.csv.gz")
    #expect(try outcome.numbers("a") == [1, 2])
    #expect(outcome.format == "CSV, gzip")
    #expect(outcome.bytes == Self.first.count + Self.second.count)
    let padded = try Fixture.read(Self.first + [0, 0, 0], [.init(name: "a")], name: "no extension")
    #expect(try padded.numbers("a") == [1])
  }

  @Test func truncatedAndCorrupt() {
    for length in 3..<Self.first.count {
      #expect(
        Self.failure(Array(Self.first[..<length]))
          == "rows.csv.gz: the gzip data end early: the file is truncated", "\(length) bytes")
    }
    #expect(
      Self.failure(Self.first + Array(Self.second.dropLast()))
        == "rows.csv.gz: the gzip data end early: the file is truncated")
    var corrupt = Self.first
    corrupt[corrupt.count - 6] ^= 1
    #expect(Self.failure(corrupt)?.hasPrefix("rows.csv.gz: the gzip data are corrupt near byte") == true)
    #expect(
      Self.failure(Self.first + [1, 2, 3])
        == "rows.csv.gz: bytes that are not gzip follow the compressed data at byte \(Self.first.count)")
  }

  @Test func filesAreMapped() throws {
    // A file that fills its pages to the last byte: what lies behind must still be readable.
    let row = "0.123456,abcdefg"
    let text = "score,group___\n" + String(repeating: row + "\n", count: 239)
    let url = FileManager.default.temporaryDirectory.appending(path: "fairslice-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    let filler = String(repeating: "x", count: 4096 - text.utf8.count % 4096 - 2)
    let whole = text + "1," + filler
    try Data(whole.utf8).write(to: url)
    #expect(whole.utf8.count.isMultiple(of: 4096))
    let outcome = try TableReader.read(
      path: url.path, ReadRequest(columns: [.init(name: "score"), .init(name: "group___")], threads: 2))
    #expect(outcome.table.rowCount == 240)
    #expect(try outcome.texts("group___").last == filler)
    #expect(outcome.bytes.isMultiple(of: 4096))
  }
}

import Results
import Tables
import TestSupport
import Testing

@testable import TableIngest

/// Whatever the bytes, reading ends with a table or a `Failure`, the same for any cut into chunks. Debug builds
/// check that no byte beyond the padding is looked at.
@Suite struct FuzzTests {
  private static func bytes(_ random: inout SplitMix, _ alphabet: [UInt8], _ length: Int) -> [UInt8] {
    (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
  }

  private static func describe(
    _ bytes: [UInt8], _ name: String, _ badRows: ReadRequest.BadRows, size: Int, threads: Int
  ) -> String {
    do throws(Failure) {
      let outcome = try Fixture.read(
        bytes, [.init(name: "a"), .init(name: "b", kind: .number)], name: name, badRows: badRows,
        threads: threads, chunkSize: size)
      return "\(outcome.table.columns) \(outcome.lines) \(outcome.rejected) \(outcome.rowsRead)"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [ReadRequest.BadRows.stop, .skip(listing: 3)]) func csv(_ badRows: ReadRequest.BadRows) {
    var random = SplitMix(seed: 21)
    for _ in 0..<400 {
      let length = Int.random(in: 0..<150, using: &random)
      let tail = Self.bytes(&random, Array("ab1.5e-,,,\"\"\n\n\r\0 \u{e9}N".utf8), length)
      let input = Array("a,b\n".utf8) + tail
      let whole = Self.describe(input, "x.csv", badRows, size: 1 << 20, threads: 1)
      for size in [1, 5, 64] {
        #expect(Self.describe(input, "x.csv", badRows, size: size, threads: 2) == whole, "\(input)")
      }
    }
  }

  @Test(arguments: [ReadRequest.BadRows.stop, .skip(listing: 3)])
  func jsonLines(_ badRows: ReadRequest.BadRows) {
    var random = SplitMix(seed: 22)
    let pieces = [
      "{", "}", "\"a\":", "\"b\":", "1", "null", "\"x\"", ",", "\n", "[", "]", "\\", "\"", "\\u12", " ", "\0",
      "é",
      "{\"a\":1,\"b\":2}\n", "{\"b\":1.5}\n",
    ]
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }
      let input = Array(text.joined().utf8)
      let whole = Self.describe(input, "x.jsonl", badRows, size: 1 << 20, threads: 1)
      for size in [1, 9] {
        #expect(Self.describe(input, "x.jsonl", badRows, size: size, threads: 2) == whole, "\(input)")
      }
    }
  }

  @Test func gzip() {
    var random = SplitMix(seed: 23)
    for _ in 0..<300 {
      let tail = Self.bytes(&random, Array(0...255), Int.random(in: 0..<60, using: &random))
      let text = Self.describe([0x1f, 0x8b, 8, 0] + tail, "x.csv", .stop, size: 64, threads: 1)
      #expect(text.contains("gzip"))
    }
  }
}

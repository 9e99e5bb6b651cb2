import TestSupport
import Testing

@testable import TableIngest

@Suite struct NumberParserTests {
  private let parser = NumberParser()

  private func parse(_ text: String) -> Double {
    let storage = ByteStorage(copying: Array(text.utf8))
    return parser.parse(storage.view, 0, storage.count)
  }

  @Test func spellings() {
    let spellings: [(String, Double)] = [
      ("0", 0), ("1", 1), ("+1", 1), ("-1", -1), (".5", 0.5), ("1.", 1), ("1e-3", 1e-3),
      ("6.02E+23", 6.02e23),
      ("  12 ", 12), ("\t-0.25\t", -0.25), ("00012.500", 12.5), ("12345678", 12_345_678),
      ("123456789012345678901234567890", 123456789012345677877719597056), ("0.1234567", 0.1234567),
      ("0.12345678", 0.12345678), ("0.123456789012345678901234", 0.123456789012345678901234),
      ("9007199254740993", 9007199254740992), ("1e-400", 0), ("4.9e-324", .leastNonzeroMagnitude), ("0e5", 0),
      ("0.00000000000000000000000000000012345678901234567", 1.2345678901234567e-31),
    ]
    for (text, value) in spellings { #expect(parse(text) == value, "\(text)") }
    #expect(parse("-0").sign == .minus)
    #expect(parse("-0.0e0").sign == .minus)
    for text in ["inf", "+Infinity", "INF", "1e999"] { #expect(parse(text) == .infinity, "\(text)") }
    #expect(parse("-inf") == -.infinity)
  }

  @Test(arguments: [
    "", " ", ".", "+", "-", "e5", "1e", "1e+", "1.2.3", "1 2", "0x10", "nan", "NaN", "1,5", "1_000", "--1",
    "+-1",
    "12a", "a12", "1e5x", "infinit", "١", "1e-", ".e1",
  ])
  func noNumbers(_ text: String) { #expect(parse(text).isNaN) }

  /// The shortest text that reads back, of doubles with any bits.
  @Test func randomBitPatterns() {
    var random = SplitMix(seed: 1)
    var wrong = 0
    for _ in 0..<40_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      if parse(value.description).bitPattern != value.bitPattern { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  /// Decimal texts of every length and scale, against the standard library.
  @Test func randomDecimals() {
    var random = SplitMix(seed: 2)
    for _ in 0..<40_000 {
      let digits = (0..<Int.random(in: 1...21, using: &random)).map { _ in
        String(Int.random(in: 0..<10, using: &random))
      }
      let point = Int.random(in: 0...digits.count, using: &random)
      var text = digits[..<point].joined() + "." + digits[point...].joined()
      if Bool.random(using: &random) { text += "e\(Int.random(in: -70..<70, using: &random))" }
      if parse(text).bitPattern != Double(text)?.bitPattern { Issue.record("\(text)") }
    }
  }

  /// Halfway between two doubles, and one digit beside: where rounding to even decides.
  @Test func halfway() {
    var random = SplitMix(seed: 3)
    for _ in 0..<3000 {
      let mantissa = UInt64.random(in: 1 << 53..<1 << 54, using: &random) | 1
      for shift in 0..<9 {
        let (product, overflow) = mantissa.multipliedReportingOverflow(by: 1 << UInt64(shift))
        guard !overflow else { continue }
        for near in [product - 1, product, product + 1] {
          if parse(String(near)) != Double(String(near)) { Issue.record("\(near)") }
          if parse("\(near)e-22") != Double("\(near)e-22") { Issue.record("\(near)e-22") }
        }
      }
    }
  }
}

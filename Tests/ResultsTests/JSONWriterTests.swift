import Foundation
import Results
import TestSupport
import Testing

@Suite struct JSONWriterTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (1, "1"), (-12, "-12"), (0.1, "0.1"), (1e-5, "1e-05"),
    (.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"), (123456789012, "123456789012"), (1e16, "1e+16"),
    (.infinity, "inf"), (-.infinity, "-inf"),
  ])
  func numbersAreShort(number: Double, text: String) {
    #expect(NumberText.text(number) == text)
    #expect(Double(text)?.bitPattern == number.bitPattern)
  }

  @Test func everyNumberReadsBackTheSame() {
    var random = SplitMix(seed: 7)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      #expect(Double(NumberText.text(number)) == number)
    }
  }

  @Test func stringsAreEscaped() throws {
    var writer = JSONWriter()
    writer.string("a\"\\\n\u{0}\u{1F}\u{7F}é🙂/")
    let bytes = writer.bytes
    #expect(String(decoding: bytes, as: UTF8.self) == #""a\"\\\n\u0000\u001f\u007fé🙂/""#)
    let decoded = try JSONDecoder().decode(String.self, from: Data(bytes))
    #expect(decoded == "a\"\\\n\u{0}\u{1F}\u{7F}é🙂/")
  }

  @Test func canonicalTextIsSortedAndStable() throws {
    let text =
      #"{"b": [1.0, 1e2, 18446744073709551615, 1e19, -2e3, 0.25, null, true], "a": {"é": "x", "B": {}}}"#
    let value = try #require(JSONValue(parsing: text))
    let canonical = value.canonicalText
    #expect(
      canonical
        == #"{"a": {"B": {},"é": "x"},"b": [1,100,18446744073709551615,10000000000000000000,-2000,0.25,null,true]}"#
    )
    #expect(JSONValue(parsing: canonical)?.canonicalText == canonical)
    #expect(JSONValue(parsing: "{") == nil)
  }
}

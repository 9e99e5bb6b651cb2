import Testing

@testable import FairSlice

@Suite struct TextTests {
  @Test(arguments: [
    ("plain é 漢 🙂", "plain é 漢 🙂"), ("\u{1B}[31mred", "\\u{1B}[31mred"), ("a\nb\tc", "a\\u{A}b\\u{9}c"),
    ("\u{202E}evil\u{9B}", "\\u{202E}evil\\u{9B}"), ("\u{7F}", "\\u{7F}"),
  ])
  func controlsAreMadeVisible(text: String, shown: String) { #expect(printable(text) == shown) }

  @Test(arguments: [
    (0.0, "0.000"), (0.1234, "0.123"), (-0.0004, "0.000"), (-1.5, "-1.500"), (12.9996, "13.000"),
    (.infinity, "∞"), (-.infinity, "−∞"), (.nan, ""),
  ])
  func numbersHaveThreeDecimals(number: Double, text: String) { #expect(Summary.fixed(number) == text) }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")])
  func countsAreGrouped(count: Int, text: String) { #expect(Summary.grouped(count) == text) }

  @Test(arguments: [
    ("y_trueScore", ["y", "true", "score"]), ("native-country", ["native", "country"]),
    ("pageAge", ["page", "age"]),
    ("ID", ["id"]), ("", []),
  ])
  func namesAreCutIntoWords(name: String, words: [String]) {
    #expect(ColumnGuess.words(name) == Set(words))
  }
}

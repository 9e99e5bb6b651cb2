import Charts
import Testing

struct TextMetricsTests {
  @Test func whatIsFittedFits() {
    for text in Nasty.texts.map(VisibleText.of) {
      for width in [12.0, 40, 130, 400] {
        let fitted = TextMetrics.fit(text, width: width, size: 12)
        #expect(TextMetrics.width(of: fitted, size: 12) <= width)
        #expect(fitted == text || fitted.hasSuffix("…"))
        let lines = TextMetrics.wrap(text, width: width, size: 12, weight: .semibold, lines: 3)
        #expect(lines.count <= 3)
        for line in lines {
          #expect(TextMetrics.width(of: line, size: 12, weight: .semibold) <= max(width, 25))
        }
      }
    }
  }

  @Test func wrappingLosesNothing() {
    let text = "Married-civ-spouse & Exec-managerial & United-States"
    let lines = TextMetrics.wrap(text, width: 150, size: 12, lines: 9)
    #expect(lines.count > 1)
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    #expect(TextMetrics.wrap("predicted <=50K", width: 90, size: 11, lines: 2) == ["predicted", "<=50K"])
    #expect(
      TextMetrics.wrap("Asian-Pac-Islander", width: 90, size: 12, lines: 2) == ["Asian-Pac-", "Islander"])
    #expect(TextMetrics.wrap("short", width: 90, size: 12, lines: 2) == ["short"])
    #expect(TextMetrics.wrap("", width: 90, size: 12, lines: 2) == [""])
  }

  /// Advances of DejaVu Sans at 2048 units an em (its hmtx table): the estimate is never below them by more
  /// than 2 %, so that what was measured to fit does fit.
  @Test(arguments: [
    (
      "true_positive_rate",
      [803, 842, 1298, 1260, 1024, 1300, 1253, 1067, 569, 803, 569, 1212, 1260, 1024, 842, 1255, 803, 1260]
    ),
    ("0.712", [1303, 651, 1303, 1303, 1303]),
    ("Male", [1767, 1255, 569, 1260]),
  ])
  func estimateIsConservative(text: String, advances: [Int]) {
    let real = Double(advances.reduce(0, +)) / 2048 * 12
    #expect(TextMetrics.width(of: text, size: 12) >= real * 0.98)
    #expect(TextMetrics.width(of: text, size: 12) <= real * 1.2)
  }
}

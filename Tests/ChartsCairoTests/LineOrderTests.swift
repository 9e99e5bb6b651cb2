import Testing

@testable import ChartsCairo

@Suite struct LineOrderTests {
  @Test(arguments: [
    ("plain 0.5", "plain 0.5"), ("", ""), ("Zoë 日本", "Zoë 日本"),
    ("אב 0.5 [0.4, 0.6]", "אב\u{200E} 0.5 [0.4, 0.6]"),
    ("x אב גד (2) y", "x אב גד\u{200E} (2) y"), ("אב!", "אב\u{200E}!"), ("שָׁ 1", "שָׁ\u{200E} 1"),
    ("1 אב 2 אב", "1 אב\u{200E} 2 אב\u{200E}"),
  ])
  func aMarkEndsEachStretch(text: String, kept: String) {
    #expect(LineOrder.kept(text).unicodeScalars.elementsEqual(kept.unicodeScalars))
  }
}

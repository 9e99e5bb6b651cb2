import Charts
import Testing

struct VisibleTextTests {
  @Test(arguments: [
    ("plain <&>", "plain <&>"), ("a\u{0}b\u{7F}c\u{9F}", "abc"), ("a\tb\nc", "a b c"),
    ("safe\u{202E}gnp", "safe⟨U+202E⟩gnp"), ("a\u{200B}b", "a⟨U+200B⟩b"), ("\u{FEFF}x", "⟨U+FEFF⟩x"),
    ("\u{E0041}", "⟨U+E0041⟩"), ("\u{3164}", "⟨U+3164⟩"), ("é 漢 ع", "é 漢 ع"),
    (Nasty.noncharacters + "x", "x"),
    ("👩‍🔬", "👩‍🔬"), ("a\u{200D}b", "a⟨U+200D⟩b"), ("❤️", "❤️"),
  ])
  func nothingHides(text: String, shown: String) {
    #expect(VisibleText.of(text) == shown)
  }

  @Test func isIdempotent() {
    for text in Nasty.texts { #expect(VisibleText.of(VisibleText.of(text)) == VisibleText.of(text)) }
  }
}

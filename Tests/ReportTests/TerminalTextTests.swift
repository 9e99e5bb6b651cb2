import Report
import Testing

@Suite struct TerminalTextTests {
  @Test(arguments: [("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("🙂", 2), ("", 0), ("a\u{200D}b", 2)])
  func widthsAreThoseOfATerminal(text: String, width: Int) { #expect(TerminalText.width(text) == width) }

  @Test func aTableFitsItsTerminal() {
    var table = TextTable([
      .init("gap", .text), .init("value", .number), .init("group", .name), .init("other", .name, rank: 1),
    ])
    table.add(["demographic_parity", "0.170", "a very long name of a group", "another long name of a group"])
    table.add(["x", "1.000", "漢字漢字漢字漢字漢字", ""])
    for width in 30...120 {
      let lines = table.lines(width: width, indent: 2)
      #expect(lines.count == 3 && lines[1].contains("demographic_parity  0.170"))
      if width >= 41 { for line in lines { #expect(TerminalText.width(line) <= width) } }
      #expect(lines[0].contains("other") == (width >= 55))
    }
  }

  @Test func sentencesAreBrokenAtBlanks() {
    let text = "a sentence of short words and one averyveryverylongwordthatfitsnowhere at its end"
    for width in 8...60 {
      let lines = TerminalText.wrapped(text, width: width, indent: 2)
      for line in lines { #expect(TerminalText.width(line) <= width) }
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
      #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
    }
    #expect(TerminalText.wrapped("漢字漢字", width: 4, indent: 0) == ["漢字", "漢字"])
    #expect(TerminalText.wrapped("", width: 10, indent: 2).isEmpty)
  }

  @Test(arguments: [
    "\u{200B}", "\u{FEFF}", "\u{2060}", "\u{2066}", "\u{E0041}", "\u{0}", "\u{85}",
    String(decoding: [0xEF, 0xBF, 0xBE] as [UInt8], as: UTF8.self),
  ])
  func hiddenCharactersAreMadeVisible(text: String) {
    #expect(TerminalText.printable(text).utf8.allSatisfy { (0x20..<0x7F).contains($0) })
  }

  @Test(arguments: [
    ("::error::x", "\\u{3A}:error::x"), ("  ::error::x", "  \\u{3A}:error::x"), ("a::b", "a::b"),
    ("##[group]x", "\\u{23}#[group]x"), ("a ##vso[x]", "a \\u{23}#vso[x]"), ("", ""), ("# title", "# title"),
  ])
  func aLogTakesNoLineForACommand(line: String, expected: String) {
    #expect(TerminalText.inert(line) == expected)
  }
}

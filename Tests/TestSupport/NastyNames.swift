/// Names that data really holds, or an enemy puts there, for every output that shows names.
package enum NastyNames {
  package static let all: [String] = plain + hidden + markup

  private static let plain = [
    "(missing)", " ", "日本語のとても長い名前", "العربية", "e\u{301}", "😀 family 👨‍👩‍👧", "a=b & c=d",
    String(repeating: "very long name ", count: 680), String(repeating: "長", count: 3400),
    "=cmd|' /C calc'!A0",
    "+1", "-1", "--", "../../x", "/etc/passwd", "C:\\x", "\\", "\\\\\"", "\"", "'", "a, b: c", "100%",
    "%0A%0D",
    "NaN", "inf", "null", "true", "constructor", "__proto__",
  ]

  private static let hidden = [
    "line\nbreak", "carriage\rreturn", "both\r\nof them", "tab\there", "\u{1B}[31mred\u{1B}[0m",
    "\u{1B}]0;title\u{7}", "nul\u{0}byte", "\u{1}\u{8}\u{B}\u{C}\u{1F}\u{7F}", "\u{9B}31m", "\u{85}next",
    String(decoding: [0xEF, 0xBF, 0xBE, 0xEF, 0xBF, 0xBF, 0xEF, 0xB7, 0x90] as [UInt8], as: UTF8.self),
    "\u{FFFD}", "\u{202E}gnp.exe", "\u{2066}iso\u{2069}", "zero\u{200B}width\u{FEFF}", "\u{2028}\u{2029}",
    "tag\u{E0041}\u{E007F}", "soft\u{AD}hyphen",
  ]

  /// Marks that combine with the sign before them hide it from code that compares characters.
  private static let markup = [
    "<script>alert(1)</script>", "<\u{338}script>", "\"\u{301} onload=\"x", "&amp;", "&\u{301}amp;", "]]>",
    "<!--",
    "-->", "</testcase>", "<![CDATA[x", "%0A::error::x", "::warning::x", "::set-output name=x::y",
    "##[error]x",
    "##vso[task.complete]", ":\u{301}:error::", "|", "a|b", "`code`", "``", "**bold**", "_x_", "~~x~~", "$x$",
    "[x](http://example.org)", "![x](http://example.org)", "https://example.org/x", "www.example.org",
    "me@example.org", "@everyone", "@\u{301}team", "#123", "owner/repo#1", "GH-1", "# heading", "- item",
    "> quote",
    "# SKIP", "#\u{301} TODO", "ok 1", "not ok 2", "Bail out!", "1..0", "# EOF", "}", "{0}", "{{title}}",
    "${{ secrets }}", "$(id)", "`id`", ";rm -rf", "\"} 1\nfake{a=\"b", "\\n", "\\\"",
  ]
}

/// Names and numbers that data really holds, or an enemy puts there.
enum Nasty {
  /// U+FFFE, U+FFFF and U+FDD0, which XML forbids or programs choke on.
  static let noncharacters = String(
    decoding: [0xEF, 0xBF, 0xBE, 0xEF, 0xBF, 0xBF, 0xEF, 0xB7, 0x90] as [UInt8], as: UTF8.self)

  static let texts: [String] = [
    "", " ", "a", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x",
    "&amp;&lt;&#0;", "]]>",
    "<![CDATA[x]]>", "-->", "\u{0}\u{1}\u{8}\u{B}\u{1F}\u{7F}\u{9F}end", "tab\tnew\nline\r\nend",
    noncharacters,
    "safe\u{202E}gnp.exe", "\u{2066}iso\u{2069}", "zero\u{200B}width\u{FEFF}", "soft\u{AD}hyphen",
    "\u{2028}\u{2029}",
    "العربية", "עברית & <b>", "فارسی\u{200C}ها", "日本語のとても長いラベルです", "👩‍🔬 emoji 👨‍👩‍👧‍👦🏳️‍🌈", "e\u{301}\u{302}\u{303}",
    String(repeating: "a\u{300}", count: 100), String(repeating: "W", count: 200),
    String(repeating: "word ", count: 40), String(repeating: "漢", count: 200), "\u{1D11E}", "=1+1",
    "{{mustache}}",
    "${x}", "url(#x)", "javascript:alert(1)", "\u{E0041}\u{E0042}", "\u{3164}\u{115F}",
  ]

  static let numbers: [Double] = [
    0, -0.0, 0.5, 1, 1.0000000001, -3, 1e-12, 1e12, -1e15, 1e300, -1e308, .greatestFiniteMagnitude,
    .leastNonzeroMagnitude, .infinity, -.infinity, .nan,
  ]
}

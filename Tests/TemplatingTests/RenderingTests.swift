import Templating
import Testing

func render(_ template: String, _ value: TemplateValue, _ partials: [String: String] = [:]) throws -> String {
  try TemplateLibrary(sources: partials.merging(["page": template]) { $1 }).render("page", with: value)
}

@Suite struct EscapingTests {
  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("é😀\u{0}\n\t", "é😀\u{0}\n\t"), ("&amp;", "&amp;amp;"),
    ("<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"),
    ("\" onload=x y=\"", "&quot; onload=x y=&quot;"), ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
    ("<é>", "&lt;é&gt;"), ("{{x}}", "{{x}}"), ("e\u{301}<", "e\u{301}&lt;"),
  ])
  func textIsEscaped(text: String, expected: String) throws {
    #expect(Array(HTML.escaped(text).utf8) == Array(expected.utf8))
    #expect(try render("[{{x}}]", ["x": .text(text)]) == "[\(expected)]")
    #expect(try render("[{{{x}}}{{&x}}]", ["x": .text(text)]) == "[\(text)\(text)]")
  }

  @Test func nothingButTheFiveIsTouched() {
    for scalar in (0..<0x3000).compactMap(Unicode.Scalar.init) where !"&<>\"'".unicodeScalars.contains(scalar)
    {
      #expect(HTML.escaped(String(Character(scalar))) == String(Character(scalar)))
    }
  }

  @Test func markupIsNot() throws {
    let svg: TemplateValue = .markup("<svg title=\"a&amp;b\"/>")
    #expect(try render("{{x}}|{{{x}}}|{{&x}}", ["x": svg]).split(separator: "|").count == 3)
    #expect(try render("{{x}}", ["x": svg]) == "<svg title=\"a&amp;b\"/>")
    #expect(try render("{{#list}}{{.}}{{/list}}", ["list": [svg, "<"]]) == "<svg title=\"a&amp;b\"/>&lt;")
  }
}

@Suite struct ValueTests {
  @Test(
    arguments: [
      (1, "1"), (-0.0, "-0"), (0.1, "0.1"), (1e15, "1000000000000000"), (1e16, "1e+16"),
      (.leastNonzeroMagnitude, "5e-324"),
      (1.0 / 3, "0.3333333333333333"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"),
      (123456789.5, "123456789.5"),
    ] as [(Double, String)])
  func aNumberIsTheShortestTextThatReadsBack(number: Double, expected: String) throws {
    let text = try render("{{.}}", .number(number))
    #expect(text == expected)
    let back = try #require(Double(text))
    #expect(back == number || (back.isNaN && number.isNaN))
  }

  @Test(
    arguments: [
      (nil, false), (false, false), ([], false), ("", false), (.markup(""), false), (true, true), (0, true),
      (0.0, true),
      ("false", true), ([:], true), ([nil], true),
    ] as [(TemplateValue, Bool)])
  func sectionsAreTaken(value: TemplateValue, isTaken: Bool) throws {
    #expect(try render("{{#x}}yes{{/x}}{{^x}}no{{/x}}", ["x": value]) == (isTaken ? "yes" : "no"))
  }

  @Test func jsonIsSortedAndSafeInAScript() {
    let value: TemplateValue = [
      "b": [1, 2.5, true, nil, []], "a": ["é\"\\\n\u{1}": .markup("</script>")], "c": .number(.infinity),
      "d": [:],
    ]
    #expect(
      value.json(indented: false)
        == #"{"a":{"é\"\\\n\u0001":"\u003c/script>"},"b":[1,2.5,true,null,[]],"c":"inf","d":{}}"#)
    #expect(
      (["a": [1, ["b": nil]]] as TemplateValue).json() == """
        {
          "a": [
            1,
            {
              "b": null
            }
          ]
        }
        """)
  }
}

@Suite struct LayoutTests {
  @Test func windowsLineEndingsStay() throws {
    #expect(
      try render("a\r\n{{#x}}\r\n  {{>p}}\r\n{{/x}}\r\nb\r\n", ["x": [1, 2]], ["p": "1\r\n2\r\n"])
        == "a\r\n  1\r\n  2\r\n  1\r\n  2\r\nb\r\n")
  }

  @Test func indentationAddsUpAndSparesInterpolatedLines() throws {
    let partials = ["outer": "<\n  {{>inner}}\n{{x}}>\n", "inner": "{{#list}}\n({{.}})\n{{/list}}\n"]
    #expect(
      try render("  {{>outer}}\n", ["x": "a\nb", "list": ["1", "2"]], partials)
        == "  <\n    (1)\n    (2)\n  a\nb>\n")
  }

  @Test func anInlinePartialIsNotIndented() throws {
    #expect(
      try render("  {{>outer}}\n", [:], ["outer": "a {{>inner}}\nz\n", "inner": "1\n2"]) == "  a 1\n2\n  z\n")
  }

  @Test func unicodeNamesAndDelimiters() throws {
    #expect(try render("{{größe}} {{=« »=}}«größe»«#日»«.»«/日»", ["größe": "é", "日": ["本"]]) == "é é本")
  }

  @Test func aDocumentOfLayouts() throws {
    let partials = [
      "layout": "<body>\n  {{$body}}\n  {{/body}}\n</body>\n",
      "card": "<div>\n  {{$body}}\n  empty\n  {{/body}}\n</div>\n",
    ]
    let template = """
      {{<layout}}
        {{$body}}
          {{<card}}
            {{$body}}
            <p>{{x}}</p>
            {{/body}}
          {{/card}}
          <hr>
        {{/body}}
      {{/layout}}

      """
    // A card in a page: the block's name is the same, yet each fills its own.
    #expect(
      try render(template, ["x": "1"], partials)
        == "<body>\n  <div>\n    <p>1</p>\n  </div>\n  <hr>\n</body>\n")
    #expect(try render("{{<card}}{{/card}}", [:], partials) == "<div>\n  empty\n</div>\n")
  }

  @Test func styleSheetsAndScriptsAreTakenAsTheyAre() throws {
    let script = "const a = {b: {{}}};\n  `{{x}}`\n"
    let partials = [
      "assets/a.js": script, "outer": "<script>{{>assets/a.js}}</script>\n  {{>assets/a.js}}\n",
    ]
    #expect(try render("  {{>outer}}\n", ["x": 1], partials) == "  <script>\(script)</script>\n\(script)")
  }

  @Test func filesHaveNames() {
    #expect(TemplateLibrary.name(ofFile: "report/page.mustache") == "report/page")
    #expect(TemplateLibrary.name(ofFile: "assets/report.css") == "assets/report.css")
    #expect(TemplateLibrary.name(ofFile: "a.js") == "a.js")
    #expect(TemplateLibrary.name(ofFile: "README.md") == nil)
  }

  @Test func namesAreSorted() throws {
    #expect(try TemplateLibrary(sources: ["b": "", "a": "", "c.css": ""]).names == ["a", "b", "c.css"])
  }

  @Test func renderingTwiceGivesTheSameBytes() throws {
    let library = try TemplateLibrary(sources: ["t": "{{#a}}{{b}}{{/a}}{{c}}"])
    let value: TemplateValue = ["a": [["b": 1], ["b": 2]], "c": "<"]
    #expect(try library.render("t", with: value) == library.render("t", with: value))
  }
}

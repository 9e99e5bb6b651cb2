import Foundation
import TestSupport
import Testing

extension BrowserSuite {
  /// REPORT.md §7 (2) and (3): what is left where scripts, or scripts and styles, are forbidden.
  @Suite struct NoScriptTests {
    @Test func withoutScriptsTheFindingsAreThere() throws {
      var circumstances = Browser.Circumstances()
      circumstances.hasScript = false
      let browser = try BrowserSuite.browser(circumstances)
      defer { try? browser.set(.init()) }
      for page in [try Pages.sample.get(), try Pages.large.get()] {
        try browser.open(page)
        let hasGate = try browser.number("return document.querySelectorAll('#gate').length") == 1
        #expect(try browser.flag("return document.getElementById('slice-tools').hidden"))
        let hidden = try browser.texts(
          Script.isVisible + """
            const wanted = [...document.querySelectorAll(
              'h1,.facts dd,#gate tbody tr:not(details *),figure:not(details *) svg.chart,figcaption:not(details *)')];
            return wanted.filter((one) => !seen(one)).map((one) => one.outerHTML.slice(0, 120));
            """)
        #expect(hidden == [])
        if hasGate {
          #expect(try browser.text("return document.querySelector('h1').innerText").contains("FAIL"))
          #expect(try browser.number("return document.querySelectorAll('#gate tbody tr').length") > 5)
        }
        #expect(
          try browser.number("return document.querySelectorAll('figure svg.chart').length")
            > (hasGate ? 20 : 0))
        #expect(
          try browser.number(
            "return [...document.querySelectorAll('figure details.data')].filter((one) => !one.querySelector('table')).length"
          ) == 0)
        let rows = try browser.number(
          Script.isVisible + """
            const open = document.querySelectorAll('#slices details');
            return [...document.querySelectorAll('#slices tbody tr')]
              .filter((one) => seen(one) && one.cells.length > 3 && one.innerText.trim().length > 5).length;
            """)
        #expect(rows >= 50)
        #expect(try browser.complaints() == [])
      }
    }

    /// Jenkins' policy for artefacts forbids scripts and styles within a page. Charts must say there what they say
    /// elsewhere: every mark has the same paint, whether the style sheet is there or not.
    @Test func withoutStylesTheChartsAreWhole() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      let whole = try browser.texts(Script.paints)
      let bytes = String(decoding: try Data(contentsOf: try Pages.sample.get()), as: UTF8.self)
      let server = TestServer { _, _ in
        .answer(
          200, bytes,
          [
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'self';",
          ])
      }
      defer { server.stop() }
      try browser.open("\(server.url)/report.html")
      #expect(try browser.number("return document.styleSheets.length") == 0)
      #expect(try browser.flag("return document.getElementById('slice-tools').hidden"))
      let bare = try browser.texts(Script.paints)
      #expect(whole.count > 500)
      #expect(whole.count == bare.count)
      let changed = zip(whole, bare).filter { $0 != $1 }.map { "\($0) became \($1)" }
      #expect(changed.isEmpty, "\(changed.count): \(changed.prefix(8))")
      let unpainted = bare.filter { $0.hasSuffix(" none none") }
      #expect(unpainted.isEmpty, "\(unpainted.prefix(5))")
      #expect(try browser.text("return document.body.innerText").contains("FAIL"))
    }
  }
}

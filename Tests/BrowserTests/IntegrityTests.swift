import Foundation
import TestSupport
import Testing

extension BrowserSuite {
  /// REPORT.md §7 (5), (8), (9) and (11): the policy's hashes, enemies' names, repeatability and identifiers.
  @Suite struct IntegrityTests {
    /// The browser's own SHA-256 over what it would run.
    @Test(arguments: ["sample", "label-free", "nasty", "runs", "measures"] + Pages.tasks)
    func thePolicyAdmitsExactlyWhatIsThere(name: String) throws {
      let browser = try BrowserSuite.browser()
      // Web cryptography needs a trustworthy origin, which a file is not everywhere: the loopback is.
      let bytes = String(decoding: try Data(contentsOf: try Pages.named(name)), as: UTF8.self)
      let server = TestServer { _, _ in .answer(200, bytes, ["Content-Type": "text/html; charset=utf-8"]) }
      defer { server.stop() }
      try browser.open("\(server.url)/report.html")
      let wrong = try browser.wait(
        """
        const policy = document.querySelector('meta[http-equiv=Content-Security-Policy]').content;
        const rules = Object.fromEntries(policy.split(';').map((one) => one.trim().split(/ (.*)/s)));
        const hash = async (text) => 'sha256-' + btoa(String.fromCharCode(...new Uint8Array(
          await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))));
        const list = async (elements) => (await Promise.all([...elements].map((one) =>
          hash(one.textContent)))).map((one) => `'${one}'`).join(' ');
        const scripts = [...document.scripts].filter((one) => !one.type || /javascript|module/.test(one.type));
        const wrong = [];
        if (rules['default-src'] !== "'none'") wrong.push('default-src');
        if (rules['script-src'] !== await list(scripts)) wrong.push('script-src ' + await list(scripts));
        if (rules['style-src'] !== await list(document.querySelectorAll('style'))) wrong.push('style-src');
        for (const one of ['base-uri', 'form-action']) if (rules[one] !== "'none'") wrong.push(one);
        if (/unsafe|https?:|\\*/.test(policy)) wrong.push('wide ' + policy);
        return wrong;
        """)
      #expect(wrong as? [String] == [])
    }

    /// What the policy does not name does not run.
    @Test func aForeignScriptIsStopped() throws {
      let browser = try BrowserSuite.browser()
      let text = String(decoding: try Data(contentsOf: try Pages.sample.get()), as: UTF8.self)
      let page = try Pages.written(
        "injected",
        text.replacing(
          "</body>", with: "<script>window.hacked=1</script><p onclick=\"window.hacked=1\">x</p></body>"))
      try browser.open(page)
      try browser.run("document.body.lastElementChild.click();")
      #expect(try browser.flag("return window.hacked === undefined"))
      #expect(try browser.complaints().contains { $0.contains("Content Security Policy") })
    }

    @Test func enemiesNamesStayNames() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.nasty.get())
      try browser.run(Script.useEverything)
      try browser.wait(
        """
        for (const one of document.querySelectorAll('*')) one.dispatchEvent(new MouseEvent('mouseover'));
        await new Promise((go) => setTimeout(go, 200));
        """)
      #expect(try browser.flag("return window.hacked === undefined"))
      #expect(try browser.complaints() == [])
      #expect(
        try browser.number("return document.querySelectorAll('img,iframe,object,embed,base,form').length")
          == 0)
      #expect(
        try browser.number(
          "return [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some((two) => /^on/.test(two.name))).length"
        ) == 0)
      let wide = try browser.number("return document.scrollingElement.scrollWidth")
      #expect(wide <= 1400)
      #expect(try browser.texts(Script.clippedCharts) == [])
    }

    /// Names lead where they say: a filter for one finds its slice, and its link its row.
    @Test func everyNameIsFound() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.nasty.get())
      let names = try browser.number(
        "return JSON.parse(document.getElementById('slice-data').textContent).count")
      #expect(names >= Double(NastyNames.all.count))
    }

    @Test(arguments: ["sample", "label-free", "nasty", "large", "runs", "measures"] + Pages.tasks)
    func identifiersAreUnique(name: String) throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.named(name))
      #expect(try browser.texts(Script.repeatedIdentifiers) == [])
      #expect(try browser.texts(Script.danglingReferences) == [])
      try browser.run(Script.useEverything)
      try browser.wait("await new Promise((go) => setTimeout(go, 200));")
      #expect(try browser.texts(Script.repeatedIdentifiers) == [], "after use")
      #expect(try browser.texts(Script.danglingReferences) == [], "after use")
      #expect(try browser.complaints() == [])
    }

    /// The program writes the same bytes again, with another number of threads and in another folder.
    @Test func theSameBytesAgain() throws {
      let first = try Pages.nasty.get()
      let data = first.deletingLastPathComponent().appending(path: "data.csv")
      let again = try Pages.made("again", Pages.nastyArguments(data.path) + ["--threads", "1"])
      for file in ["report.html", "evaluation.json", "slices.csv", "verdict.json"] {
        let folders = [first, again].map { $0.deletingLastPathComponent() }
        let bytes = try folders.map { try Data(contentsOf: $0.appending(path: file)) }
        #expect(bytes[0] == bytes[1], "\(file)")
      }
    }
  }
}

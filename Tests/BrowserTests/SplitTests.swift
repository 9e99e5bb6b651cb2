import Foundation
import TestSupport
import Testing

extension BrowserSuite {
  /// `--assets split`: for servers whose policy forbids everything within a page.
  @Suite struct SplitTests {
    private func text(_ page: URL, _ name: String) throws -> String {
      try String(contentsOf: page.deletingLastPathComponent().appending(path: name), encoding: .utf8)
    }

    private func works(_ browser: Browser) throws {
      #expect(try browser.flag("return !document.getElementById('slice-tools').hidden"))
      #expect(try browser.flag("return !document.getElementById('lab-tool').hidden"))
      #expect(try browser.number("return document.styleSheets.length") == 1)
      try browser.run(Script.useEverything)
      try browser.settle()
      #expect(try browser.complaints() == [])
    }

    /// Neither the page's policy nor the server's lets anything run that stands in the page, and nothing is missed.
    @Test func aStrictServerShowsAllOfIt() throws {
      let page = try Pages.split.get()
      let files = try ["report.html", "report.css", "report.js"].map { ($0, try text(page, $0)) }
      let types = ["html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript"]
      let server = TestServer { request, _ in
        guard let (name, body) = files.first(where: { "/" + $0.0 == request.path }) else {
          return .answer(404, "")
        }
        return .answer(
          200, body,
          [
            "Content-Type": types[name.components(separatedBy: ".")[1]] ?? "",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy":
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:",
          ])
      }
      defer { server.stop() }
      let browser = try BrowserSuite.browser()
      try browser.open("\(server.url)/report.html")
      try works(browser)
      #expect(
        Set(server.requests.map(\.path)).subtracting(["/favicon.ico"])
          == ["/report.html", "/report.css", "/report.js"])
    }

    @Test func theFolderOpensAsItIs() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.split.get())
      try works(browser)
    }

    /// Data alone stands in the page; the files are the texts that the page in one file has in it.
    @Test func nothingIsInThePage() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.split.get())
      let inside = try browser.texts(
        """
        const scripts = [...document.scripts].filter((one) => !one.src && one.type !== 'application/json');
        const handlers = [...document.querySelectorAll('*')].filter((one) =>
          [...one.attributes].some(({ name }) => /^on/.test(name)));
        return [...scripts, ...handlers, ...document.querySelectorAll('style')].map((one) => one.outerHTML.slice(0, 80));
        """)
      #expect(inside == [])
      #expect(!(try text(try Pages.split.get(), "report.html")).contains(" style=\""))
      let policy = try browser.text(
        "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content")
      #expect(policy.contains("default-src 'none'; script-src 'self'; style-src 'self'; "))
      #expect(!policy.contains("unsafe") && !policy.contains("http"))
      // The hashes of a page in one file are those of these two.
      let whole = try text(try Pages.small.get(), "report.html")
      for (name, rule) in [("report.css", "style-src"), ("report.js", "script-src")] {
        let file = try text(try Pages.split.get(), name)
        let digest = try digest(file, browser)
        #expect(whole.contains("\(rule) 'sha256-\(digest)'"), "\(name)")
      }
    }

    /// By the browser's own cryptography, which the loopback is trusted with.
    private func digest(_ text: String, _ browser: Browser) throws -> String {
      let server = TestServer { _, _ in .answer(200, "<title>x</title>", ["Content-Type": "text/html"]) }
      defer { server.stop() }
      try browser.open(server.url)
      let digest = try browser.wait(
        """
        const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(args[0])));
        return btoa(String.fromCharCode(...bytes));
        """, [text])
      return try #require(digest as? String)
    }
  }
}

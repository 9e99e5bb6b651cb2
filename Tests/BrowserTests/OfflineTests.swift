import Foundation
import Synchronization
import TestSupport
import Testing

extension BrowserSuite {
  /// REPORT.md §7 (1): the page asks for nothing but itself.
  @Suite struct OfflineTests {
    /// What a page loads while somebody reads it to its end and uses it.
    private func loaded(_ page: URL, in browser: Browser) throws -> [String] {
      try browser.open(page)
      try browser.run(Script.useEverything)
      try browser.settle()
      let entries = try browser.log(.performance).compactMap {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
      return entries.compactMap { entry in
        let message = entry["message"] as? [String: Any]
        guard let method = message?["method"] as? String,
          ["Network.requestWillBeSent", "Network.webSocketCreated"].contains(method)
        else { return nil }
        let parameters = message?["params"] as? [String: Any]
        return (parameters?["request"] as? [String: Any])?["url"] as? String ?? parameters?["url"] as? String
      }.filter { $0 != "about:blank" && !$0.hasPrefix("data:") && !$0.hasPrefix("blob:") }
    }

    @Test func nothingButTheFileIsLoaded() throws {
      let browser = try BrowserSuite.browser()
      for name in ["sample", "label-free", "nasty", "runs"] {
        let page = try Pages.named(name)
        #expect(try loaded(page, in: browser) == [page.absoluteString])
        #expect(try browser.complaints() == [])
        let hints = "link[rel~=prefetch],link[rel~=preconnect],link[rel~=dns-prefetch],link[rel~=preload]"
        #expect(try browser.number("return document.querySelectorAll(arguments[0]).length", [hints]) == 0)
        #expect(try browser.number("return performance.getEntriesByType('resource').length") == 0)
      }
    }

    /// The measurement sees what it is to see.
    @Test func aRequestWouldBeSeen() throws {
      let server = TestServer { _, _ in .answer(404, "") }
      defer { server.stop() }
      let page = try Pages.written("canary", "<!DOCTYPE html><title>x</title><img src=\"\(server.url)/x\">")
      let browser = try BrowserSuite.browser()
      #expect(try loaded(page, in: browser) == [page.absoluteString, "\(server.url)/x"])
      #expect(server.requests.map(\.path) == ["/x"])
      #expect(try !browser.complaints().isEmpty)
    }

    /// Behind a server the browser asks for the page alone, and the net log of the whole browser knows no other name.
    @Test func aServerIsAskedOnce() throws {
      let bytes = String(decoding: try Data(contentsOf: try Pages.sample.get()), as: UTF8.self)
      let server = TestServer { request, _ in
        let type = ["Content-Type": "text/html; charset=utf-8"]
        return switch request.path {
        case "/report.html": .answer(200, bytes, type)
        case "/canary.html": .answer(200, "<!DOCTYPE html><title>x</title><img src=\"/x\">", type)
        default: .answer(404, "")
        }
      }
      defer { server.stop() }
      let log = FileManager.default.temporaryDirectory.appending(path: "net-\(UUID().uuidString).json")
      defer { try? FileManager.default.removeItem(at: log) }
      let driver = try #require(BrowserTrait.driver)
      let browser = try Browser(driver, arguments: ["--log-net-log=\(log.path)"])
      defer { browser.close() }
      try browser.open("\(server.url)/report.html")
      try browser.run(Script.useEverything)
      try browser.settle()
      // The measurement sees what it is to see.
      try browser.open("\(server.url)/canary.html")
      try browser.settle()
      browser.close()
      #expect(
        Set(server.requests.map(\.path)).subtracting(["/favicon.ico"]) == [
          "/report.html", "/canary.html", "/x",
        ])
      let text = try String(contentsOf: log, encoding: .utf8)
      // What the browser asks about itself has no page as its initiator.
      let asked = text.split(separator: "\n").compactMap { line -> String? in
        let page = line.firstMatch(of: /"initiator":"([^"]*)"/)?.output.1 ?? ""
        return page.hasPrefix(server.url)
          ? line.firstMatch(of: /"url":"([^"]*)"/).map { String($0.output.1) } : nil
      }
      #expect(Set(asked).subtracting(["\(server.url)/favicon.ico"]) == ["\(server.url)/x"])
    }
  }
}

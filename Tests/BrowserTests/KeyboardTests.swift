import Foundation
import Testing

extension BrowserSuite {
  /// A reviewer without a mouse: the verdict, a failing gate, its evidence, a slice, and back.
  @Suite struct KeyboardTests {
    private func active(_ browser: Browser) throws -> String {
      try browser.text(
        """
        const one = document.activeElement;
        return [one.tagName, one.id && '#' + one.id, one.getAttribute('href') || '', one.textContent.trim().slice(0, 40)]
          .filter(Boolean).join(' ');
        """)
    }

    /// Presses Tab until the focus is where a test of the element says.
    private func tab(_ browser: Browser, until test: String, atMost count: Int = 80) throws -> Int {
      for turn in 1...count {
        try browser.press(.tab)
        if try browser.flag("const one = document.activeElement; return !!(\(test));") { return turn }
      }
      Issue.record("\(count) tabs did not reach \(test); at \(try active(browser))")
      return count
    }

    private func isInView(_ browser: Browser, _ element: String) throws -> Bool {
      try browser.flag(
        """
        const box = (\(element)).getBoundingClientRect();
        return box.top < innerHeight && box.bottom > 0 && box.height > 0;
        """)
    }

    @Test func fromTheVerdictToASliceAndBack() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      #expect(try tab(browser, until: "one.matches('a.skip')", atMost: 1) == 1)
      #expect(try isInView(browser, "document.activeElement"))

      // The first link of the verdict is the failing gate's.
      let steps = try tab(
        browser, until: "one.closest('.verdict') && one.matches('a[href^=\"#\"]')", atMost: 5)
      #expect(steps <= 5)
      let target = try browser.text("return document.activeElement.getAttribute('href').slice(1)")
      try browser.press(.enter)
      try browser.settle()
      #expect(try browser.text("return location.hash") == "#" + target)
      #expect(try isInView(browser, "document.getElementById('\(target)')"))
      #expect(try browser.text("return document.getElementById('\(target)').innerText").contains("FAIL"))

      // From there on, the next links lead to the groups' evidence.
      _ = try tab(browser, until: "one.closest('#\(target)') && one.matches('a[href^=\"#\"]')", atMost: 4)
      let evidence = try browser.text("return document.activeElement.getAttribute('href')")
      let place = try browser.number("return scrollY")
      try browser.press(.enter)
      try browser.settle()
      let landed = try browser.text("return decodeURIComponent(location.hash)")
      #expect(landed == evidence)
      #expect(try isInView(browser, "document.getElementById('\(landed.dropFirst())')"))

      // Back is where it was.
      try browser.press(.left, holding: .alt)
      try browser.settle()
      if try browser.text("return location.hash") != "#" + target { try browser.back() }
      try browser.settle()
      #expect(try browser.text("return location.hash") == "#" + target)
      #expect(abs(try browser.number("return scrollY") - place) < 80)
      #expect(try browser.complaints() == [])
    }

    @Test func theSkipLinkSkips() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      try browser.press(.tab)
      try browser.press(.enter)
      try browser.settle()
      #expect(try browser.text("return location.hash") == "#main")
      #expect(try browser.flag("return document.activeElement.id === 'main'"))
    }

    /// From the contents to the slices; keys work there.
    private func openSlices(_ browser: Browser) throws {
      _ = try tab(browser, until: "one.matches('nav a[href=\"#slices\"]')", atMost: 40)
      try browser.press(.enter)
      try browser.settle()
      _ = try tab(browser, until: "one.closest('#slices')", atMost: 3)
    }

    /// A slice in full, by keys; back is where it was.
    @Test func aSliceOpensAndCloses() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      try openSlices(browser)
      _ = try tab(browser, until: "one.closest('#slice-scroll')", atMost: 40)
      try browser.press(.down)
      try browser.press(.down)
      try browser.settle()
      let row = try browser.text(
        "return document.activeElement.closest('tr').querySelector('th').textContent")
      let place = try browser.number("return scrollY")
      try browser.press(.enter)
      try browser.settle()
      #expect(try browser.flag("return document.getElementById('slice-panel').open"))
      #expect(try browser.flag("return !!document.activeElement.closest('#slice-panel')"))
      #expect(try browser.text("return document.getElementById('slice-panel').innerText").contains(row))
      #expect(try browser.texts(Script.repeatedIdentifiers) == [])
      try browser.back()
      try browser.settle()
      #expect(try !browser.flag("return document.getElementById('slice-panel').open"))
      #expect(
        try browser.text("return document.activeElement.closest('tr')?.querySelector('th').textContent ?? ''")
          == row)
      #expect(abs(try browser.number("return scrollY") - place) < 80)
      try browser.press(.enter)
      try browser.settle()
      try browser.press(.escape)
      try browser.settle()
      #expect(try !browser.flag("return document.getElementById('slice-panel').open"))
      #expect(try browser.complaints() == [])
    }

    /// The slices by keys alone: to the filter, a word, the table, its heads.
    @Test func slicesAreFilteredAndSorted() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      try openSlices(browser)
      _ = try tab(browser, until: "one.closest('#slice-scroll')", atMost: 40)
      try browser.type("/")
      #expect(try browser.flag("return document.activeElement.id === 'slice-filter'"))
      try browser.type("race=Black")
      try browser.wait("await new Promise((go) => setTimeout(go, 300));")
      let status = try browser.text("return document.getElementById('slice-status').textContent")
      #expect(status.contains(" of "))
      #expect(try browser.text("return location.hash").hasPrefix("#slices?"))
      let strange = try browser.texts(
        """
        return [...document.querySelectorAll('#slice-table tbody th')].map((one) => one.textContent)
          .filter((one) => !one.includes('race=Black'));
        """)
      #expect(strange == [])
      _ = try tab(browser, until: "one.closest('#slice-table thead')", atMost: 14)
      try browser.press(.enter)
      try browser.settle()
      #expect(
        try browser.number("return document.querySelectorAll('#slice-table th[aria-sort$=ending]').length")
          == 1)
      #expect(try browser.flag("return !!document.activeElement.closest('#slice-table thead')"))
    }

    /// What is shown is in the address: the same fragment opens the same view.
    @Test func aFragmentIsAPermanentLink() throws {
      let browser = try BrowserSuite.browser()
      let page = try Pages.sample.get()
      try browser.open(page, fragment: "#slices?q=sex%3DFemale&min=100&sort=-n")
      try browser.settle()
      let view = """
        return JSON.stringify([document.getElementById('slice-filter').value, document.getElementById('slice-minimum').value,
          [...document.querySelectorAll('#slice-table th[aria-sort=descending]')].map((one) => one.textContent),
          [...document.querySelectorAll('#slice-table tbody th')].map((one) => one.textContent)]);
        """
      let first = try browser.text(view)
      #expect(first.contains("\"sex=Female\",\"100\",[\"n\"]"))
      let hash = try browser.text("return location.hash")
      try browser.open(page, fragment: hash)
      try browser.settle()
      #expect(try browser.text(view) == first)
    }

    /// Whatever a fragment holds is data: nothing runs, nothing breaks.
    @Test(arguments: [
      "#slices?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E", "#%",
      "#slices?min=x&sort=-constructor&set=__proto__",
      "#slice-000000000000", "#%E0%A4%A", "#slices?q=%22&sort=", "#constructor",
    ])
    func fragmentsAreData(fragment: String) throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get(), fragment: fragment)
      try browser.settle()
      #expect(try browser.flag("return window.hacked === undefined"))
      #expect(try browser.complaints() == [])
      #expect(!(try browser.text("return document.getElementById('slice-status').textContent")).isEmpty)
    }
  }
}

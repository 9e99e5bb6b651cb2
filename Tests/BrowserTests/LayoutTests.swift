import Foundation
import TestSupport
import Testing

extension BrowserSuite {
  /// Narrow windows, forced colours, less motion, larger text; and pictures to look at.
  @Suite struct LayoutTests {
    /// Nothing is wider than the window but what scrolls by itself (1.4.10).
    @Test(
      arguments: ["sample", "label-free", "nasty", "large", "runs", "measures"] + Pages.tasks,
      [320, 390, 768, 1400])
    func nothingSticksOut(name: String, width: Int) throws {
      let browser = try BrowserSuite.browser(.init(width: width, height: 800))
      try browser.open(try Pages.named(name))
      let wide = try browser.number("return document.scrollingElement.scrollWidth")
      if wide > Double(width) {
        let culprits = try browser.texts(Script.sticksOut)
        Issue.record("\(name) is \(wide) wide in \(width): \(culprits.prefix(5))")
      }
    }

    /// Line, letter and word spacing as WCAG 2.2, 1.4.12 has them, and text at 200 % (1.4.4).
    @Test(arguments: [
      "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }",
      "html { font-size: 200% !important }",
    ])
    func textMayGrow(style: String) throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      try browser.run(
        """
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(arguments[0]);
        document.adoptedStyleSheets.push(sheet);
        """, [style])
      try browser.settle()
      #expect(try browser.number("return document.scrollingElement.scrollWidth") <= 1400)
      #expect(try browser.texts(Script.cutTexts) == [])
    }

    @Test func forcedColoursAndLessMotion() throws {
      let browser = try BrowserSuite.browser(.init(hasForcedColors: true, hasReducedMotion: true))
      try browser.open(try Pages.sample.get())
      #expect(try browser.flag("return matchMedia('(forced-colors: active)').matches"))
      #expect(try browser.flag("return matchMedia('(prefers-reduced-motion: reduce)').matches"))
      try browser.run(Script.useEverything)
      try browser.settle()
      #expect(
        try browser.number(
          "return document.getAnimations().filter((one) => one.effect.getComputedTiming().activeDuration > 10).length"
        )
          == 0)
      let invisible = try browser.texts(
        Script.colours + """
          return [...document.querySelectorAll('figure svg')].flatMap((svg) =>
            // Data, references, limits and axes, by the light theme's colours.
            [...svg.querySelectorAll('[stroke="#0072B2"],[stroke="#595959"],[stroke="#8C2D04"],[stroke="#767676"]')].filter((one) => {
              const style = getComputedStyle(one);
              return style.stroke !== 'none' && contrast(parse(style.stroke), ground(svg)) < 1.5;
            }).map((one) => svg.closest('figure').id + ' ' + one.getAttribute('stroke')));
          """)
      #expect(Set(invisible) == [])
      #expect(try browser.complaints() == [])
    }

    /// Chapters begin with what fits the first screen.
    @Test func theFirstScreenHoldsTheVerdict() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      #expect(
        try browser.flag(
          "const box = document.querySelector('h1').getBoundingClientRect(); return box.top >= 0 && box.bottom < 300"
        ))
    }

    // MARK: Pictures

    /// Pictures of the sample for people to look at, in `Reports/screenshots`, which is no part of the repository.
    @Test func picturesAreKept() throws {
      let folder = SharedData.root.appending(path: "Reports/screenshots")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let page = try Pages.sample.get()
      for (name, circumstances) in [
        ("wide", Browser.Circumstances()), ("narrow", .init(width: 390, height: 844)),
        ("wide-dark", .init(theme: .dark)), ("narrow-dark", .init(width: 390, height: 844, theme: .dark)),
      ] {
        let browser = try BrowserSuite.browser(circumstances)
        try browser.open(page)
        try browser.settle()
        try keep(try browser.screenshot(), folder.appending(path: "\(name).png"))
        try keep(try browser.wholePage(), folder.appending(path: "\(name)-whole.png"))
      }
      let browser = try BrowserSuite.browser()
      try browser.open(page)
      let paper = folder.appending(path: "print.pdf")
      try keep(try browser.print(), paper)
    }

    private func keep(_ picture: Data, _ file: URL) throws {
      #expect(picture.count > 10_000, "\(file.lastPathComponent) is empty")
      try picture.write(to: file)
    }
  }
}

import Foundation
import Testing

extension BrowserSuite {
  /// REPORT.md §7 (4) and (15): axe-core, WCAG 2.2 AA and best practice, and contrast computed where axe cannot decide.
  @Suite struct AccessibilityTests {
    /// Where `Scripts/fetch-axe` put it; nil where it was not fetched.
    static let axe: String? = ProcessInfo.processInfo.environment["FAIRSLICE_AXE"]
      .flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }

    @Test(
      .enabled(if: axe != nil || Driver.isRequired, "needs axe.min.js, see Scripts/fetch-axe"),
      arguments: ["sample", "label-free", "nasty", "runs", "measures"] + Pages.tasks, Browser.Theme.allCases)
    func axeFindsNothing(name: String, theme: Browser.Theme) throws {
      let axe = try #require(Self.axe, "FAIRSLICE_AXE names no file that can be read")
      let browser = try BrowserSuite.browser(.init(theme: theme))
      try browser.open(try Pages.named(name))
      try browser.run(axe)
      let answer = try browser.wait(Self.run) as? [String: Any]
      let violations = try #require(answer?["violations"] as? [String])
      #expect(violations == [], "\(name), \(theme)")
      #expect(try #require(answer?["passes"] as? Int) > 25)
      // Contrast is computed below.
      let open = try #require(answer?["incomplete"] as? [String]).filter { !$0.hasPrefix("color-contrast") }
      #expect(open == [], "\(name), \(theme): axe could not decide")
    }

    private static let run = """
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, preload: false,
        resultTypes: ['violations', 'incomplete'] });
      const say = (list) => list.flatMap((rule) => rule.nodes.slice(0, 6).map((node) =>
        `${rule.id} (${rule.nodes.length}): ${node.target.join(' ')}: ${node.html.slice(0, 160)}`));
      return { violations: say(found.violations), incomplete: say(found.incomplete), passes: found.passes.length };
      """

    /// Every text of the page against what lies behind it: 4.5 : 1, large text 3 : 1 (WCAG 2.2, 1.4.3).
    @Test(
      arguments: ["sample", "label-free", "nasty", "runs", "measures"] + Pages.tasks, Browser.Theme.allCases)
    func textStandsOut(name: String, theme: Browser.Theme) throws {
      let browser = try BrowserSuite.browser(.init(theme: theme))
      try browser.open(try Pages.named(name))
      let pale = try browser.texts(Script.paleTexts)
      #expect(pale == [], "\(name), \(theme)")
    }

    /// What has the focus is marked (2.4.7) and stands out from its ground, 3 : 1 (1.4.11).
    @Test(arguments: Browser.Theme.allCases)
    func focusIsSeen(theme: Browser.Theme) throws {
      let browser = try BrowserSuite.browser(.init(theme: theme))
      try browser.open(try Pages.sample.get())
      var kinds: Set<String> = []
      for _ in 0..<60 {
        try browser.press(.tab)
        let seen = try browser.text(
          Script.colours + """
            const one = document.activeElement;
            const style = getComputedStyle(one);
            const kind = one.tagName + '.' + (one.getAttribute('class') || '');
            const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            const ratio = contrast(parse(style.outlineColor), ground(one.parentElement));
            return `${kind} ${isMarked ? '' : 'unmarked'} ${ratio < 3 ? 'pale ' + ratio : ''}`.trim();
            """)
        kinds.insert(seen)
      }
      #expect(kinds.filter { $0.contains("unmarked") || $0.contains("pale") } == [])
      #expect(kinds.count > 2)
    }

    /// Controls are at least 24 × 24 CSS pixels, but for links in running text (2.5.8).
    @Test func targetsAreLargeEnough() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      let small = try browser.texts(
        Script.isVisible + """
          return [...document.querySelectorAll('button,input,select,summary,nav a')].filter(seen).filter((one) => {
            const label = one.closest('label');
            const box = (label || one).getBoundingClientRect();
            return box.width < 24 || box.height < 24;
          }).map((one) => `${one.outerHTML.slice(0, 100)} ${one.getBoundingClientRect().height}`);
          """)
      #expect(small == [])
    }
  }
}

import Foundation
import Report
import Results
import Templating
import Testing

extension BrowserSuite {
  /// Pages of tasks that are not binary, as a reviewer uses them.
  @Suite struct TasksTests {
    private static func evaluation(_ page: URL) throws -> (evaluation: Evaluation, json: Data) {
      let file = page.deletingLastPathComponent().appending(path: "evaluation.json")
      let json = try Data(contentsOf: file)
      return (try Evaluation(json: json, name: "evaluation.json"), json)
    }

    /// Tables of charts show the page model's words, and the numbers behind those are stored ones.
    @Test(arguments: Pages.tasks) func tablesHoldStoredNumbers(task: String) throws {
      let page = try Pages.named(task)
      let (evaluation, json) = try Self.evaluation(page)
      let stored = try StoredNumbers(evaluation, json: json)
      #expect(try NumbersTests.checkTables(page, evaluation, stored) > 60)
    }

    /// Every number in the table of slices, of every metric, is the stored one to its last digit.
    @Test(arguments: Pages.tasks) func slicesShowStoredNumbers(task: String) throws {
      let page = try Pages.named(task)
      let evaluation = try Self.evaluation(page).evaluation
      let browser = try BrowserSuite.browser(.init(width: 1400, height: 2400))
      try browser.open(page)
      let answer = try browser.wait(
        """
        const set = document.getElementById('slice-set');
        set.selectedIndex = set.options.length - 1;
        set.dispatchEvent(new Event('change', { bubbles: true }));
        await new Promise((go) => setTimeout(go, 300));
        const table = document.getElementById('slice-table');
        const head = [...table.querySelectorAll('thead button')].map((one) => one.title);
        const rows = [...table.querySelectorAll('tbody tr:not(.pad)')].map((row) =>
          [row.querySelector('a').title, ...[...row.cells].slice(1).map((one) => one.textContent)]);
        return [head, ...rows];
        """)
      let lines = try #require(answer as? [[String]])
      #expect(lines.count > 6)
      var checked = 0
      for row in lines.dropFirst() {
        let slice = try #require(evaluation.slices.predicate.firstIndex(of: row[0]), "\(row[0])")
        for (title, text) in zip(lines[0], row).dropFirst() {
          guard let metric = Self.metric(title, evaluation) else { continue }
          checked += 1
          let stored = evaluation.estimates[metric][slice].value
          #expect(Self.says(text, stored), "\(row[0]), \(title): \(text) is \(String(describing: stored))")
        }
      }
      #expect(checked > 5 * 12)
      #expect(try browser.complaints() == [])
    }

    /// The metric that a head's tooltip begins with.
    private static func metric(_ title: String, _ evaluation: Evaluation) -> Int? {
      evaluation.metrics.indices.filter { place in
        let name = evaluation.metrics[place].name
        return title == name || title.hasPrefix(name + "\n")
      }.max { evaluation.metrics[$0].name.count < evaluation.metrics[$1].name.count }
    }

    /// Whether a cell's first line is a number to its last digit.
    private static func says(_ text: String, _ stored: Double?) -> Bool {
      let first = text.split(separator: "\n").first.map(String.init) ?? text
      guard let stored, stored.isFinite else { return first == "—" || first.hasSuffix("∞") }
      guard let shown = Double(first.replacing(",", with: "").replacing("−", with: "-")) else { return false }
      let decimals = first.split(separator: ".").dropFirst().first?.count ?? 0
      return abs(shown - stored) <= max(0.501 * pow(10, -Double(decimals)), 6e-4 * abs(stored))
    }

    /// A slice in full, by keys: nothing in it is a riddle, and the page comes back where it was.
    @Test(arguments: Pages.tasks) func aSliceOpensAndCloses(task: String) throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.named(task))
      try browser.run("document.getElementById('slice-scroll').focus();")
      try browser.press(.down)
      try browser.press(.down)
      try browser.settle()
      let row = try browser.text(
        "return document.activeElement.closest('tr').querySelector('th').textContent")
      try browser.press(.enter)
      try browser.settle()
      #expect(try browser.flag("return document.getElementById('slice-panel').open"))
      let panel = try browser.text("return document.getElementById('slice-panel').innerText")
      #expect(panel.contains(row) && panel.contains("Every metric") && panel.contains("gap to all rows"))
      for riddle in ["not known", "rows outside", "undefined", "NaN", "label positive"] {
        #expect(!panel.contains(riddle), "\(riddle)")
      }
      try browser.press(.escape)
      try browser.settle()
      #expect(try !browser.flag("return document.getElementById('slice-panel').open"))
      #expect(
        try browser.text("return document.activeElement.closest('tr')?.querySelector('th').textContent ?? ''")
          == row)
      try browser.type("pc")
      try browser.settle()
      let pinned = try browser.text("return document.getElementById('slice-panel').innerText")
      #expect(pinned.contains("Pinned slices, all rows") && !pinned.contains("not known"))
      #expect(try browser.texts(Script.repeatedIdentifiers) == [])
      #expect(try browser.complaints() == [])
    }

    @Test(arguments: Pages.tasks) func withoutScriptsTheFindingsAreThere(task: String) throws {
      var circumstances = Browser.Circumstances()
      circumstances.hasScript = false
      let browser = try BrowserSuite.browser(circumstances)
      defer { try? browser.set(.init()) }
      try browser.open(try Pages.named(task))
      #expect(try browser.flag("return document.getElementById('slice-tools').hidden"))
      let hidden = try browser.texts(
        Script.isVisible + """
          return [...document.querySelectorAll(
            'h1,.facts dd,.tiles dd,#classes tbody tr,figure:not(details *) svg.chart,figcaption:not(details *),#slices tbody tr')]
            .filter((one) => !seen(one)).map((one) => one.outerHTML.slice(0, 120));
          """)
      #expect(hidden == [])
      #expect(try browser.number("return document.querySelectorAll('figure svg.chart').length") >= 8)
      #expect(try browser.complaints() == [])
    }

    /// A row of the table of classes names its class or average.
    @Test(arguments: ["multiclass", "multilabel"]) func noRowIsEmpty(task: String) throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.named(task))
      let rows = try browser.texts(
        "return [...document.querySelectorAll('#classes tbody tr')].map((one) => `${one.cells.length} ${one.cells[0].textContent.trim()}`)"
      )
      #expect(rows.count > 4)
      let width = try #require(rows.first?.split(separator: " ").first)
      for row in rows {
        let parts = row.split(separator: " ", maxSplits: 1)
        #expect(parts.count == 2 && parts[0] == width, "\(row)")
      }
    }

    /// Numbers beyond a million are told in full.
    @Test func largeNumbersAreReadable() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.regression.get())
      let tile = try browser.text("return document.querySelector('.tiles dd').textContent")
      #expect(tile.contains(#/^1,\d{3},\d{3}/#), "\(tile)")
    }
  }
}

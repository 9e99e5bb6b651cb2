import Foundation
import Results
import Testing

extension BrowserSuite {
  /// The page of all runs, `fairslice index`.
  @Suite struct RunsTests {
    private func evaluation(_ number: Int) throws -> Evaluation {
      let file = try Pages.runs.get().deletingLastPathComponent()
        .appending(path: "run-\(number)/evaluation.json")
      return try Evaluation(json: try Data(contentsOf: file), name: "evaluation.json")
    }

    /// A value and its interval as pages write them.
    private func words(_ estimate: Estimate?) throws -> String {
      let estimate = try #require(estimate)
      let value = DecisionLabTests.threeDigits(try #require(estimate.value))
      guard let lower = estimate.lower, let upper = estimate.upper else { return value }
      return "\(value) [\(DecisionLabTests.threeDigits(lower)), \(DecisionLabTests.threeDigits(upper))]"
    }

    @Test func runsAreListedWithTheirVerdicts() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.runs.get())
      #expect(try browser.text("return document.querySelector('h1').innerText").contains("FAIL"))
      let rows = try browser.run(
        """
        return [...document.querySelectorAll('#run-table tbody tr')].map((row) =>
          [row.id, row.querySelector('th > bdi, th > a').textContent, row.cells[1].innerText.split(' ').at(-1), row.cells[7].textContent]);
        """)
      let listed = try #require(rows as? [[String]])
      #expect(listed.map { $0[0] } == ["run-4", "run-3", "run-2", "run-1"])
      #expect(listed.map { $0[2] } == Pages.verdicts.reversed())
      #expect(listed.map { $0[3] } == ["3,000", "2,000", "3,000", "3,000"])
      // A label is data.
      #expect(listed[0][1].contains("all <b>welcome</b>"))
      #expect(try browser.number("return document.querySelectorAll('b b, bdi b').length") == 0)
      // What is new in a run: other data in the third, and the old ones again.
      let news = try browser.texts(
        "return [...document.querySelectorAll('#run-table tbody .new')].map((one) => one.closest('tr').id);")
      #expect(news == ["run-4", "run-3"])
      #expect(try browser.complaints() == [])
    }

    @Test func theListIsFiltered() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.runs.get())
      let shown = "return [...document.querySelectorAll('#run-table tbody tr')].map((row) => row.id);"
      try browser.type("/")
      #expect(try browser.flag("return document.activeElement.id === 'run-filter'"))
      try browser.type("pass -fewer")
      #expect(try browser.texts(shown) == ["run-2"])
      #expect(try browser.text("return document.getElementById('run-status').textContent") == "1 of 4 runs")
      try browser.run(
        """
        const field = document.getElementById('run-filter');
        field.value = '';
        field.dispatchEvent(new Event('input'));
        const list = document.getElementById('run-verdict');
        list.value = 'FAIL';
        list.dispatchEvent(new Event('change'));
        """)
      #expect(try browser.texts(shown) == ["run-4", "run-1"])
    }

    /// A line for each check, its last point the newest run's number.
    @Test func trendsHoldTheRunsNumbers() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.runs.get())
      try browser.unfold()
      let tables = try browser.run(
        """
        return [...document.querySelectorAll('figure[id^=trend],figure[id^=gaps]')].map((figure) =>
          [figure.querySelector('h4').textContent, ...[...figure.querySelectorAll('tbody tr')].flatMap((row) =>
            [...row.cells].map((one) => one.textContent.trim()))]);
        """)
      let figures = try #require(tables as? [[String]])
      #expect(figures.count >= 3)
      let accuracy = try #require(figures.first { $0[0].lowercased().contains("accuracy") })
      for number in 1...4 {
        let value = try words(try evaluation(number).estimate("accuracy", slice: 0))
        #expect(accuracy.contains { $0.hasPrefix(value.prefix(5)) }, "run \(number): \(accuracy)")
      }
    }

    /// Two runs, chosen by the buttons of the list; the address keeps them and the back button undoes.
    @Test func twoRunsAreCompared() throws {
      let browser = try BrowserSuite.browser()
      let page = try Pages.runs.get()
      try browser.open(page)
      try browser.run(
        """
        document.querySelector('#run-1 button[data-side="0"]').focus();
        """)
      try browser.press(.enter)
      try browser.settle()
      try browser.run("document.querySelector('#run-2 button[data-side=\"1\"]').click();")
      try browser.settle()
      try expectComparison(browser, 1, 2)
      let address = try browser.text("return location.hash")
      #expect(address == "#a=1&b=2")
      try browser.back()
      try browser.settle()
      try expectComparison(browser, 1, 4)

      try browser.open(page, fragment: address)
      try browser.settle()
      try expectComparison(browser, 1, 2)
      #expect(
        try browser.texts("return [...document.querySelectorAll('tr.chosen')].map((one) => one.id);")
          == ["run-2", "run-1"])
      try browser.run("document.getElementById('compare-swap').click();")
      try browser.settle()
      try expectComparison(browser, 2, 1)
      // What is not there is said.
      try browser.run("location.hash = '#a=9&b=1';")
      try browser.settle()
      #expect(
        try browser.text("return document.getElementById('compare-status').textContent")
          == "There is no run 9 in this list.")
      #expect(try browser.complaints() == [])
    }

    /// The table of metrics has the two evaluations' numbers.
    private func expectComparison(_ browser: Browser, _ a: Int, _ b: Int) throws {
      let rows = try browser.run(
        """
        return [...document.querySelectorAll('#compare-metrics tbody tr')].map((row) =>
          [row.cells[0].textContent, row.cells[1].textContent, row.cells[2].textContent]);
        """)
      let evaluations = try [a, b].map(evaluation)
      let table = try #require(rows as? [[String]])
      for (name, metric) in [
        ("Accuracy", "accuracy"), ("Selection rate", "selection_rate"), ("ROC AUC", "roc_auc"),
      ] {
        let row = try #require(table.first { $0[0] == name })
        #expect(row[1] == (try words(evaluations[0].estimate(metric, slice: 0))), "\(name) of run \(a)")
        #expect(row[2] == (try words(evaluations[1].estimate(metric, slice: 0))), "\(name) of run \(b)")
      }
    }

    /// Without scripts the runs, the newest comparison and the trends are there.
    @Test func withoutScripts() throws {
      var circumstances = Browser.Circumstances()
      circumstances.hasScript = false
      let browser = try BrowserSuite.browser(circumstances)
      defer { try? browser.set(.init()) }
      try browser.open(try Pages.runs.get())
      #expect(try browser.number("return document.querySelectorAll('#run-table tbody tr').length") == 4)
      #expect(try browser.text("return document.body.innerText").contains("From #3"))
      #expect(try browser.flag("return document.getElementById('compare-tools').hidden"))
      #expect(try browser.number("return document.querySelectorAll('figure svg.chart').length") >= 3)
    }
  }
}

import Foundation
import Results
import Testing

extension BrowserSuite {
  /// Up to four slices are pinned and stand side by side, beside the rows outside each, and all rows.
  @Suite struct PinTests {
    private func status(_ browser: Browser) throws -> String {
      try browser.text("return document.getElementById('slice-status').textContent")
    }

    private func isOpen(_ browser: Browser) throws -> Bool {
      try browser.flag("return document.getElementById('slice-panel').open")
    }

    /// Names of the pinned rows in the list.
    private static let pinned = """
      return [...document.querySelectorAll('#slice-table tr.pinned th a')].map((one) => one.textContent);
      """

    /// The comparison: heads of its columns, then its rows, each number without its interval.
    private static let sheet = """
      const table = document.querySelector('#slice-panel-body table');
      return [...table.rows].map((row) => [...row.cells].map((one) => one.textContent.split('\\n')[0].trim()));
      """

    private func pinFour(_ browser: Browser) throws -> [String] {
      try browser.run("document.querySelector('#slice-table tbody a').focus();")
      for turn in 0..<4 {
        try browser.type("p")
        #expect(try status(browser) == "\(turn + 1) pinned")
        try browser.press(.down)
      }
      return try browser.texts(Self.pinned)
    }

    @Test func theFifthIsRefused() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      #expect(try browser.flag("return document.getElementById('slice-compare').disabled"))
      let four = try pinFour(browser)
      #expect(four.count == 4 && Set(four).count == 4)
      try browser.type("p")
      #expect(try status(browser) == "Four slices are pinned already")
      #expect(try browser.texts(Self.pinned) == four)
      // One goes, another one comes.
      try browser.press(.up)
      try browser.type("p")
      #expect(try browser.texts(Self.pinned) == four.dropLast())
      for _ in 0..<2 { try browser.press(.down) }
      try browser.type("p")
      #expect(try browser.texts(Self.pinned).count == 4)
      #expect(
        try browser.text("return document.getElementById('slice-compare').textContent") == "Compare 4 pinned")
      #expect(try browser.complaints() == [])
    }

    @Test func theAddressAndTheBackButton() throws {
      let browser = try BrowserSuite.browser()
      let page = try Pages.sample.get()
      try browser.open(page)
      let four = try pinFour(browser)
      let list = try browser.text("return location.hash")
      #expect(list.contains("pin="))
      try browser.type("c")
      try browser.settle()
      #expect(try isOpen(browser))
      let address = try browser.text("return location.hash")
      let sheet = try browser.run(Self.sheet) as? [[String]]
      #expect(sheet?.first?.filter { $0 != "rows outside" && !$0.isEmpty } == four + ["overall"])
      try browser.back()
      try browser.settle()
      #expect(try !isOpen(browser))
      #expect(try browser.text("return location.hash") == list)
      #expect(try browser.texts(Self.pinned) == four)

      try browser.open(page, fragment: address)
      try browser.settle()
      #expect(try isOpen(browser))
      #expect(try browser.run(Self.sheet) as? [[String]] == sheet)
      try browser.press(.escape)
      try browser.settle()
      #expect(try browser.texts(Self.pinned) == four)
      // Unpinned, the comparison has nothing to show.
      try browser.type("c")
      try browser.settle()
      try browser.run("document.getElementById('slice-pin').click();")
      try browser.settle()
      #expect(try browser.texts(Self.pinned) == [] && !isOpen(browser))
      #expect(try browser.flag("return document.getElementById('slice-compare').disabled"))
      #expect(try browser.complaints() == [])
    }

    /// The pinned, the rows outside each, and all rows, from the stored counts by arithmetic of this test.
    @Test(arguments: ["sample", "small"])
    func numbersAreThoseOfTheCounts(name: String) throws {
      let page = try Pages.named(name)
      let file = page.deletingLastPathComponent().appending(path: "evaluation.json")
      let evaluation = try Evaluation(json: try Data(contentsOf: file), name: "evaluation.json")
      let slices = evaluation.slices
      let browser = try BrowserSuite.browser()
      try browser.open(page)
      _ = try pinFour(browser)
      try browser.type("c")
      try browser.settle()
      let sheet = try #require(try browser.run(Self.sheet) as? [[String]])
      // By column: rows, and their weights by outcome.
      func counts(_ slice: Int) -> [Double] {
        let rows = [
          slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
          slices.trueNegatives[slice],
        ].map(Double.init)
        return [rows.reduce(0, +)]
          + (slices.cellWeights.isEmpty ? rows : Array(slices.cellWeights[4 * slice..<4 * slice + 4]))
      }
      var columns: [[Double]] = []
      for head in sheet[0].dropFirst() {
        if head == "rows outside" {
          columns.append(zip(counts(0), columns[columns.count - 1]).map { $0 - $1 })
        } else {
          columns.append(counts(try #require(slices.predicate.firstIndex(of: head))))
        }
      }
      #expect(columns.count == 9)
      func row(_ name: String) throws -> [String] {
        Array(try #require(sheet.first { $0[0].hasPrefix(name) }).dropFirst())
      }
      #expect(
        try row("Rows").map { Double($0.replacing(",", with: "")) } == columns.map { $0[0] })
      let rates: [(String, [Int], [Int])] = [
        ("Selection rate", [1, 2], [1, 2, 3, 4]), ("True positive rate", [1], [1, 3]),
        ("False positive rate", [2], [2, 4]), ("Precision", [1], [1, 2]),
        ("Accuracy", [1, 4], [1, 2, 3, 4]),
      ]
      for (name, part, whole) in rates {
        for (text, column) in zip(try row(name), columns) {
          let total = whole.reduce(0) { $0 + column[$1] }
          guard total > 0 else {
            #expect(text.hasPrefix("—"), "\(name)")
            continue
          }
          // The page keeps weights in 31 bits.
          let value = part.reduce(0) { $0 + column[$1] } / total
          let found = try #require(Double(text), "\(name): \(text)")
          #expect(abs(found - value) <= 0.000_501, "\(name)")
        }
      }
    }
  }
}

import Foundation
import Report
import Results
import Templating
import Testing

extension BrowserSuite {
  /// REPORT.md §7 (12): a number in a chart is the number in its table, and that is the number in `evaluation.json`.
  @Suite struct NumbersTests {
    /// What every mark says is in the table of its figure, in a row that it names.
    @Test(arguments: ["sample", "label-free"] + Pages.tasks)
    func marksSayWhatTablesSay(name: String) throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.named(name))
      try browser.unfold()
      let found = try #require(try browser.run(Self.marksAgainstTables) as? [String: Any])
      #expect(found["strange"] as? [String] == [])
      #expect(try #require(found["count"] as? Int) > (name == "sample" ? 150 : 15))
    }

    private static let marksAgainstTables = """
      const bare = (text) => text.replace(/\\+/g, '').replace(/(\\d) %/g, '$1%').trim();
      const strange = [];
      let count = 0;
      for (const figure of document.querySelectorAll('figure')) {
        const rows = [...figure.querySelectorAll('tbody tr')].map((row) =>
          ({ name: row.cells[0].textContent, cells: [...row.cells].slice(1).map((one) => bare(one.textContent)) }));
        const named = (label, row) => row.name && (label.textContent.length > 1 || row.name === label.textContent)
          && row.name.startsWith(label.textContent.replace(/ ?…$/, ''));
        const labels = [...figure.querySelectorAll('svg.chart text')].filter((one) =>
          rows.some((row) => named(one, row)));
        for (const title of figure.querySelectorAll('svg.chart title')) {
          const said = title.textContent.match(/^(.*?[:,] )?([−+]?[\\d.]+(?:×10[⁻⁰-⁹¹²³]+)? \\[[^\\]]*\\])/s);
          if (title.id || !said) continue;
          count++;
          // A mark names its row, or stands in it.
          const box = title.parentElement.getBoundingClientRect();
          const middle = box.top + box.height / 2;
          const beside = labels.filter((one) => {
            const own = one.getBoundingClientRect();
            return own.top - 2 <= middle && middle <= own.bottom + 2;
          });
          const own = rows.filter((row) => said[1]?.includes(row.name) || beside.some((one) => named(one, row)));
          const cells = own.flatMap((row) => row.cells);
          if (!cells.some((cell) => cell.startsWith(bare(said[2])))) strange.push(`${figure.id}: ${title.textContent}`);
        }
      }
      return { strange, count };
      """

    /// Dots, squares and intervals lie where the axis below them has their numbers.
    @Test func marksLieWhereTheyShould() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      try browser.unfold()
      let found = try #require(try browser.run(Script.marksAgainstAxes, [0]) as? [String: Any])
      #expect(found["strange"] as? [String] == [])
      #expect(try #require(found["charts"] as? Int) > 15)
      #expect(try #require(found["marks"] as? Int) > 400)
      #expect(try #require(found["intervals"] as? Int) > 400)
      // The measurement sees what it is to see.
      let moved = try browser.run(Script.marksAgainstAxes, [1]) as? [String: Any]
      #expect((moved?["strange"] as? [String])?.count == 1)
    }

    /// Tables show the page model's words, and the numbers behind those are stored ones, digit for digit.
    @Test func tablesHoldStoredNumbers() throws {
      let page = try Pages.sample.get()
      let bytes = try Data(contentsOf: page.deletingLastPathComponent().appending(path: "evaluation.json"))
      let evaluation = try Evaluation(json: bytes, name: "evaluation.json")
      let stored = try StoredNumbers(evaluation, json: bytes)
      #expect(try Self.checkTables(page, evaluation, stored) > 1000)
      // A number in its fourth digit another one is none of them.
      #expect(!stored.contains(0.5 + 0.000_123_456_7) && stored.contains(evaluation.estimates[0].value[0]))
    }

    /// Holds the tables of all figures against the page model and the stored numbers; how many numbers there were.
    static func checkTables(
      _ page: URL, _ evaluation: Evaluation, _ stored: StoredNumbers
    ) throws -> Int {
      let model = try JSONSerialization.jsonObject(
        with: Data(ReportWriter.pageModel(evaluation).json(indented: false).utf8))
      let browser = try BrowserSuite.browser()
      try browser.open(page)
      try browser.unfold()
      var (checked, unknown) = (0, [String]())
      for figure in Self.figures(model) {
        let id = try #require(figure["id"] as? String)
        let rows = (figure["table"] as? [String: Any])?["rows"] as? [[String: Any]] ?? []
        let cells = rows.map { ($0["cells"] as? [[String: Any]] ?? []) }
        let shown = try browser.run(
          "return [...document.getElementById(arguments[0]).querySelectorAll('tbody tr')].map((row) => "
            + "[...row.cells].slice(1).map((one) => one.textContent.trim()))", [id])
        #expect(
          shown as? [[String]]
            == cells.map { $0.compactMap { ($0["text"] as? String)?.trimmingCharacters(in: .whitespaces) } },
          "\(id)")
        for cell in cells.joined() {
          guard let raw = (cell["raw"] as? NSNumber)?.doubleValue else { continue }
          checked += 1
          if !stored.contains(raw) { unknown.append("\(id): \(cell["text"] ?? "") \(raw)") }
        }
      }
      #expect(unknown.isEmpty, "\(unknown.count) are nowhere in evaluation.json: \(unknown.prefix(12))")
      return checked
    }

    private static func figures(_ value: Any) -> [[String: Any]] {
      if let list = value as? [Any] { return list.flatMap(figures) }
      guard let object = value as? [String: Any] else { return [] }
      if object["svg"] != nil, object["table"] != nil { return [object] }
      return object.keys.sorted().compactMap { object[$0] }.flatMap(figures)
    }
  }
}

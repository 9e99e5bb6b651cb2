import Foundation
import Report
import Results
import Templating
import Testing

extension BrowserSuite {
  /// REPORT.md §7 (12): a number in a chart is the number in its table, and that is the number in `evaluation.json`.
  @Suite struct NumbersTests {
    /// What every mark says is in the table of its figure, in a row that it names.
    @Test(arguments: ["sample", "label-free"])
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
        for (const title of figure.querySelectorAll('svg.chart title')) {
          if (title.id) continue;
          const said = title.textContent.match(/^(.*?)[:,] ([−+]?[\\d.]+ \\[[^\\]]*\\])/s);
          if (!said) continue;
          count++;
          const cells = rows.filter((row) => said[1].includes(row.name)).flatMap((row) => row.cells);
          if (!cells.some((cell) => cell.startsWith(bare(said[2])))) strange.push(`${figure.id}: ${title.textContent}`);
        }
      }
      return { strange, count };
      """

    /// Dots, squares and intervals lie where the axis below them has their numbers.
    @Test func marksLieWhereTheyShould() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.sample.get())
      let found = try #require(try browser.run(Self.marksAgainstAxes) as? [String: Any])
      #expect(found["strange"] as? [String] == [])
      #expect(try #require(found["marks"] as? Int) > 50)
      #expect(try #require(found["intervals"] as? Int) > 50)
    }

    /// Panels are told apart by their headings' places; a heading begins where its panel does.
    private static let marksAgainstAxes = """
      const raised = '⁻⁰¹²³⁴⁵⁶⁷⁸⁹';
      const number = (text) => Number(text.replace('+', '').replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power) =>
        'e' + [...power].map((one) => '-0123456789'[raised.indexOf(one)]).join('')).replace('−', '-'));
      const strange = [];
      let marks = 0;
      let intervals = 0;
      for (const svg of document.querySelectorAll('figure[id^=fig-dot-] svg,figure[id^=fig-difference-] svg')) {
        const id = svg.closest('figure').id;
        const texts = [...svg.querySelectorAll('text')].map((one) =>
          ({ x: Number(one.getAttribute('x')), y: Number(one.getAttribute('y')), text: one.textContent }));
        const digits = texts.filter((one) => /^[−+]?[\\d.]+$/.test(one.text));
        const onLine = (y) => digits.filter((one) => one.y === y).length;
        const line = digits.reduce((best, one) => onLine(one.y) > onLine(best) ? one.y : best, digits[0]?.y);
        const ticks = digits.filter((one) => one.y === line);
        const said = [...svg.querySelectorAll('title')].filter((one) => !one.id).map((one) => {
          const parts = one.textContent.match(/, ([^,:]+): ([−+]?[\\d.]+(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)(?: \\[([−+]?[\\d.]+), ([−+]?[\\d.]+)\\])?/);
          return parts && { mark: one.parentElement, metric: parts[1], value: number(parts[2]),
            lower: parts[3] && number(parts[3]), upper: parts[4] && number(parts[4]), text: one.textContent };
        }).filter(Boolean);
        const heads = [...new Set(said.map((one) => one.metric))]
          .map((metric) => texts.find((one) => one.text.startsWith(metric))).filter(Boolean).sort((a, b) => a.x - b.x);
        for (const one of said) {
          const place = heads.findIndex((head) => head.text.startsWith(one.metric));
          const own = ticks.filter((tick) => tick.x > (heads[place]?.x ?? 0) - 3
            && tick.x < (heads[place + 1]?.x ?? 9999) - 3);
          if (own.length < 2) { strange.push(`${id}: no axis for ${one.text}`); continue; }
          const [a, b] = [own[0], own[own.length - 1]];
          const scale = (b.x - a.x) / (number(b.text) - number(a.text));
          const at = (value) => a.x + (value - number(a.text)) * scale;
          const slack = Math.abs(scale) * 0.00051 + 0.35;
          const box = one.mark.getBBox();
          // An interval that leaves its panel says the same as the mark on it.
          if (box.width > 16 && said.some((two) => two.text === one.text && two.mark.getBBox().width <= 16)) continue;
          marks++;
          if (Math.abs(box.x + box.width / 2 - at(one.value)) > slack) {
            strange.push(`${id}: ${one.text} lies at ${box.x + box.width / 2}, not ${at(one.value)}`);
          }
          const stroke = one.mark.previousElementSibling?.getAttribute('d')?.match(/^M([-\\d.]+) [-\\d.]+h([-\\d.]+)/);
          if (!stroke || one.lower === undefined) continue;
          intervals++;
          const [left, right] = [Number(stroke[1]), Number(stroke[1]) + Number(stroke[2])];
          const edge = [at(number(a.text)), at(number(b.text))];
          const fits = (x, value) => Math.abs(x - at(value)) <= slack + 0.1 || at(value) < edge[0] || at(value) > edge[1];
          if (!fits(left, one.lower) || !fits(right, one.upper)) {
            strange.push(`${id}: the interval of ${one.text} is drawn from ${left} to ${right}`);
          }
        }
      }
      return { strange, marks, intervals };
      """

    /// Tables show the page model's words, and the numbers behind those are stored ones, digit for digit.
    @Test func tablesHoldStoredNumbers() throws {
      let page = try Pages.sample.get()
      let file = page.deletingLastPathComponent().appending(path: "evaluation.json")
      let bytes = try Data(contentsOf: file)
      let evaluation = try Evaluation(json: bytes, name: "evaluation.json")
      let model = try JSONSerialization.jsonObject(
        with: Data(ReportWriter.pageModel(evaluation).json(indented: false).utf8))
      var stored: Set<Double> = []
      Self.collect(try JSONSerialization.jsonObject(with: bytes), into: &stored)
      // What follows from two stored numbers: the mean of a calibration bin, and a change.
      if let bins = evaluation.calibration {
        for (sum, weight) in zip(bins.scoreSum + bins.positiveSum, bins.weight + bins.weight) where weight > 0
        {
          stored.insert(sum / weight)
        }
      }
      for (entry, column) in zip(evaluation.metrics, evaluation.estimates) {
        let before = evaluation.paired?[entry.id]?.baseline ?? []
        for (value, former) in zip(column.value, before) { stored.insert(value - former) }
      }

      let browser = try BrowserSuite.browser()
      try browser.open(page)
      try browser.unfold()
      var checked = 0
      var unknown: [String] = []
      for figure in Self.figures(model) {
        let id = try #require(figure["id"] as? String)
        let rows = (figure["table"] as? [String: Any])?["rows"] as? [[String: Any]] ?? []
        let cells = rows.map { ($0["cells"] as? [[String: Any]] ?? []) }
        let shown = try browser.run(
          "return [...document.getElementById(arguments[0]).querySelectorAll('tbody tr')].map((row) => "
            + "[...row.cells].slice(1).map((one) => one.textContent))", [id])
        #expect(shown as? [[String]] == cells.map { $0.compactMap { $0["text"] as? String } }, "\(id)")
        for cell in cells.joined() {
          guard let raw = (cell["raw"] as? NSNumber)?.doubleValue else { continue }
          checked += 1
          if !stored.contains(raw) { unknown.append("\(id): \(cell["text"] ?? "") \(raw)") }
        }
      }
      #expect(unknown.isEmpty, "\(unknown.count) are nowhere in evaluation.json: \(unknown.prefix(12))")
      #expect(checked > 1000)
    }

    private static func figures(_ value: Any) -> [[String: Any]] {
      if let list = value as? [Any] { return list.flatMap(figures) }
      guard let object = value as? [String: Any] else { return [] }
      if object["svg"] != nil, object["table"] != nil { return [object] }
      return object.keys.sorted().compactMap { object[$0] }.flatMap(figures)
    }

    private static func collect(_ value: Any, into numbers: inout Set<Double>) {
      switch value {
      case let list as [Any]: for one in list { collect(one, into: &numbers) }
      case let object as [String: Any]: for one in object.values { collect(one, into: &numbers) }
      case let number as NSNumber: numbers.insert(number.doubleValue)
      default: break
      }
    }
  }
}

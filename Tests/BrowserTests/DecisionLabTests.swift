import Foundation
import Results
import Testing

extension BrowserSuite {
  /// The decision lab: what its sliders show is what the engine says of the same rows at these thresholds.
  @Suite struct DecisionLabTests {
    private static let metrics = [
      "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    ]

    /// What the tables hold: thresholds of the sliders, values by group and metric, gaps by name.
    private struct Reading {
      var thresholds: [Double]
      var values: [String: [String: Double?]]
      var gaps: [String: [Double?]]
      var status: String
    }

    private static let state = """
      const known = (td) => td.dataset.value === '' ? null : Number(td.dataset.value);
      const shown = (td) => td.textContent;
      const t = JSON.parse(document.getElementById('lab-data').textContent).t;
      const rows = [...document.querySelectorAll('#lab-groups tbody tr')];
      const gaps = [...document.querySelectorAll('#lab-gaps tbody tr')];
      return {
        thresholds: rows.map((row) => t[row.querySelector('input').value]),
        names: rows.map((row) => row.cells[0].textContent),
        values: rows.map((row) => [...row.cells].slice(3).map(known)),
        texts: rows.map((row) => [...row.cells].slice(3).map(shown)),
        gaps: gaps.map((row) => [row.dataset.gap, known(row.cells[1]), known(row.cells[3])]),
        status: document.getElementById('lab-status').textContent,
      };
      """

    private func reading(_ browser: Browser) throws -> Reading {
      let found = try #require(try browser.run(Self.state) as? [String: Any])
      let names = try #require(found["names"] as? [String])
      let values = try #require(found["values"] as? [[Any]])
      let texts = try #require(found["texts"] as? [[String]])
      var table: [String: [String: Double?]] = [:]
      for (name, row) in zip(names, values) {
        let numbers = row.map { ($0 as? NSNumber)?.doubleValue }
        table[name] = Dictionary(uniqueKeysWithValues: zip(Self.metrics, numbers))
      }
      for (row, text) in zip(values.joined(), texts.joined()) {
        let wanted = (row as? NSNumber).map { Self.threeDigits($0.doubleValue) }
        #expect(wanted.map { $0 == text } ?? text.hasPrefix("— "), "\(row) is shown as \(text)")
      }
      let gaps = try #require(found["gaps"] as? [[Any]])
      return Reading(
        thresholds: try #require(found["thresholds"] as? [Double]), values: table,
        gaps: Dictionary(
          uniqueKeysWithValues: gaps.map { row in
            (row[0] as? String ?? "", row.dropFirst().map { ($0 as? NSNumber)?.doubleValue })
          }), status: try #require(found["status"] as? String))
    }

    static func threeDigits(_ number: Double) -> String {
      let units = Int((number * 1000).rounded(.toNearestOrEven))
      let digits = String(abs(units) % 1000)
      return (units < 0 ? "−" : "") + "\(abs(units) / 1000)."
        + String(repeating: "0", count: 3 - digits.count) + digits
    }

    /// Sets a slider as a hand does: by its events.
    private func slide(_ browser: Browser, _ key: String, to place: Int) throws {
      try browser.run(
        """
        const slider = document.getElementById('lab-t-' + arguments[0]);
        slider.value = arguments[1];
        for (const kind of ['input', 'change']) slider.dispatchEvent(new Event(kind, { bubbles: true }));
        """, [key, place])
    }

    private func evaluation(_ page: URL) throws -> Evaluation {
      let file = page.deletingLastPathComponent().appending(path: "evaluation.json")
      return try Evaluation(json: try Data(contentsOf: file), name: "evaluation.json")
    }

    /// The same rows judged by the program at another threshold.
    private func judged(at threshold: Double) throws -> Evaluation {
      let arguments = try Pages.smallArguments() + ["--threshold", "\(threshold)", "--no-report"]
      return try evaluation(try Pages.made("small-at-\(threshold)", arguments))
    }

    private func expect(
      _ reading: Reading, _ name: String, is wanted: (String) -> Double?, _ place: String
    ) {
      for metric in Self.metrics {
        let (found, value) = (reading.values[name]?[metric] ?? nil, wanted(metric))
        switch (found, value) {
        case (let found?, let value?):
          #expect(abs(found - value) < 1e-12, "\(place), \(name), \(metric)")
        default: #expect(found == nil && value == nil, "\(place), \(name), \(metric)")
        }
      }
    }

    // MARK: One threshold, and one by group

    /// Everybody at 0.31, then women at 0.12: the program, run again at these, has the same numbers.
    @Test func slidersShowWhatTheProgramSays() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.small.get())
      let thresholds = try evaluation(try Pages.small.get()).curves?.thresholds ?? []
      let places = try [0.31, 0.12].map { wanted in
        try #require(thresholds.firstIndex { abs($0 - wanted) < 1e-9 })
      }
      let runs = try places.map { try judged(at: thresholds[$0]) }
      let slices = try ["overall", "sex=Female", "sex=Male"].map {
        try #require(runs[0].slices.predicate.firstIndex(of: $0))
      }
      func wanted(_ run: Int, _ slice: Int) -> (String) -> Double? {
        { runs[run].estimate($0, slice: slices[slice])?.value }
      }

      try slide(browser, "all", to: places[0])
      let same = try reading(browser)
      #expect(Set(same.thresholds) == [thresholds[places[0]]])
      for (name, slice) in [("All groups", 0), ("Female", 1), ("Male", 2)] {
        expect(same, name, is: wanted(0, slice), "one threshold")
      }
      for (gap, kinds) in same.gaps {
        for (kind, found) in zip([Gap.Kind.difference, .ratio], kinds) {
          let stored = runs[0].gaps.first {
            runs[0].families[$0.family].features == ["sex"] && $0.metric == gap && $0.kind == kind
              && $0.comparison == .betweenGroups
          }
          let value = try #require(stored?.estimate.value, "\(gap)")
          #expect(found.map { abs($0 - value) < 1e-12 } == true, "\(gap) \(kind)")
        }
      }

      try slide(browser, "0", to: places[1])
      let apart = try reading(browser)
      expect(apart, "Female", is: wanted(1, 1), "by group")
      expect(apart, "Male", is: wanted(0, 2), "by group")
      #expect(apart.values["All groups"] != same.values["All groups"])
      #expect(
        try browser.text("return document.querySelector('#lab-t-all').nextSibling.value") == "by group")
      #expect(try browser.complaints() == [])
    }

    /// With weights, at every tenth threshold, from the counts that are stored.
    @Test func weightedCountsAddUp() throws {
      let page = try Pages.sample.get()
      let evaluation = try evaluation(page)
      let curves = try #require(evaluation.curves)
      let family = try #require(evaluation.families.first { $0.features == ["race"] })
      let groups = family.slices.map { (evaluation.slices.label[$0], Trial(curves, $0)) }
      let whole = Trial(curves, 0)
      let browser = try BrowserSuite.browser()
      try browser.open(page, fragment: "#lab?family=race")
      try browser.settle()
      for place in stride(from: 0, to: curves.thresholds.count, by: 10) {
        try slide(browser, "all", to: place)
        let found = try reading(browser)
        for (name, group) in groups + [("All groups", whole)] {
          expect(found, name, is: Self.rate(group.rates(place)), "at \(place)")
        }
        let rates = groups.map { $0.1.rates(place) }
        let known = rates.compactMap(\.truePositive)
        let gap = found.gaps["equal_opportunity"]?.first ?? nil
        #expect(gap.map { abs($0 - ((known.max() ?? 0) - (known.min() ?? 0))) < 1e-12 } == true)
      }
    }

    private static func rate(_ rates: Trial.Rates) -> (String) -> Double? {
      { metric in
        switch metric {
        case "selection_rate": rates.selection
        case "true_positive_rate": rates.truePositive
        case "false_positive_rate": rates.falsePositive
        case "precision": rates.precision
        default: rates.accuracy
        }
      }
    }

    // MARK: Words, keys, address

    /// Nothing can be tried without being told what it is worth.
    @Test(arguments: ["sample", "small"])
    func warningsAreThere(name: String) throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.named(name))
      let warnings = try browser.texts(
        Script.isVisible
          + "return [...document.querySelectorAll('#lab > p.note')].filter(seen).map((one) => one.innerText);"
      )
      #expect(warnings.contains { $0.contains("Confirm on fresh data") })
      #expect(warnings.contains { $0.contains("unlawful") && $0.contains("legal advice") })
      #expect(
        try browser.flag(
          """
          const note = document.querySelector('#lab > p.note');
          return !!(note.compareDocumentPosition(document.getElementById('lab-tool')) & Node.DOCUMENT_POSITION_FOLLOWING);
          """))
    }

    /// Arrow keys go one stored threshold at a time; the address brings the place back, the button the start.
    @Test func keysAndTheAddress() throws {
      let browser = try BrowserSuite.browser()
      let page = try Pages.small.get()
      try browser.open(page)
      let start = try reading(browser)
      try browser.run("document.getElementById('lab-family').focus();")
      for _ in 0..<12 {
        try browser.press(.tab)
        if try browser.flag("return document.activeElement.id === 'lab-t-1'") { break }
      }
      #expect(try browser.flag("return document.activeElement.id === 'lab-t-1'"))
      for key in [Browser.Key.right, .right, .right, .left] { try browser.press(key) }
      let moved = try reading(browser)
      #expect(moved.thresholds[1] == start.thresholds[1] && moved.thresholds[2] > start.thresholds[2])
      #expect(moved.values["Female"] == start.values["Female"])
      #expect(moved.status != start.status && moved.status.contains("difference"))
      #expect(
        try browser.text("return document.activeElement.ariaValueText").hasPrefix("\(moved.thresholds[2])"))

      let address = try browser.text("return location.hash")
      #expect(address.hasPrefix("#lab?"))
      try browser.open(page, fragment: address)
      try browser.settle()
      let again = try reading(browser)
      #expect(again.thresholds == moved.thresholds && again.status == moved.status)
      #expect(
        try browser.flag("return document.getElementById('lab').getBoundingClientRect().top < innerHeight"))
      try browser.run("document.getElementById('lab-reset').focus();")
      try browser.press(.enter)
      #expect(try reading(browser).thresholds == start.thresholds)
      #expect(try browser.complaints() == [])
    }
  }
}

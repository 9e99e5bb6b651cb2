import Foundation
import Results
import Testing

extension BrowserSuite {
  /// The chapter of fairness measures.
  @Suite struct MeasuresTests {
    /// What stands in its rows is what is stored, in its order.
    @Test func rowsAreTheStoredOnes() throws {
      let evaluation = try Pages.measured()
      let table = try #require(evaluation.measures)
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.measures.get())
      let answer = try browser.run(
        """
        return [...document.querySelectorAll('#measures .kind tbody')].map((body) =>
          [body.querySelector('.head').textContent.trim(), ...[...body.rows].filter((row) => row.cells.length > 4).map((row) =>
            row.cells[2].textContent.trim())]);
        """)
      let groups = try #require(answer as? [[String]])
      #expect(groups.count == table.entries.count)
      var checked = 0
      for group in groups {
        let entry = try #require(table.entries.first { group[0].hasPrefix($0.name) })
        let stored = table.results.filter { $0.measure == entry.id }.map(\.estimate.value)
        for text in group.dropFirst() {
          let number = text.split(separator: " ").first.map(String.init) ?? ""
          let shown = Double(number.replacing("−", with: "-"))
          #expect(
            stored.contains { value in
              guard let value else { return shown == nil && number == "—" }
              return shown.map { abs($0 - value) < 0.000_501 } ?? false
            }, "\(group[0]): \(text)")
          checked += 1
        }
      }
      #expect(checked > 20)
      #expect(try browser.complaints() == [])
    }

    /// A measure's name leads to where it is explained.
    @Test func namesLeadToTheirMeaning() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.measures.get())
      try browser.run("document.querySelector('#measures .kind tbody a').click();")
      try browser.settle()
      #expect(try browser.text("return location.hash").hasPrefix("#measure-"))
      #expect(
        try browser.flag(
          Script.isVisible + "return seen(document.getElementById(location.hash.slice(1)));"))
      #expect(try browser.texts(Script.repeatedIdentifiers) == [])
      #expect(try browser.texts(Script.danglingReferences) == [])
    }

    /// Marks have their dot where the number lies: left of the dashed line where the value is below fair.
    @Test func marksLieOnTheirSide() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.measures.get())
      try browser.run("for (const one of document.querySelectorAll('#measures details')) one.open = true;")
      let wrong = try browser.texts(
        """
        const wrong = [];
        for (const body of document.querySelectorAll('#measures-pair tbody')) {
          const fair = parseFloat(body.querySelector('.head').textContent.match(/(\\d) is fair/)[1]);
          for (const row of body.rows) {
            const svg = row.querySelector('svg');
            if (!svg) continue;
            const value = parseFloat(row.cells[2].textContent.replace('−', '-'));
            const line = svg.querySelector('[stroke-dasharray]').getBoundingClientRect();
            const dot = svg.querySelector('circle').getBoundingClientRect();
            const apart = dot.left + dot.width / 2 - line.left - line.width / 2;
            if (Math.abs(apart) > 1 && Math.sign(apart) !== Math.sign(value - fair)) wrong.push(row.textContent);
          }
        }
        return wrong;
        """)
      #expect(wrong == [])
      #expect(try browser.number("return document.querySelectorAll('#measures-pair svg').length") > 5)
    }

    @Test func withoutScriptsTheyAreThere() throws {
      var circumstances = Browser.Circumstances()
      circumstances.hasScript = false
      let browser = try BrowserSuite.browser(circumstances)
      defer { try? browser.set(.init()) }
      try browser.open(try Pages.measures.get())
      #expect(
        try browser.flag(
          Script.isVisible
            + "return seen(document.querySelector('#measures .lead')) && seen(document.querySelector('#measures-pair tbody tr'));"
        ))
    }

    /// On paper the clearest stand, and the tables do not.
    @Test func paperHasTheClearest() throws {
      let browser = try BrowserSuite.browser()
      try browser.open(try Pages.measures.get())
      let pdf = try browser.print()
      let pages = String(decoding: pdf, as: Unicode.ASCII.self).matches(of: #/\/Type\s*\/Page[^s]/#).count
      #expect(pages > 0 && pages <= 12)
    }
  }
}

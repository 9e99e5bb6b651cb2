import Foundation
import Results
import Testing

extension BrowserSuite {
  /// `--suppress-below K`: nothing on the page and nothing in it counts fewer than K people.
  @Suite struct WithheldTests {
    /// Whole numbers from 1 to K − 1 that stand by themselves, with what stands around them, in texts and in what is
    /// read out. Digits of decimals, names and numbers of axes in drawings are none.
    private static let wholeNumbers = #"""
      const found = [];
      const take = (text, where) => {
        for (const one of text.matchAll(/(?<![\p{L}\d_.,−-])\d{1,3}(?:,\d{3})*(?![\p{L}\d_]|\.\d|,\d)/gu)) {
          const number = Number(one[0].replace(/,/g, ''));
          if (number > 0 && number < arguments[0]) {
            found.push(`${where}: ${text.slice(Math.max(0, one.index - 24), one.index)}⟨${one[0]}⟩${
              text.slice(one.index + one[0].length).slice(0, 24)}`);
          }
        }
      };
      const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { parentElement: parent, textContent: text } = walker.currentNode;
        // How many rows a test would need counts nobody.
        if (!parent.closest('script,style,.noise td:last-child')) take(text, parent.tagName.toLowerCase());
      }
      for (const one of document.querySelectorAll('*')) {
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'alt', 'summary']) {
          if (one.hasAttribute(name)) take(one.getAttribute(name), name);
        }
      }
      return [...new Set(found)];
      """#

    /// Numbers that count nobody: levels, seeds, versions, formulas, numbers of groups and slices, what the rule says.
    private static let innocent = [
      "⟩ %", "⟩ (groups|slices|more|rates)", "over ⟨", "seed\"?:? ⟨", "bins\"?:? ⟨10⟩",
      "(fewer than|rests? on) ⟨30⟩",
      "from ⟨1⟩ to", "to ⟨399⟩ are withheld", "n>⟨100⟩", "stored form ⟨1⟩", "/ ⟨2⟩", "⟨2⟩·", "⟨2⟩⁻⁵²",
      "⟨1⟩ − 2", "\\[(0|−1), ⟨1⟩\\]",
      "^(small|td): ⟨1[58]⟩$", "^text: ⟨1⟩$",
    ].joined(separator: "|")

    private func suspects(_ browser: Browser, below: Int) throws -> [String] {
      try browser.texts(
        "const suspects = (() => {\n\(Self.wholeNumbers.replacing("arguments[0]", with: "\(below)"))\n})();"
          + "return suspects.filter((one) => !new RegExp(arguments[0], 'u').test(one));", [Self.innocent])
    }

    @Test func noTextTellsASmallCount() throws {
      let browser = try BrowserSuite.browser()
      // The measurement sees what it is to see.
      try browser.open(try Pages.small.get())
      try browser.unfold()
      #expect(try suspects(browser, below: Pages.scarceBelow).count > 100)

      try browser.open(try Pages.scarce.get())
      try browser.unfold()
      let told = try suspects(browser, below: Pages.scarceBelow)
      #expect(told == [])
      #expect(try browser.text("return document.body.innerText").contains("withheld"))
      // Where more is left, sentences have differences and rounded shares; tables have counts.
      try browser.open(try Pages.withheld.get())
      try browser.unfold()
      let cells = try suspects(browser, below: Pages.withheldBelow).filter { $0.hasPrefix("td: ") }
      #expect(cells == [])
    }

    /// Every slice in full, and four of them side by side: what the page works out by itself tells no more.
    @Test func noPanelTellsASmallCount() throws {
      let browser = try BrowserSuite.browser()
      let page = try Pages.withheld.get()
      try browser.open(page)
      let marks = try browser.texts(
        "return [...document.querySelectorAll('#slice-table tbody a')].map((one) => one.hash.slice(7));")
      #expect(marks.count == 18)
      func panel(_ fragment: String) throws -> [String] {
        try browser.run("location.hash = arguments[0];", [fragment])
        try browser.settle()
        #expect(try browser.flag("return document.getElementById('slice-panel').open"))
        return try suspects(browser, below: Pages.withheldBelow).filter {
          $0.hasPrefix("td: ") || $0.hasPrefix("p: ")
        }
      }
      // What is on the page beside the panel.
      try browser.open(page, fragment: "#slices")
      let always = Set(try suspects(browser, below: Pages.withheldBelow))
      for mark in marks {
        #expect(try panel("#slice-\(mark)").filter { !always.contains($0) } == [], "\(mark)")
      }
      let four = "#slices?pin=\(marks.prefix(4).joined(separator: "."))&slice=pins"
      #expect(try panel(four).filter { !always.contains($0) } == [])
      #expect(try browser.complaints() == [])
    }

    /// The data in the page, unpacked: as `Sources/Report/Slices` packs them.
    private static let unpacked = """
      const data = JSON.parse(document.getElementById('slice-data').textContent);
      const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
      const codes = ({ b, v }) => {
        const bits = [...bytes(v)].flatMap((one) => [...Array(8).keys()].map((i) => one >> i & 1));
        return Array.from({ length: data.count }, (_, r) =>
          bits.slice(r * b, (r + 1) * b).reduce((sum, bit, i) => sum + bit * 2 ** i, 0));
      };
      const cells = data.cells.map((packed) => {
        const found = codes(packed).map((code) => code < data.reasons.length ? null : code + packed.o - data.reasons.length);
        for (const [r, far] of packed.e) found[r] = far;
        return found;
      });
      // Families of the lab: counts between neighbouring thresholds.
      const lab = document.getElementById('lab-data');
      const steps = [];
      for (const family of lab ? JSON.parse(lab.textContent).families : []) {
        const bits = [...bytes(family.data)].flatMap((one) => [...Array(8).keys()].map((i) => one >> i & 1));
        // Exponential-Golomb codes of order k.
        const whole = (k) => {
          const zeros = bits.indexOf(1);
          const code = bits.splice(0, 2 * zeros + k + 1).reduce((sum, bit) => sum * 2 + bit, 0);
          return code - 2 ** k;
        };
        for (const { n } of family.groups) {
          steps.push(n);
          const [count, ...orders] = [whole(6), whole(2), whole(2)];
          for (let left = count; left; left--) {
            whole(0);
            steps.push(...orders.map(whole));
          }
        }
        steps.push(...family.rest);
      }
      return [cells, data.rows.map((one) => one[1]), steps];
      """

    private func numbers(_ browser: Browser) throws -> [[Int]] {
      let found = try #require(try browser.run(Self.unpacked) as? [Any])
      func flat(_ value: Any) -> [Int] {
        if let list = value as? [Any] { return list.flatMap(flat) }
        return (value as? NSNumber).map { [$0.intValue] } ?? []
      }
      return found.map(flat)
    }

    @Test func noDataHoldASmallCount() throws {
      let browser = try BrowserSuite.browser()
      func isSmall(_ number: Int) -> Bool { number > 0 && number < Pages.withheldBelow }
      try browser.open(try Pages.small.get())
      let open = try numbers(browser)
      // The unpacking is right.
      let file = try Pages.small.get().deletingLastPathComponent().appending(path: "evaluation.json")
      let slices = try Evaluation(json: try Data(contentsOf: file), name: "evaluation.json").slices
      #expect(
        open[0] == slices.truePositives + slices.falsePositives + slices.falseNegatives + slices.trueNegatives
      )
      #expect(open[0].contains(where: isSmall) && open[2].contains(where: isSmall))

      for page in [try Pages.withheld.get(), try Pages.scarce.get()] {
        try browser.open(page)
        let left = try numbers(browser)
        #expect(left[1].count > 3)
        #expect(left.map { $0.filter(isSmall) } == [[], [], []])
      }
    }

    /// What is not withheld is as it was, and the page does all it does elsewhere.
    @Test func theRestIsThere() throws {
      let browser = try BrowserSuite.browser()
      let row = """
        const row = [...document.querySelectorAll('#slice-table tbody tr')]
          .find((one) => one.cells[0]?.textContent.trim() === arguments[0]);
        return [...row.cells].map((one) => one.innerText.trim());
        """
      let open = try Pages.made("open", try Pages.smallArguments(rows: 16_281))
      let shown = try [open, try Pages.withheld.get()].map { page in
        try browser.open(page)
        return try ["overall", "sex=Female"].map { try browser.texts(row, [$0]) }
      }
      #expect(shown[0] == shown[1] && shown[0][1].contains("5,421"))
      let small = try browser.texts(row, ["race=Other"])
      #expect(small[1] == "135" && small.dropFirst(2).allSatisfy { $0.hasPrefix("—") }, "\(small)")
      #expect(small.last == "—\nwithheld: fewer than 100")
      #expect(try browser.texts(Script.danglingReferences) == [])
      try browser.run(Script.useEverything)
      try browser.settle()
      #expect(try browser.texts(Script.repeatedIdentifiers) == [])
      #expect(try browser.texts(Script.clippedCharts) == [])
      #expect(try browser.complaints() == [])
    }
  }
}

import Charts
import Testing

/// WCAG 2.2, 1.4.3 (text 4.5 : 1) and 1.4.11 (graphics 3 : 1), computed for every pair that meets on a chart.
@Suite struct PaletteTests {
  static let themes = [("light", Palette.light), ("dark", Palette.dark)]

  @Test func marksStandOutFromPaper() {
    for (name, palette) in Self.themes {
      let marks =
        (0..<Ink.seriesCount).map { Ink.data($0) } + [.axis, .reference, .limit, .good, .bad, .unsure]
      for ink in marks {
        let contrast = palette[ink].contrast(with: palette[.paper])
        #expect(contrast >= 3, "\(name) \(ink.name): \(contrast)")
      }
      for ink in [Ink.data(0), .reference] {
        #expect(palette[ink].contrast(with: palette[.band]) >= 3, "\(name) \(ink)")
      }
    }
  }

  @Test func textCanBeRead() {
    for (name, palette) in Self.themes {
      for ink in [Ink.text, .mutedText, .limit, .good, .bad, .unsure] {
        for ground in [Ink.paper, .band] {
          let contrast = palette[ink].contrast(with: palette[ground])
          #expect(contrast >= 4.5, "\(name) \(ink.name) on \(ground.name): \(contrast)")
        }
      }
      for ink in Ink.all
      where ink.name.hasPrefix("seq") || ink.name.hasPrefix("below") || ink.name.hasPrefix("above") {
        let contrast = palette[.text].contrast(with: palette[ink])
        #expect(contrast >= 4.5, "\(name) text on \(ink.name): \(contrast)")
      }
    }
  }

  /// The two ratios that the definition gives by hand: black on white, and a colour on itself.
  @Test func contrastIsTheStandardsOwn() {
    #expect(RGB(0).contrast(with: RGB(0xFFFFFF)) == 21)
    #expect(RGB(0x0072B2).contrast(with: RGB(0x0072B2)) == 1)
    // Okabe–Ito blue on white, 5.19; vermillion, 3.87.
    #expect(abs(RGB(0x0072B2).contrast(with: RGB(0xFFFFFF)) - 5.19) < 0.01)
    #expect(abs(RGB(0xD55E00).contrast(with: RGB(0xFFFFFF)) - 3.87) < 0.01)
  }

  @Test func stylesheetNamesEveryInk() {
    for ink in Ink.all {
      #expect(Palette.stylesheet.contains("--chart-\(ink.name):\(Palette.light[ink].hex)"))
      #expect(Palette.stylesheet.contains("--chart-\(ink.name):\(Palette.dark[ink].hex)"))
      #expect(Palette.stylesheet.contains("[fill=\"\(Palette.light[ink].hex)\"]{fill:var(--chart-"))
    }
    #expect(!Palette.stylesheet.contains("<") && !Palette.stylesheet.contains("url("))
  }

  /// Rules tell inks by their light colours.
  @Test func inksOfOneLightColourAreOneEverywhere() throws {
    let forced = try #require(
      Palette.stylesheet.split(separator: "\n").first { $0.contains("forced-colors") })
    func system(_ ink: Ink) -> Substring? {
      forced.split(separator: "--chart-\(ink.name):").dropFirst().first?.prefix { $0.isLetter }
    }
    for one in Ink.all {
      #expect(system(one) != nil)
      for other in Ink.all where Palette.light[one] == Palette.light[other] {
        #expect(Palette.dark[one] == Palette.dark[other] && system(one) == system(other), "\(one), \(other)")
      }
    }
  }

  @Test func seriesWrapAround() {
    #expect(Ink.data(4).name == "data0" && Ink.data(-1).name == "data3")
    #expect(Palette.light[.data(5)] == Palette.light[.data(1)])
  }
}

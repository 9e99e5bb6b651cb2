import Charts
import Testing

@Suite struct ImportancePlotTests {
  static func plot(_ cells: [[ImportancePlot.Cell]], sharesScale: Bool = false) -> ImportancePlot {
    ImportancePlot(
      title: "Importance", panels: (cells.first ?? []).indices.map { .init("Panel \($0)") },
      rows: cells.enumerated().map { .init("Feature \($0.offset)", cells: $0.element) },
      sharesScale: sharesScale)
  }

  private func lines(_ scene: Scene, _ ink: Ink, width: Double) -> [[Point]] {
    scene.leaves.flatMap { mark -> [[Point]] in
      guard case .polylines(let lines) = mark.shape, mark.stroke == ink, mark.strokeWidth == width else {
        return []
      }
      return lines
    }
  }

  @Test func shuffleNoiseLiesInsideTheInterval() throws {
    let scene = Self.plot([[.init(Reading(0.02, 0.01, 0.03), shuffle: 0.002)]]).layout(width: 800)
    let thin = try #require(lines(scene, .data(0), width: 1.25).first { $0.count == 2 && $0[0].x > 250 })
    let thick = try #require(lines(scene, .data(0), width: 5).first)
    #expect(thin[0].x < thick[0].x && thick[1].x < thin[1].x)
    #expect(thin[0].y == thick[0].y)
    let share = (thick[1].x - thick[0].x) / (thin[1].x - thin[0].x)
    #expect(abs(share - 0.2) < 0.01)
  }

  @Test func everyPanelHasItsZero() {
    let scene = Self.plot([[.init(Reading(0.5, 0.4, 0.6)), .init(Reading(-3, -4, -2))]]).layout(width: 900)
    let zeros = scene.leaves.filter { mark in
      guard case .polyline = mark.shape else { return false }
      return mark.stroke == .reference
    }
    #expect(zeros.count == 2)
  }

  @Test func onScalesThatAreSharedEqualValuesStandAlike() throws {
    let cells = [[ImportancePlot.Cell(Reading(0.02, 0.01, 0.03)), .init(Reading(0.02, 0.015, 0.025))]]
    func offsets(_ scene: Scene) -> [Double] {
      scene.leaves.compactMap { mark in
        guard case .symbol(.circle, let at, _) = mark.shape, mark.title != nil else { return nil }
        return at.x
      }
    }
    let shared = offsets(
      Self.plot(cells + [[.init(Reading(0.2)), .init(Reading(0.01))]], sharesScale: true).layout(width: 900))
    #expect(shared.count == 4)
    let zeros = Self.plot(cells + [[.init(Reading(0.2)), .init(Reading(0.01))]], sharesScale: true).layout(
      width: 900
    )
    .leaves.compactMap { mark -> Double? in
      guard case .polyline(let points) = mark.shape, mark.stroke == .reference else { return nil }
      return points.first?.x
    }
    #expect(zeros.count == 2)
    #expect(abs((shared[0] - zeros[0]) - (shared[1] - zeros[1])) < 1e-9)
  }

  /// A group of few rows has a wide interval: it ends in an arrow, and the others stay readable.
  @Test func doubtfulCellsDoNotStretchTheScale() throws {
    let sure = ImportancePlot.Cell(Reading(0.02, 0.018, 0.022))
    let doubtful = ImportancePlot.Cell(Reading(0.01, -5, 5, isUnstable: true))
    let scene = Self.plot([[sure], [doubtful]]).layout(width: 800)
    let whiskers = lines(scene, .data(0), width: 1.25).filter { $0.count == 2 && $0[0].x > 250 }
    #expect(whiskers.contains { $0[1].x - $0[0].x > 20 && $0[1].x - $0[0].x < 200 })
    #expect(lines(scene, .data(0), width: 1.25).filter { $0.count == 3 }.count == 2)
  }

  @Test func repeatsBecomeTicksAndAreExplained() {
    let cell = ImportancePlot.Cell(Reading(0.02, 0.01, 0.03), repeats: [0.015, 0.02, 0.025, .nan])
    let scene = Self.plot([[cell]]).layout(width: 800)
    let ticks = lines(scene, .axis, width: 0.75)
    #expect(ticks.count == 6, "three repeats, three in the legend")
    let texts = scene.leaves.compactMap { if case .text(let run) = $0.shape { run.text } else { nil } }
    #expect(texts.contains("each repeat"))
  }

  @Test func whatHasNoValueSaysWhy() {
    let scene = Self.plot([[.init(.absent("no positives"))]]).layout(width: 800)
    let texts = scene.leaves.compactMap { if case .text(let run) = $0.shape { run.text } else { nil } }
    #expect(texts.contains("— no positives"))
  }
}

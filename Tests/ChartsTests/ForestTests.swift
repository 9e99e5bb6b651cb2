import Charts
import Testing

struct ForestTests {
  static let forest = Forest(
    title: "T",
    panels: [
      .init("Difference", .difference, tolerated: -0.05...0.05, toleratedLabel: "limit"),
      .init("Ratio", .ratio, tolerated: 0.8...1.25),
    ],
    rows: [
      .init("A", weight: 1000, readings: [Reading(nil), Reading(nil)], isReference: true),
      .init("B", weight: 400, readings: [Reading(-0.08, -0.13, -0.03), Reading(0.88, 0.8, 0.95)]),
      .init("C", weight: 100, readings: [Reading(-0.02, -0.9, 0.9), Reading(0.95, 0.01, .infinity)]),
      .init("D", weight: 10, readings: [.absent("no positives"), Reading(.infinity, 0.5, .infinity)]),
    ])

  @Test func neutralLinesStandAtZeroAndOne() throws {
    let scene = Self.forest.layout(width: 1000)
    let lines = scene.leaves.compactMap { mark -> Double? in
      guard case .polyline(let points) = mark.shape, mark.stroke == .reference, points[0].x == points[1].x
      else { return nil }
      return points[0].x
    }
    #expect(lines.count == 2)
    for (x, label) in zip(lines, ["0.0", "1"]) {
      let tick = scene.leaves.contains { mark in
        if case .text(let run) = mark.shape { run.text == label && abs(run.at.x - x) < 1e-9 } else { false }
      }
      #expect(tick, "a tick \(label) below the line")
    }
  }

  /// On a log axis 0.8 and 1.25 lie equally far from 1.
  @Test func ratiosAreLogarithmic() {
    let scene = Self.forest.layout(width: 1000)
    let limits = scene.leaves.compactMap { mark -> Double? in
      guard case .polyline(let points) = mark.shape, mark.stroke == .limit else { return nil }
      return points[0].x
    }
    let neutral = scene.leaves.compactMap { mark -> Double? in
      guard case .polyline(let points) = mark.shape, mark.stroke == .reference else { return nil }
      return points[0].x
    }
    #expect(limits.count == 4 && neutral.count == 2)
    #expect(abs((neutral[0] - limits[0]) - (limits[1] - neutral[0])) < 1e-9)
    #expect(abs((neutral[1] - limits[2]) - (limits[3] - neutral[1])) < 1e-9)
  }

  @Test func areasFollowWeights() throws {
    let radii = Self.forest.layout(width: 420).leaves.compactMap { mark -> Double? in
      if case .symbol(.square, _, let radius) = mark.shape, mark.title != nil { radius } else { nil }
    }
    let most = try #require(radii.max())
    #expect(radii.contains { abs(most / $0 - 2) < 1e-9 }, "400 against 100: half the side")
    // Where the numbers stand beside the marks, no tooltip repeats them.
    let wide = Self.forest.layout(width: 1000).leaves
    #expect(
      wide.allSatisfy { mark in
        if case .symbol = mark.shape { mark.title == nil } else { true }
      })
  }

  @Test func endlessIntervalsEndInArrows() {
    let scene = Self.forest.layout(width: 1000)
    let arrows = scene.leaves.filter {
      if case .polyline(let points) = $0.shape { points.count == 3 } else { false }
    }
    #expect(arrows.count == 2 + 2 + 1, "C leaves both panels on both sides, D's ratio has no end")
    let texts = DotPlotTests.texts(in: scene)
    #expect(
      texts.contains("0.950 [0.010, ∞]") && texts.contains("∞ [0.500, ∞]") && texts.contains("— no positives")
    )
    #expect(texts.filter { $0 == "reference" }.count == 2)
    #expect(texts.contains("−0.080 [−0.130, −0.030]"))
    check(scene, "forest")
    check(Self.forest.layout(width: 420), "narrow forest")
  }
}

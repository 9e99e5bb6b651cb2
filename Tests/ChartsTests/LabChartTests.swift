import Charts
import Testing

@Suite struct LabChartTests {
  static func texts(_ scene: Scene) -> [String] {
    scene.leaves.compactMap { if case .text(let run) = $0.shape { run.text } else { nil } }
  }

  static func sweep(groups: Int, limit: Double? = 0.1) -> ThresholdSweep {
    let thresholds = (0...20).map { Double($0) / 20 }
    let rates = (0..<groups).map { group in thresholds.map { max(0, 1 - $0 - 0.05 * Double(group)) } }
    return ThresholdSweep(
      title: "Sweep", summary: "", thresholds: thresholds, groups: (0..<groups).map { "g\($0)" },
      columns: [
        .init(
          "Selection rate", rates: rates, gapName: "Parity gap", gap: thresholds.map { $0 * 0.2 },
          limit: limit)
      ], current: 0.5)
  }

  @Test func everyGroupHasALineWhileThereAreColours() {
    for (groups, lines, range) in [(2, 2, 0), (4, 4, 0), (5, 3, 1)] {
      let scene = Self.sweep(groups: groups).layout(width: 700)
      let titled = Set(scene.leaves.compactMap(\.title))
      #expect(titled.count { $0.hasPrefix("Selection rate, g") } == lines)
      let bands = scene.leaves.count {
        if case .polygon = $0.shape { $0.fill == .sequential(2) } else { false }
      }
      #expect(bands == range)
      #expect(Self.texts(scene).contains("g0") && Self.texts(scene).contains("in force"))
    }
  }

  @Test func theLimitIsATintedRegionFromZero() throws {
    let scene = Self.sweep(groups: 2).layout(width: 700)
    let line = try #require(scene.leaves.first { $0.title == "limit 0.100" }?.bounds)
    let band = try #require(
      scene.leaves.filter { $0.fill == .band }.compactMap(\.bounds).max { $0.height < $1.height })
    #expect(abs(band.y - line.midY) < 0.01 && band.height > 10)
    #expect(!Self.sweep(groups: 2, limit: nil).layout(width: 700).leaves.contains { $0.fill == .band })
  }

  @Test func aFrontierClimbsInSteps() throws {
    let points = [(0.0, 0.7), (0.1, 0.8), (0.3, 0.85)].map {
      ParetoPlot.Place(gap: Reading($0.0, 0, $0.0 + 0.05), quality: Reading($0.1, $0.1 - 0.02, $0.1 + 0.02))
    }
    let plot = ParetoPlot(
      title: "Trade", gapLabel: "Gap",
      panels: [
        .init(
          "Accuracy", frontiers: [.init("one threshold", points: points)],
          current: .init(gap: Reading(0.2), quality: Reading(0.75)))
      ], limit: 0.1)
    let scene = plot.layout(width: 600)
    let path = try #require(
      scene.leaves.compactMap { mark -> [Point]? in
        if mark.title == "one threshold", case .polyline(let points) = mark.shape { points } else { nil }
      }.first)
    #expect(path.count == 5)
    for (a, b) in zip(path, path.dropFirst()) { #expect(a.x == b.x || a.y == b.y) }
    #expect(path[0].x < path[4].x && path[0].y > path[4].y)
    #expect(scene.leaves.contains { $0.title?.hasPrefix("in force: Gap 0.200, Accuracy 0.750") == true })
    let stars = scene.leaves.count { if case .symbol(.star, _, _) = $0.shape { true } else { false } }
    #expect(stars == 2)
  }

  @Test func nothingToDraw() {
    var sweep = Self.sweep(groups: 2)
    sweep.thresholds = []
    #expect(Self.texts(sweep.layout(width: 500)) == ["No threshold can be tried."])
    #expect(
      Self.texts(ParetoPlot(title: "T", gapLabel: "G", panels: []).layout(width: 500))
        == ["No trade can be drawn."])
  }
}

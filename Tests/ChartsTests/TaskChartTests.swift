import Charts
import Testing

/// Charts of tasks that are not binary.
struct TaskChartTests {
  private func texts(_ scene: Scene) -> [TextRun] {
    scene.leaves.compactMap { if case .text(let run) = $0.shape { run } else { nil } }
  }

  @Test func aClassGridSaysSharesOfItsRows() {
    let chart = ClassGrid(
      title: "T", groups: [.init("G", counts: [[6, 2, 2], [0, 10, 0], [0, 0, 0]])], classes: ["a", "b", "c"])
    let scene = chart.layout(width: 640)
    let words = texts(scene).map(\.text)
    // The last class has no rows and no numbers.
    #expect(words.filter { $0.hasSuffix("%") } == ["60.0%", "20.0%", "20.0%", "0.0%", "100%", "0.0%"])
    #expect(words.contains("a  1") && words.contains("3"))
    check(scene, "classes")
    let half = scene.leaves.first { $0.title == "G, a as a: 60.0%, 6 of 10" }
    #expect(half?.fill == .sequential(4))
  }

  @Test func aQuantileStripLiesOnItsAxis() throws {
    let chart = QuantileStrip(
      title: "T", rows: [.init("G", quantiles: [-10, -5, 0, 5, 10]), .init("none", quantiles: [])],
      axisName: "residual")
    let scene = chart.layout(width: 640)
    check(scene, "quantiles")
    let lines = scene.leaves.compactMap { mark -> [Point]? in
      guard mark.title != nil, case .polyline(let points) = mark.shape else { return nil }
      return points
    }
    let whole = try #require(lines.first)
    let median = try #require(lines.last)
    #expect(abs((whole[0].x + whole[1].x) / 2 - median[0].x) < 0.01)
    #expect(texts(scene).contains { $0.text == "— no value" })
  }

  @Test func sharesAreDrawnInTheirOrder() throws {
    let chart = ShareStrip(
      title: "T", series: ["exposure", "relevance"],
      rows: [.init("G", shares: [0.25, 0.5]), .init("H", shares: [0.75, 0.5])])
    let scene = chart.layout(width: 640)
    check(scene, "shares")
    func x(_ title: String) -> Double? {
      for mark in scene.leaves where mark.title == title {
        if case .symbol(_, let point, _) = mark.shape { return point.x }
      }
      return nil
    }
    let (low, middle, high) = (
      try #require(x("G, exposure 25.0%")), try #require(x("G, relevance 50.0%")),
      try #require(x("H, exposure 75.0%"))
    )
    #expect(abs((low + high) / 2 - middle) < 0.01 && low < high)
  }

  @Test func aCalibrationPlotTakesAnyDomain() {
    let bins = [100.0, 200].map {
      CalibrationPlot.Bin(predicted: $0, observed: Reading($0), count: 5, range: ($0 - 50)...($0 + 50))
    }
    let scene = CalibrationPlot(title: "T", groups: [.init("G", bins: bins)], domain: 50...250).layout(
      width: 640)
    check(scene, "actual")
    let points = scene.leaves.compactMap { mark -> Point? in
      if case .symbol(_, let point, _) = mark.shape { return point }
      return nil
    }
    // On the diagonal: as far from the left as from the bottom.
    #expect(points.count == 2)
    #expect(abs((points[1].x - points[0].x) - (points[0].y - points[1].y)) < 0.01)
  }

  @Test func aFunnelOfMeansHasTheirVariance() {
    let panel = SliceScatter.Panel("m", rate: 22, whole: 1000, variance: 4, counts: "rows", dots: [])
    #expect(abs(panel.reach(100, critical: 2) - 2 * (4 * (0.01 - 0.001)).squareRoot()) < 1e-12)
    #expect(panel.reach(1000, critical: 2) == 0)
  }
}

import Charts
import Testing

struct SliceScatterTests {
  static let panel = SliceScatter.Panel(
    "Selection rate", rate: 0.2, whole: 10_000, counts: "rows",
    dots: (0..<500).map { index in
      .init(
        "slice \(index)", size: Double(10 + index * 7), gap: 0.3 / Double(index + 1), degree: 1 + index % 3,
        isSure: index < 50)
    })
  static let scatter = SliceScatter(title: "T", panels: [panel], critical: 1.959964, level: "95 %")

  /// Simple random sampling without replacement: variance p(1 − p)(1/n − 1/N) of the distance from the whole (Cochran
  /// 1977, §3.2, for large N).
  @Test func theFunnelIsTheSpreadOfAPartAroundItsWhole() {
    let reach = Self.panel.reach(400, critical: 2)
    #expect(abs(reach - 2 * (0.16 * (1.0 / 400 - 1.0 / 10_000)).squareRoot()) < 1e-15)
    #expect(Self.panel.reach(10_000, critical: 2) == 0)
    #expect(Self.panel.reach(0, critical: 2) == 0)
  }

  /// Ten thousand slices make no more marks than five hundred.
  @Test func manyPointsAreFewMarks() {
    var large = Self.panel
    large.dots = (0..<20).flatMap { _ in Self.panel.dots }
    let scene = SliceScatter(title: "T", panels: [large], critical: 1.96, level: "95 %").layout(width: 600)
    #expect(scene.leaves.count < 100)
    let points = scene.leaves.reduce(0) { sum, mark in
      if case .polylines(let lines) = mark.shape { sum + lines.count } else { sum }
    }
    #expect(points == large.dots.count - 20, "every slice is drawn")
  }

  @Test func namesOfTheFirstStandBesideThem() {
    let texts = Self.scatter.layout(width: 600).leaves.compactMap { mark -> String? in
      if case .text(let run) = mark.shape { run.text } else { nil }
    }
    #expect(texts.contains("slice 0"))
    #expect(texts.filter { $0.hasPrefix("slice ") }.count <= 6)
  }
}

import Charts
import Testing

@Suite struct EffectPlotTests {
  static func plot(support: [Int] = [50, 50, 3, 3, 50], values: [Double] = [0, 1, 2, 3, 4]) -> EffectPlot {
    EffectPlot(
      title: "Effect", xLabel: "age", grid: [1, 2, 3, 4, 5],
      panels: [
        .init(
          "By sex", yLabel: "ALE",
          series: [
            .init(
              "all rows", values: values, halfWidths: [0.1, 0.1, 0.1, 0.1, 0.1], support: support,
              isReference: true),
            .init("Female", values: values.map { $0 / 2 }, support: support),
          ], individual: [[0, 1, 1, 1, 1], [0, 0, .nan, 2, 2]])
      ])
  }

  private func lines(_ scene: Scene, _ ink: Ink) -> [(points: [Point], mark: Mark)] {
    scene.leaves.flatMap { mark -> [(points: [Point], mark: Mark)] in
      guard case .polylines(let lines) = mark.shape, mark.stroke == ink, mark.title != nil else { return [] }
      return lines.map { ($0, mark) }
    }.sorted { $0.points[0].x < $1.points[0].x }
  }

  /// Between points without rows an accumulated effect is not known: neither line nor ribbon goes there, and the error is
  /// that of the rows before. Partial dependence is of changed rows and stays, dotted.
  @Test func nothingIsDrawnWhereNoRowsLie() throws {
    var plot = Self.plot(support: [50, 50, 0, 50, 0])
    plot.panels[0].series[1].halfWidths = [0.1, 0.1, .nan, 0.2, .nan]
    let partial = lines(plot.layout(width: 900), .reference)
    #expect(
      partial.map(\.points.count) == [2, 2, 2, 2]
        && partial.map { $0.mark.dash.isEmpty } == [true, false, true, false])
    plot.panels[0].isLocal = true
    let scene = plot.layout(width: 900)
    let pieces = lines(scene, .reference)
    #expect(pieces.map(\.points.count) == [2, 2] && pieces.allSatisfy { $0.mark.dash.isEmpty })
    #expect(pieces[0].points[1].x < pieces[1].points[0].x)
    let ribbons = scene.leaves.compactMap { mark -> [Point]? in
      guard case .polygon(let points) = mark.shape, mark.fillOpacity == 0.14, mark.fill == .data(0) else {
        return nil
      }
      return points
    }
    try #require(ribbons.count == 2)
    // The second starts with the half width of the first's end.
    let heights = ribbons.map { abs($0[0].y - $0[$0.count - 1].y) }
    #expect(abs(heights[0] - heights[1]) <= 1)
    let texts = scene.leaves.compactMap { if case .text(let run) = $0.shape { run.text } else { nil } }
    #expect(texts.contains("broken where no rows lie"))
  }

  /// What rests on few rows is dotted; the pieces join.
  @Test func weakPartsAreDotted() throws {
    let pieces = lines(Self.plot().layout(width: 900), .data(0))
    #expect(pieces.map(\.points.count) == [2, 3, 2])
    #expect(pieces.map { $0.mark.dash.isEmpty } == [true, false, true])
    #expect(pieces[0].points.last == pieces[1].points.first)
    #expect(pieces[1].points.last == pieces[2].points.first)
  }

  @Test func holesAreNotBridged() {
    let pieces = lines(
      Self.plot(support: [50, 50, 50, 50, 50], values: [0, 1, .nan, 3, 4]).layout(width: 900), .data(0))
    #expect(pieces.map(\.points.count) == [2, 2])
  }

  @Test func curvesLieOnTheirScale() throws {
    let scene = Self.plot(support: [50, 50, 50, 50, 50]).layout(width: 900)
    let whole = try #require(lines(scene, .reference).first).points
    let part = try #require(lines(scene, .data(0)).first).points
    #expect(whole.map(\.x) == part.map(\.x))
    // Half the value is half the height over zero.
    let zero = whole[0].y
    #expect(abs((zero - whole[4].y) - 2 * (zero - part[4].y)) < 1e-9)
  }

  @Test func theSharePanelsWordsSayWhatIsDrawn() {
    let scene = Self.plot().layout(width: 900)
    let texts = scene.leaves.compactMap { if case .text(let run) = $0.shape { run.text } else { nil } }
    for word in [
      "all rows", "Female", "ribbon: ± 2 standard errors", "single rows", "on fewer than 10 rows", "age",
    ] {
      #expect(texts.contains(word), "\(word)")
    }
    let groups = scene.marks.compactMap { if case .group(let group) = $0.shape { group.label } else { nil } }
    #expect(
      groups == ["By sex. all rows: 0.000 at 1.000, 4.000 at 5.000; Female: 0.000 at 1.000, 2.000 at 5.000"])
  }

  /// Panels of the same measure have one scale; another measure has its own.
  @Test func panelsOfAMeasureShareTheirScale() {
    var plot = Self.plot()
    var other = plot.panels[0]
    other.series[0].values = [0, 0, 0, 0, 40]
    var third = other
    third.yLabel = "mean score"
    plot.panels += [other, third]
    let labels = plot.layout(width: 1200).leaves.compactMap { mark -> String? in
      guard case .text(let run) = mark.shape, run.anchor == .end else { return nil }
      return run.text
    }
    #expect(labels.filter { $0 == "40" }.count == 2, "the first panel's axis and the third's: \(labels)")
  }
}

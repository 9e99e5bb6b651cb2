import Charts
import Testing

struct PanelTests {
  static func series(_ count: Int, _ kind: CurvePlot.Kind = .roc) -> CurvePlot {
    CurvePlot(
      kind, title: "T",
      series: (0..<count).map {
        .init(
          "g\($0)", detail: "AUC 0.8", points: [Point(0, 0), Point(0.2, 0.7), Point(0.6, 0.9), Point(1, 1)],
          operating: .init(x: Reading(0.2, 0.1, 0.3), y: Reading(0.7, 0.6, 0.8)), prevalence: 0.3,
          isReference: $0 == 0)
      })
  }

  static func curves(_ scene: Scene) -> [[Point]] {
    scene.leaves.compactMap { mark in
      if case .polyline(let points) = mark.shape, points.count > 2 { points } else { nil }
    }
  }

  static func frames(_ scene: Scene) -> [Box] {
    scene.leaves.compactMap { mark in
      if case .rect(let box, _) = mark.shape, mark.fill == nil, mark.stroke == .axis { box } else { nil }
    }
  }

  @Test func fewCurvesShareASquareAndManyGetTheirOwn() {
    let shared = Self.series(4).layout(width: 700)
    #expect(Self.frames(shared).count == 1 && Self.curves(shared).count == 4)
    let looks = Set(
      shared.leaves.filter { mark in
        if case .polyline(let points) = mark.shape { points.count > 2 } else { false }
      }.map { "\($0.stroke.map(\.name) ?? "") \($0.dash)" })
    #expect(looks.count == 4, "told apart by colour and dash: \(looks)")
    let many = Self.series(7).layout(width: 700)
    #expect(Self.frames(many).count == 6 && Self.curves(many).count == 12, "the reference behind each")
    for frame in Self.frames(shared) + Self.frames(many) { #expect(abs(frame.width - frame.height) <= 0.5) }
    check(shared, "shared")
    check(many, "many")
  }

  @Test func curvesPassThroughTheirPoints() throws {
    let scene = Self.series(1).layout(width: 700)
    let frame = try #require(Self.frames(scene).first)
    let curve = try #require(Self.curves(scene).first)
    for point in [Point(0, 0), Point(0.2, 0.7), Point(0.6, 0.9), Point(1, 1)] {
      let place = Point(frame.x + point.x * frame.width, frame.maxY - point.y * frame.height)
      #expect(curve.contains { abs($0.x - place.x) < 1e-6 && abs($0.y - place.y) < 1e-6 })
    }
  }

  /// Precision–recall goes in steps: every piece is level or upright.
  @Test func precisionIsNeverInterpolated() throws {
    let curve = try #require(Self.curves(Self.series(1, .precisionRecall).layout(width: 700)).first)
    for (from, to) in zip(curve, curve.dropFirst()) { #expect(from.x == to.x || from.y == to.y) }
  }

  @Test func calibrationShowsEveryBinAndItsCount() throws {
    let counts: [Double] = [1_000_000, 400, 30, 2, 0]
    var bins: [CalibrationPlot.Bin] = []
    for (bin, count) in counts.enumerated() {
      let left = 0.2 * Double(bin)
      bins.append(
        .init(
          predicted: left + 0.1, observed: Reading(left, left * 0.75, left + 0.05), count: count,
          range: left...left + 0.2))
    }
    let scene = CalibrationPlot(title: "T", groups: [.init("g", note: "n", bins: bins)]).layout(width: 600)
    let frame = try #require(Self.frames(scene).first)
    let dots = DotPlotTests.symbols(in: scene)
    #expect(dots.count == 5)
    for (dot, bin) in zip(dots, bins) {
      let (x, y) = ((dot.x - frame.x) / frame.width, (frame.maxY - dot.y) / frame.height)
      let observed: Double = bin.observed.value ?? .nan
      #expect(abs(x - bin.predicted) < 1e-9)
      #expect(abs(y - observed) < 1e-9)
    }
    let bars = scene.leaves.compactMap { mark -> Box? in
      if case .rect(let box, _) = mark.shape, mark.fill == .data(0) { box } else { nil }
    }
    #expect(bars.count == 4 && bars.allSatisfy { $0.height >= 1 }, "two rows in a million still show")
    check(scene, "calibration")
  }

  @Test func cumulativeSharesRiseFromNoneToAll() throws {
    let plot = ScoreDistribution(
      title: "T", edges: [0, 0.25, 0.5, 0.75, 1], outcomes: ["1", "0"],
      groups: [.init("g", counts: [[1, 1, 1, 5], [8, 0, 0, 0]])], threshold: ReferenceLine(0.5, "threshold"))
    let scene = plot.layout(width: 600)
    let frame = try #require(Self.frames(scene).first)
    let curves = Self.curves(scene)
    #expect(curves.count == 2)
    for curve in curves {
      #expect(curve.first.map { abs($0.y - frame.maxY) < 1e-9 } == true)
      #expect(curve.last.map { abs($0.y - frame.y) < 1e-9 } == true)
      for (from, to) in zip(curve, curve.dropFirst()) { #expect(to.x >= from.x && to.y <= from.y) }
    }
    let middle = try #require(curves[0].first { abs($0.x - (frame.x + 0.75 * frame.width)) < 1e-9 })
    #expect(abs((frame.maxY - middle.y) / frame.height - 3.0 / 8) < 1e-9)
    check(scene, "ecdf")
  }

  @Test func heatFillsFollowValues() {
    let readings = [
      Reading(0.2), Reading(0.5), Reading(0.8), Reading(0.5, isUnstable: true), .absent("empty"),
    ]
    let grid = HeatGrid(
      title: "T", rowLabels: ["r"], columnLabels: ["a", "b", "c", "d", "e", "f"],
      cells: [readings.map { .init($0, note: "n 1") } + [nil]], ramp: .diverging(around: 0.5))
    let scene = grid.layout(width: 700)
    let fills = scene.leaves.compactMap { mark -> Ink? in
      if case .rect = mark.shape, mark.title != nil { mark.fill } else { nil }
    }
    #expect(fills == [.diverging(-6), .diverging(0), .diverging(6), .diverging(0), .paper])
    let stripes = scene.leaves.filter { $0.stroke == .paper }
    #expect(stripes.count == 2, "few observations are striped, and the legend says so")
    let texts = DotPlotTests.texts(in: scene)
    #expect(texts.contains("0.800") && texts.contains("—") && texts.filter { $0 == "n 1" }.count == 5)
    check(scene, "heat")
  }

  @Test func confusionRowsAddUpToAll() {
    let grid = ConfusionGrid(
      title: "T",
      groups: [
        .init("g", truePositives: 30, falseNegatives: 10, falsePositives: 0, trueNegatives: 0),
        .init("h", truePositives: 1, falseNegatives: 2, falsePositives: 3, trueNegatives: 1234),
      ])
    let scene = grid.layout(width: 700)
    let texts = DotPlotTests.texts(in: scene)
    for text in ["75.0%", "25.0%", "33.3%", "66.7%", "0.2%", "99.8%", "1,234"] {
      #expect(texts.contains(text), "\(text)")
    }
    #expect(texts.filter { $0 == "—" }.count == 2)
    check(scene, "confusion")
  }

  @Test func glyphIsSmallAndSilent() {
    let svg = CellGlyph(Reading(0.6, 0.5, 0.7), range: 0.4...0.8, reference: 0.65).svg
    #expect(svg.contains("aria-hidden=\"true\"") && svg.contains("width=\"120\" height=\"14\""))
    #expect(!svg.contains("id=") && !svg.contains("<title"))
    #expect(svg.utf8.count < 800)
    check(CellGlyph(Reading(0.6, 0.5, 0.7)).layout(), "glyph")
    check(CellGlyph(.absent("none")).layout(), "empty glyph")
  }
}

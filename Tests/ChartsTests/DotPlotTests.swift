import Charts
import TestSupport
import Testing

struct DotPlotTests {
  static let values: [(Double, Double, Double)] = [
    (0.712, 0.705, 0.719), (0.731, 0.722, 0.740), (0.588, 0.422, 0.736), (0.5, 0.5, 0.5),
    (0.6, 0.6, 0.600001),
  ]

  static func plot(axis: AxisSpec = .rate) -> DotPlot {
    DotPlot(
      title: "T", panels: [.init("TPR", axis: axis, reference: ReferenceLine(0.7, "overall")), .init("FPR")],
      rows: values.enumerated().map { index, value in
        .init(
          "g\(index)", note: "n \(index)",
          readings: [Reading(value.0, value.1, value.2, isUnstable: index == 2), .absent("no negatives")],
          isReference: index == 0)
      })
  }

  /// Places read back through the ticks that a reader would use: label text against grid line.
  @Test func dotsLieWhereTheAxisSaysTheyDo() throws {
    let scene = Self.plot().layout(width: 800)
    let axis = try #require(Axis(readFrom: scene, name: "TPR"))
    let dots = Self.symbols(in: scene)
    #expect(dots.count == Self.values.count)
    for (dot, value) in zip(dots, Self.values) {
      #expect(abs(axis.value(at: dot.x) - value.0) < 1e-9, "\(value)")
    }
  }

  @Test func everyIntervalIsDrawnToItsLimits() throws {
    let scene = Self.plot().layout(width: 800)
    let axis = try #require(Axis(readFrom: scene, name: "TPR"))
    let whiskers = Self.whiskers(in: scene)
    let expected = Self.values.filter { $0.1 < $0.2 }
    #expect(whiskers.count == expected.count)
    for (line, value) in zip(whiskers, expected) {
      #expect(line.1.x - line.0.x >= 1, "no interval vanishes")
      if value.2 - value.1 > 0.01 {
        #expect(abs(axis.value(at: line.0.x) - value.1) < 1e-9)
        #expect(abs(axis.value(at: line.1.x) - value.2) < 1e-9)
      }
    }
  }

  @Test func smallGroupsAreHollowAndAbsentOnesSayWhy() {
    let scene = Self.plot().layout(width: 800)
    let hollow = scene.leaves.filter { mark in
      if case .symbol = mark.shape { mark.fill == .paper } else { false }
    }
    #expect(hollow.count == 2, "one group, and the legend")
    let texts = Self.texts(in: scene)
    #expect(texts.filter { $0 == "— no negatives" }.count == Self.values.count)
    #expect(texts.contains("hollow: few observations"))
    #expect(texts.contains("overall 0.700"))
  }

  @Test func whatLeavesTheRangeEndsInAnArrow() {
    let scene = Self.plot(axis: AxisSpec(range: 0.6...0.72)).layout(width: 800)
    let shapes = scene.leaves.compactMap { mark -> Mark.Symbol? in
      if case .symbol(let symbol, _, _) = mark.shape { symbol } else { nil }
    }
    #expect(shapes.filter { $0 == .triangleRight }.count == 1, "0.731")
    #expect(shapes.filter { $0 == .triangleLeft }.count == 2, "0.588 and 0.5")
    let heads = scene.leaves.filter {
      if case .polyline(let points) = $0.shape { points.count == 3 } else { false }
    }
    #expect(heads.count == 2, "0.422–0.736 leaves on both sides; 0.722–0.740 is not in sight")
    check(scene, "clipped")
  }

  @Test func oneRowOrSixty() {
    for count in [1, 60] {
      let rows = (0..<count).map { DotPlot.Row("g\($0)", note: "1", readings: [Reading(0.5, 0.5, 0.5)]) }
      let scene = DotPlot(title: "T", panels: [.init("TPR")], rows: rows).layout(width: 700)
      #expect(Self.symbols(in: scene).count == count)
      check(scene, "\(count) rows")
    }
  }

  static func texts(in scene: Scene) -> [String] {
    scene.leaves.compactMap { if case .text(let run) = $0.shape { run.text } else { nil } }
  }

  /// Marks of data, not of legends: those with a tooltip.
  static func symbols(in scene: Scene) -> [Point] {
    scene.leaves.compactMap { mark in
      if case .symbol(_, let point, _) = mark.shape, mark.title != nil { point } else { nil }
    }
  }

  static func whiskers(in scene: Scene) -> [(Point, Point)] {
    scene.leaves.compactMap { mark in
      guard case .polyline(let points) = mark.shape, points.count == 2, points[0].y == points[1].y else {
        return nil
      }
      return mark.stroke == .data(0) || mark.stroke == .reference ? (points[0], points[1]) : nil
    }
  }
}

/// A linear horizontal axis, as a reader takes it from the labels below a panel.
struct Axis {
  private let ticks: [(x: Double, value: Double)]

  init?(readFrom scene: Scene, name: String) {
    let runs = scene.leaves.compactMap { mark -> TextRun? in
      if case .text(let run) = mark.shape { run } else { nil }
    }
    guard let head = runs.first(where: { $0.text == name }) else { return nil }
    let next = runs.filter { $0.at.y == head.at.y && $0.at.x > head.at.x + 1 && $0.weight == .semibold }.map(
      \.at.x
    ).min()
    let numbers = runs.compactMap { run -> (x: Double, y: Double, value: Double)? in
      guard run.anchor == .middle, run.at.x >= head.at.x - 1, run.at.x < next ?? .infinity else { return nil }
      return Double(run.text.replacing("−", with: "-")).map { (run.at.x, run.at.y, $0) }
    }
    let bottom = numbers.map(\.y).max()
    ticks = numbers.filter { $0.y == bottom }.map { ($0.x, $0.value) }
    if ticks.count < 2 { return nil }
  }

  func value(at x: Double) -> Double {
    let (first, last) = (ticks[0], ticks[ticks.count - 1])
    return first.value + (x - first.x) / (last.x - first.x) * (last.value - first.value)
  }
}

import Charts
import Testing

@Suite struct TrendPlotTests {
  static func entry(
    _ label: String, _ value: Double?, _ status: TrendPlot.Status, isBreak: Bool = false,
    changes: [TrendPlot.Change] = [], maximum: Double? = 0.1
  ) -> TrendPlot.Entry {
    TrendPlot.Entry(
      label, reading: value.map { Reading($0, $0 - 0.03, $0 + 0.03) } ?? .absent("no positives"),
      valueText: value.map { "\($0)" } ?? "— no positives", status: status, maximum: maximum,
      isBreak: isBreak,
      changes: changes)
  }

  static let plot = TrendPlot(
    title: "Trend", summary: "FAIL for 2 runs",
    entries: [
      entry("#1", 0.05, .pass), entry("#2", 0.06, .waived), entry("#3", nil, .inconclusive, maximum: 0.2),
      entry("#4", 0.2, .fail, maximum: 0.2),
      entry("#5", 0.22, .fail, isBreak: true, changes: [.data, .model], maximum: 0.2),
      entry("#6", 0.21, .fail, maximum: 0.2),
    ])

  private func lines(_ scene: Scene, _ ink: Ink, width: Double) -> [[Point]] {
    scene.leaves.compactMap { mark in
      guard case .polyline(let points) = mark.shape, mark.stroke == ink, mark.strokeWidth == width else {
        return nil
      }
      return points
    }
  }

  @Test(arguments: [280.0, 548, 1120]) func everythingIsInside(width: Double) {
    check(Self.plot.layout(width: width), "trend")
  }

  @Test func theLineBreaksAtOtherDataAndAtHoles() {
    let pieces = lines(Self.plot.layout(width: 548), .data(0), width: 1.5)
    #expect(pieces.map(\.count) == [2, 2])
  }

  @Test func marksSayTheVerdictByShape() {
    let symbols = Self.plot.layout(width: 548).leaves.compactMap { mark -> Mark.Symbol? in
      guard case .symbol(let symbol, _, _) = mark.shape, mark.title != nil else { return nil }
      return symbol
    }
    #expect(symbols == [.circle, .square, .triangle, .diamond, .diamond, .diamond])
    #expect(Set(TrendPlot.Status.allCases.prefix(4).map(\.name)).count == 4)
  }

  /// The limit is a step of its own for each run.
  @Test func limitsAreSteps() throws {
    let limit = try #require(lines(Self.plot.layout(width: 548), .limit, width: 1.5).first { $0.count > 2 })
    #expect(limit.count == 12)
    #expect(limit[0].y == limit[3].y && limit[4].y == limit[11].y && limit[3].y != limit[4].y)
    #expect(limit[3].x == limit[4].x)
  }

  @Test func heightsAreTheValues() throws {
    let scene = Self.plot.layout(width: 548)
    let line = try #require(lines(scene, .data(0), width: 1.5).last)
    let limit = try #require(lines(scene, .limit, width: 1.5).first { $0.count > 2 })
    // 0.22 is a fifth of the way from the limit of 0.2 beyond that of 0.1.
    let unit = (limit[0].y - limit[11].y) / 0.1
    #expect(abs(limit[11].y - line[0].y - 0.02 * unit) < 1e-9)
  }

  @Test func nothingToShowIsSaid() {
    let scene = TrendPlot(title: "Trend", entries: []).layout(width: 400)
    check(scene, "empty")
    #expect(
      scene.leaves.contains {
        if case .text(let run) = $0.shape { run.text == "No run to show." } else { false }
      })
  }
}

extension TrendPlot.Status {
  fileprivate var name: String { "\(self)" }
}

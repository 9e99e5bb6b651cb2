import Charts
import Testing

struct RobustnessTests {
  @Test(arguments: 0..<40)
  func anyInputIsDrawnInsideItsPage(seed: Int) {
    let count = [0, 1, 2, 3, 5, 9, 60][seed % 7]
    for (name, chart) in Nasty.charts(seed: UInt64(seed), count: count) {
      let width = [200.0, 360, 640, 1000, 1400][seed % 5]
      let scene = chart.layout(width: width)
      check(scene, "\(name) seed \(seed) at \(width)")
      #expect(scene == chart.layout(width: width))
    }
  }

  @Test func anyWidthWillDo() {
    for width in [0, -5, .nan, .infinity, 1e9, 281] {
      for (name, chart) in Nasty.charts(seed: 3, count: 4) where name != "glyph" {
        check(chart.layout(width: width), "\(name) at \(width)")
      }
    }
  }

  @Test func nothingToShowIsSaid() {
    for (name, chart) in Nasty.charts(seed: 1, count: 0) where name != "glyph" {
      let texts = chart.layout(width: 600).leaves.compactMap {
        if case .text(let run) = $0.shape { run.text } else { nil }
      }
      #expect(texts.count == 1 && (texts.first?.isEmpty == false), "\(name)")
    }
  }
}

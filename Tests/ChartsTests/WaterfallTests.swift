import Charts
import Testing

@Suite struct WaterfallTests {
  @Test func barsAddUp() throws {
    let chart = Waterfall(
      title: "Sum",
      parts: [
        .init("a", Reading(0.5, 0.4, 0.6)), .init("b", Reading(-0.2, -0.3, -0.1)),
        .init("2 other features", Reading(0.1)),
      ], total: .init("A − B", Reading(0.4)))
    let scene = chart.layout(width: 900)
    check(scene, "waterfall")
    let bars = scene.leaves.compactMap { mark -> (box: Box, ink: Ink?)? in
      guard case .rect(let box, _) = mark.shape, mark.title != nil else { return nil }
      return (box, mark.fill)
    }
    #expect(bars.count == 4)
    #expect(bars.map(\.ink) == [.data(0), .data(1), .data(0), .reference])
    #expect(abs(bars[0].box.maxX - bars[1].box.maxX) < 1e-9, "a falling bar begins where the one above ends")
    #expect(abs(bars[1].box.x - bars[2].box.x) < 1e-9)
    #expect(abs(bars[2].box.maxX - bars[3].box.maxX) < 1e-9, "the whole ends where the last part ends")
    #expect(abs(bars[0].box.x - bars[3].box.x) < 1e-9)
    let unit = bars[0].box.width / 0.5
    #expect(abs(bars[3].box.width / unit - 0.4) < 1e-9)
    let texts = scene.leaves.compactMap { if case .text(let run) = $0.shape { run.text } else { nil } }
    #expect(texts.contains("−0.200 [−0.300, −0.100]") && texts.contains("+0.400"))
  }
}

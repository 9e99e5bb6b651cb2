import Results
import Testing

@testable import Report

struct SpreadPageTests {
  private func spread(_ variance: Double) -> Spread {
    Spread(
      family: 1, metric: "selection_rate", groups: 3, largest: 1, smallest: 2, range: 0.2, noiseFloor: 0.05,
      variance: variance, deviationLower: 0, deviationUpper: 0.1, within: 0.3, detectable: 0.15,
      rowsToDecide: .infinity)
  }

  @Test func aSentenceTellsNoiseFromDifference() {
    let builder = PageBuilder(EvaluationFixture.adult.make(), mentionsChartFiles: false)
    let differs = builder.sentence(spread(0.04))
    #expect(differs.contains("lie up to 0.200 apart"))
    #expect(differs.contains("0.050 apart on average"))
    #expect(differs.contains("standard deviation is 0.200"))
    #expect(builder.sentence(spread(-0.001)).contains("no more than chance"))
  }
}

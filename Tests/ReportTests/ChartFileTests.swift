import Foundation
import Report
import Results
import Testing

@Suite struct ChartFileTests {
  @Test func everyFigureInThreeFormats() throws {
    var fixture = EvaluationFixture.adult
    fixture.families = [fixture.families[0], fixture.families[3]]
    let files = try ReportWriter.chartFiles(fixture.make())
    let paths = files.map(\.path)
    for name in [
      "dot-sex", "dot-quality-sex", "forest-sex", "forest-ratio-sex", "roc-sex", "calibration-sex",
      "scores-sex",
      "confusion-sex", "dot-sex-race", "forest-sex-race", "heat-selection-sex-race", "heat-recall-sex-race",
    ] {
      for ending in ["svg", "png", "pdf"] { #expect(paths.contains("charts/\(name).\(ending)")) }
    }
    for file in files {
      let start = Array(file.bytes.prefix(4))
      switch file.path.suffix(3) {
      case "png": #expect(start == [0x89, 0x50, 0x4E, 0x47])
      case "pdf": #expect(start == Array("%PDF".utf8))
      default: #expect(start == Array("<?xm".utf8))
      }
    }
  }
}

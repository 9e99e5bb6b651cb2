import Charts
import Foundation
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

/// The checks themselves can fail.
struct SceneChecksTests {
  @Test func whatLeavesThePageIsFound() {
    let scene = Scene(
      width: 50, height: 20, title: "T",
      marks: [.text(TextRun("far too long for this page", at: Point(0, 10)))])
    withKnownIssue { check(scene, "too long") }
    let line = Scene(width: 50, height: 20, title: "T", marks: [.line(Point(0, 5), Point(60, 5), .axis)])
    withKnownIssue { check(line, "too far") }
  }
}

/// Writes what the corpus looks like into the folder that FAIRSLICE_GALLERY names.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FAIRSLICE_GALLERY"] != nil))
struct NastyGalleryTests {
  @Test func gallery() throws {
    let folder = ProcessInfo.processInfo.environment["FAIRSLICE_GALLERY"] ?? ""
    var page = "<!doctype html><meta charset=utf-8><style>\(Palette.stylesheet)</style>"
    for (name, chart) in Nasty.charts(seed: 8, count: 5) + Nasty.charts(seed: 11, count: 3) {
      page += "<h4>\(name)</h4>" + chart.layout(width: name == "glyph" ? 120 : 900).svg(idPrefix: name)
    }
    try page.write(toFile: folder + "/nasty.html", atomically: true, encoding: .utf8)
  }
}

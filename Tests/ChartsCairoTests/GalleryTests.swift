import Charts
import ChartsCairo
import Foundation
import Testing

/// Draws every kind of chart into the folder that FAIRSLICE_GALLERY names, to be looked at.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FAIRSLICE_GALLERY"] != nil))
struct GalleryTests {
  @Test func gallery() throws {
    let folder = ProcessInfo.processInfo.environment["FAIRSLICE_GALLERY"] ?? ""
    for theme in ["light", "dark"] {
      var page = "<!doctype html><html data-theme=\(theme)><meta charset=utf-8><style>\(Palette.stylesheet)"
      page +=
        "body{background:var(--chart-paper);color:var(--chart-text);font-family:system-ui,sans-serif;margin:24px}"
      page += "</style>"
      for (name, chart, width) in Gallery.charts {
        page += "<h3>\(name)</h3>" + chart.layout(width: width).svg(idPrefix: name)
      }
      page += "<h3>glyphs</h3><table border=1>"
      for row in Gallery.groups.indices {
        page += "<tr><td>\(Gallery.groups[row].name)</td><td>"
        page += CellGlyph(Gallery.reading(row), range: 0.4...0.8, reference: 0.712).svg + "</td></tr>"
      }
      try page.write(toFile: "\(folder)/\(theme).html", atomically: true, encoding: .utf8)
    }
    for (name, chart, width) in Gallery.charts {
      let scene = chart.layout(width: width)
      try ChartFile.write(scene, as: .png(scale: 2), to: "\(folder)/\(name).png", title: chart.title)
      try ChartFile.write(scene, as: .pdf, to: "\(folder)/\(name).pdf", title: chart.title)
      try ChartFile.write(scene, as: .svg, to: "\(folder)/\(name).svg", title: chart.title)
    }
  }
}

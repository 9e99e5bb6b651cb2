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

enum Gallery {
  static let groups = [
    ("Overall", "24,420", 0.712, 0.705, 0.719), ("White", "18,034", 0.731, 0.722, 0.740),
    ("Black", "3,420", 0.648, 0.601, 0.693), ("Asian-Pac-Islander", "742", 0.702, 0.640, 0.757),
    ("Amer-Indian-Eskimo", "34", 0.588, 0.422, 0.736), ("Other", "0", Double.nan, 0, 0),
    ("A group whose name is far too long to be printed on one line or even on two", "120", 0.66, 0.57, 0.74),
  ]
  static func reading(_ index: Int, _ shift: Double = 0) -> Reading {
    let group = groups[index]
    if group.2.isNaN { return .absent("no positives") }
    return Reading(group.2 + shift, group.3 + shift, group.4 + shift, isUnstable: group.1 == "34")
  }

  static let dots = DotPlot(
    title: "True positive rate by race", summary: "Lowest for Amer-Indian-Eskimo.",
    panels: [.init("True positive rate", reference: ReferenceLine(0.712, "overall"))],
    rows: groups.indices.map {
      .init(groups[$0].0, note: groups[$0].1, readings: [reading($0)], isReference: $0 == 0)
    },
    noteHeading: "n⁺")
  static let panels = DotPlot(
    title: "Rates by race", summary: "",
    panels: [
      .init("True positive rate", reference: ReferenceLine(0.712, "overall")),
      .init(
        "False positive rate", axis: AxisSpec(limits: 0...1, format: .percent),
        reference: ReferenceLine(0.112, "overall")),
      .init("Precision with a longer name"), .init("Accuracy"),
    ],
    rows: groups.indices.map { i in
      .init(
        groups[i].0, note: groups[i].1, readings: [0, -0.6 + 0.1, 0.1, -0.05].map { reading(i, $0) },
        isReference: i == 0)
    })

  static let charts: [(String, any Chart, Double)] = [
    ("dots", dots, 760), ("panels", panels, 1000), ("dots-narrow", dots, 420),
  ]
}

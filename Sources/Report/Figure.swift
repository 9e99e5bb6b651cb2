import Charts
import Templating

/// A chart with what stands around it: caption, table of the same numbers, file name.
struct Figure {
  var id: String
  /// Name of its files, without folder and extension; nil for a chart that is not written to a file.
  var fileName: String?
  var heading: String
  /// The conclusion in words.
  var caption: String
  var chart: any Chart
  var table: DataTable
  /// Width in CSS pixels to lay out for: half a page's line, so that two charts stand side by side.
  var width: Double = Figure.half
  /// Whether the drawing holds so much that its tooltips would weigh more than it.
  var isDense = false

  static let half = 632.0
  static let whole = 1296.0

  func model() -> TemplateValue {
    let scene = chart.layout(width: width).quietened(isDense)
    return [
      "id": .text(id), "heading": .text(heading), "caption": .text(caption),
      "svg": .markup(scene.svg(idPrefix: id, caption: id + "-c")), "table": table.model(),
      "isHalf": .bool(width < 700),
    ]
  }
}

/// The numbers of a chart.
struct DataTable {
  enum Cell {
    case text(String)
    /// Words for a number, and the number itself for whoever checks the model.
    case number(String, Double?)
  }

  var caption: String
  var columns: [String]
  /// The first cell of a row names it.
  var rows: [(name: String, cells: [Cell])]

  func model() -> TemplateValue {
    [
      "caption": .text(caption),
      "columns": .list(columns.map { .text($0) }),
      "rows": .list(
        rows.map { row in
          [
            "name": .text(row.name),
            "cells": .list(
              row.cells.map { cell in
                switch cell {
                case .text(let text): ["text": .text(text), "raw": .null]
                case .number(let text, let raw):
                  ["text": .text(text), "raw": raw.map { .number($0) } ?? .null]
                }
              }),
          ]
        }),
    ]
  }
}

extension Scene {
  /// Without tooltips that a neighbour repeats, or without any.
  func quietened(_ isDense: Bool) -> Scene {
    var result = self
    result.marks = Scene.quietened(marks, isDense)
    return result
  }

  private static func quietened(_ marks: [Mark], _ isDense: Bool) -> [Mark] {
    var result = marks
    for index in result.indices {
      if case .group(var group) = result[index].shape {
        group.marks = quietened(group.marks, isDense)
        result[index].shape = .group(group)
      }
      let isRepeated = index + 1 < result.count && result[index].title == result[index + 1].title
      if isDense || isRepeated { result[index].title = nil }
    }
    return result
  }
}

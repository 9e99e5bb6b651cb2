import Charts
import Results
import Templating

extension PageBuilder {
  /// Candidate, baseline and change of the main metrics, one row a slice.
  func changeTable(_ slices: [Int], caption: String, id: String) -> TemplateValue {
    let entries = comparedEntries
    return [
      "id": .text(id), "caption": .text(caption), "hasLabel": .bool(hasLabel && hasOutcomes),
      "hasFlips": .bool(hasOutcomes),
      "columns": .list(
        entries.map { ["name": .text(PageBuilder.shortName($0)), "symbol": .text($0.symbol)] }),
      "rows": .list(slices.map { changeRow(entries, $0) }),
    ]
  }

  private func changeRow(_ entries: [MetricEntry], _ slice: Int) -> TemplateValue {
    let changes = entries.map { change($0, slice) }
    return [
      "label": .text(label(slice)), "href": .text("#" + anchor(slice)),
      "rows": .text(shownRows(slice)),
      "flips": flips(slice).map { flips in
        [
          "toRight": .text(Wording.count(flips.toRight)), "toWrong": .text(Wording.count(flips.toWrong)),
          "toPositive": .text(Wording.count(flips.toPositive)),
          "toNegative": .text(Wording.count(flips.toNegative)), "raw": .integer(flips.count),
        ]
      } ?? .null,
      "cells": .list(
        changes.map { change in
          [
            "change": change.estimate.cell(signed: true),
            "candidate": .text(change.candidate.map { Wording.value($0) } ?? "—"),
            "baseline": .text(change.baseline.map { Wording.value($0) } ?? "—"),
            "word": change.isWorse ? "worse" : change.isBetter ? "better" : .null,
            "isSure": .bool(Wording.excludes(0, change.estimate)),
          ]
        }),
    ]
  }

  /// The changes of a family's groups as a forest around zero.
  func changeFigure(_ family: Int) -> Figure {
    let slices = comparedSlices(family)
    let directed = comparedEntries.filter { $0.direction != .neutral }
    let entries = Array((directed.isEmpty ? comparedEntries : directed).prefix(4))
    let heading = "Change from the baseline in each group of \(familyName(family))"
    let caption = changeCaption(entries, slices)
    let panels = entries.map { entry in
      let words = PageBuilder.sides(entry.direction)
      return Forest.Panel(
        PageBuilder.shortName(entry), .difference, lessLabel: words.less, moreLabel: words.more)
    }
    let rows = slices.map { slice in
      Forest.Row(
        label(slice), note: self.shownRows(slice), weight: Double(self.rows(slice)),
        readings: entries.map { Wording.reading(change($0, slice).estimate) })
    }
    return Figure(
      id: "fig-change-\(slugs[family])", fileName: "change-\(slugs[family])", heading: heading,
      caption: caption,
      chart: Forest(
        title: heading, summary: caption, panels: panels, rows: rows,
        unstableLegend: "hollow: fewer than \(Wording.smallCount) in the denominator"),
      table: changeData(heading, entries, slices),
      isDense: isCrowded(family, slices, entries.count))
  }

  private static func sides(_ direction: MetricEntry.Direction) -> (less: String, more: String) {
    switch direction {
    case .higherIsBetter: ("worse", "better")
    case .lowerIsBetter: ("better", "worse")
    case .neutral: ("lower", "higher")
    }
  }

  private func changeCaption(_ entries: [MetricEntry], _ slices: [Int]) -> String {
    entries.map { entry in
      let changes = slices.map { change(entry, $0) }.filter { $0.estimate.status == .ok }
      let (worse, better) = (changes.filter(\.isWorse).count, changes.filter(\.isBetter).count)
      let name = PageBuilder.shortName(entry)
      if entry.direction == .neutral {
        let sure = changes.filter { Wording.excludes(0, $0.estimate) }.count
        return "\(name): \(sure) of \(changes.count) intervals \(sure == 1 ? "excludes" : "exclude") 0."
      }
      return
        "\(name): of \(Wording.plural(changes.count, "interval", "intervals")) \(worse) on the worse side of 0, "
        + "\(better) on the better side."
    }.joined(separator: " ")
  }

  private func changeData(_ caption: String, _ entries: [MetricEntry], _ slices: [Int]) -> DataTable {
    DataTable(
      caption: caption,
      columns: ["Group", "n"] + entries.flatMap { [PageBuilder.shortName($0), "candidate", "baseline"] },
      rows: slices.map { slice in
        let cells = entries.flatMap { entry -> [DataTable.Cell] in
          let change = change(entry, slice)
          return [
            .number(Wording.text(change.estimate, signed: true), change.estimate.value),
            .number(change.candidate.map { Wording.value($0) } ?? "—", change.candidate),
            .number(change.baseline.map { Wording.value($0) } ?? "—", change.baseline),
          ]
        }
        return (label(slice), [rowsCell(slice)] + cells)
      })
  }
}

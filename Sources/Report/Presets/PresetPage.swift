import Charts
import Results
import Templating

/// The indicators of a preset: what they are, from where, what was left out, and a table a family.
struct PresetPage {
  private let page: PageBuilder
  private let record: PresetRecord

  /// Rows of a table that are shown; the rest stands in indicators.csv.
  static let shownRows = 60
  /// Columns beside each other; what is more stands in a second table.
  static let shownColumns = 9

  /// nil where no preset was chosen.
  init?(_ page: PageBuilder) {
    guard let record = page.evaluation.preset else { return nil }
    self.page = page
    self.record = record
  }

  func model() -> TemplateValue {
    let columns = distinctColumns
    return [
      "id": .text(record.id), "title": .text(record.title), "statement": .text(record.statement),
      "level": .text(Wording.level(page.evaluation.level)),
      "citations": .list(
        record.citations.map { ["source": .text($0.source), "about": .text($0.about)] }),
      "requests": .list(record.requests.map(request)),
      "exclusions": .list(exclusions),
      "notes": .list(record.notes.map { .text(VisibleText.of($0)) }),
      "tables": .list(record.tables.enumerated().map { table($1, index: $0) }),
      "columns": .list(columns.map { ["name": .text($0.name), "meaning": .text($0.meaning)] }),
    ]
  }

  private func request(_ request: PresetRecord.Request) -> TemplateValue {
    [
      "key": .text(request.key), "wanted": .text(VisibleText.of(request.wanted)),
      "used": .text(VisibleText.of(request.used)), "isOther": .bool(request.wanted != request.used),
    ]
  }

  /// Groups by the reason for which they are in no comparison.
  private var exclusions: [TemplateValue] {
    var reasons: [String] = []
    for entry in record.exclusions where !reasons.contains(entry.reason) { reasons.append(entry.reason) }
    return reasons.map { reason in
      let slices = record.exclusions.filter { $0.reason == reason }.map(\.slice)
      let families = Dictionary(grouping: slices) { page.evaluation.slices.family[$0] }
      let texts = families.sorted { $0.key < $1.key }.map { family, slices in
        "of \(page.familyName(family)) \(listed(slices))"
      }
      return ["reason": .text(VisibleText.of(reason)), "groups": .text(texts.joined(separator: "; "))]
    }
  }

  /// The first groups by name, the others by number.
  private func listed(_ slices: [Int]) -> String {
    let names = slices.prefix(6).map { page.label($0) }
    let more = slices.count - names.count
    return names.joined(separator: ", ") + (more > 0 ? " and \(Wording.count(more)) more" : "")
  }

  /// Columns that a reader may ask about, once each.
  private var distinctColumns: [PresetTable.Column] {
    var found: [PresetTable.Column] = []
    for column in record.tables.flatMap(\.columns) where !found.contains(where: { $0.id == column.id }) {
      found.append(column)
    }
    return found
  }

  // MARK: Tables

  private func table(_ table: PresetTable, index: Int) -> TemplateValue {
    let left = table.slices.count - PresetPage.shownRows
    return [
      "anchor": .text("indicators-\(index + 1)"),
      "title": .text(VisibleText.of(table.title)), "about": .text(VisibleText.of(table.about)),
      "together": .text(VisibleText.of(table.together)),
      "reference": table.reference.map { .text(page.label($0)) } ?? .null,
      "chapter": .text("#" + page.chapterAnchor(table.family)),
      "blocks": .list(
        PresetPage.blocks(table.columns).enumerated().map { place, columns in
          block(columns, of: table, isFirst: place == 0, id: "indicators-\(index + 1)-\(place + 1)")
        }),
      "left": .optional(
        left > 0 ? Wording.plural(left, "more group is", "more groups are") + " in indicators.csv." : nil),
    ]
  }

  /// Parts of about equal length.
  private static func blocks(_ columns: [PresetTable.Column]) -> [[PresetTable.Column]] {
    let count = max(1, (columns.count + shownColumns - 1) / shownColumns)
    let size = max(1, (columns.count + count - 1) / count)
    return stride(from: 0, to: columns.count, by: size).map {
      Array(columns[$0..<min($0 + size, columns.count)])
    }
  }

  private func block(
    _ columns: [PresetTable.Column], of table: PresetTable, isFirst: Bool, id: String
  ) -> TemplateValue {
    [
      "id": .text(id), "isFirst": .bool(isFirst),
      "hasIntervals": .bool(columns.contains { !$0.lower.isEmpty }),
      "columns": .list(columns.map { ["name": .text($0.name), "isText": .bool($0.kind == .text)] }),
      "rows": .list(
        table.slices.indices.prefix(PresetPage.shownRows).compactMap { row in
          self.row(row, columns, of: table, isFirst: isFirst)
        }),
    ]
  }

  /// nil where a later part has nothing to say of a group: the reference group is not compared with itself.
  private func row(
    _ row: Int, _ columns: [PresetTable.Column], of table: PresetTable, isFirst: Bool
  ) -> TemplateValue? {
    let slice = table.slices[row]
    let cells = columns.map { cell($0, row, slice: slice) }
    guard isFirst || cells.contains(where: { $0["estimate"] != .null || $0["text"].words != nil }) else {
      return nil
    }
    return [
      "label": .text(page.label(slice)), "href": .text("#" + page.anchor(slice)),
      "isReference": .bool(slice == table.reference), "cells": .list(cells),
    ]
  }

  private func cell(_ column: PresetTable.Column, _ row: Int, slice: Int) -> TemplateValue {
    let text = column.texts.indices.contains(row) ? column.texts[row] : ""
    func words(_ words: String, isNumber: Bool) -> TemplateValue {
      ["isNumber": .bool(isNumber), "text": .text(words), "estimate": .null]
    }
    if column.kind == .text { return words(VisibleText.of(text), isNumber: false) }
    let value = column.values[row]
    if column.kind == .pValue, let p = Wording.pValue(value.isNaN ? nil : value) {
      return words(p, isNumber: true)
    }
    let limit = { (limits: [Double]) in limits.indices.contains(row) && !limits[row].isNaN ? limits[row] : nil
    }
    let isNone = value.isNaN
    let estimate = Estimate(
      value: isNone ? nil : value, lower: isNone ? nil : limit(column.lower),
      upper: isNone ? nil : limit(column.upper),
      // What has no interval is not slanted for its few rows.
      denominator: column.lower.isEmpty ? Wording.smallCount : page.evaluation.slices.rows[slice], weight: 0,
      effectiveCount: 0, status: isNone ? .undefined : .ok, reason: VisibleText.of(text))
    return [
      "isNumber": true, "text": .null,
      "estimate": isNone && text.isEmpty ? .null : estimate.cell(column.kind == .count ? .count : .rate),
    ]
  }
}

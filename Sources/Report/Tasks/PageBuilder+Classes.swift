import Charts
import Results
import Templating

/// Metrics of single classes and their averages.
extension PageBuilder {
  private static let classBases = [
    "prevalence", "selection_rate", "recall", "precision", "false_positive_rate", "f1", "roc_auc",
  ]
  /// Averages by the base of the metric that is averaged.
  private static let averageSuffixes: [(name: String, suffixes: [String])] = [
    ("Macro average", ["_macro", "_ovr_macro"]), ("Weighted average", ["_weighted", "_ovr_weighted"]),
    ("Micro average", ["_micro", "_ovr_micro"]), ("Average of rows", ["_samples"]),
  ]

  /// All rows by class: a row for each class, then its averages; null where the task has none.
  func classTable() -> TemplateValue {
    guard let profile, let classes = evaluation.roles.classes else { return .null }
    let shown = classes.prefix(60)
    let bases = PageBuilder.classBases.filter { base in
      shown.contains { evaluation.metricIndex(TaskProfile.id(base, $0)) != nil }
    }
    guard let first = shown.first, !bases.isEmpty else { return .null }
    let rows = shown.map { name -> TemplateValue in
      classRow(VisibleText.of(name), bases.map { TaskProfile.id($0, name) }, isAverage: false)
    }
    let averages = PageBuilder.averageSuffixes.map { name, suffixes in
      let ids = bases.map { base in
        suffixes.map { base + $0 }.first { evaluation.metricIndex($0) != nil } ?? ""
      }
      return (name: name, ids: ids)
    }.filter { $0.ids.contains { !$0.isEmpty } }.map { classRow($0.name, $0.ids, isAverage: true) }
    let what = profile.kind == .multilabel ? "label" : "class"
    let facts = MetricFacts(evaluation.task)
    return [
      "heading": .text("By \(what)"), "what": .text(what), "head": .text(PageBuilder.sentence(what)),
      "columns": .list(
        bases.map { base in
          guard let entry = entry(TaskProfile.id(base, first)) else {
            return ["name": .text(base), "tip": .null]
          }
          let name = name(ofMetric: entry, without: first)
          return ["name": .text(name), "tip": .text(facts.tip(entry, name: name))]
        }),
      "rows": .list(rows + averages),
      "left": .optional(
        classes.count > shown.count
          ? Wording.plural(classes.count - shown.count, "more is", "more are") + " in slices.csv." : nil),
    ]
  }

  /// `Recall` of `Recall of long_term`.
  func name(ofMetric entry: MetricEntry, without name: String) -> String {
    let ending = " of \(VisibleText.of(name))"
    return entry.name.hasSuffix(ending) ? String(entry.name.dropLast(ending.count)) : entry.name
  }

  private func classRow(_ name: String, _ ids: [String], isAverage: Bool) -> TemplateValue {
    let count = ids.first { $0.hasPrefix("recall[") }.flatMap { evaluation.estimate($0, slice: 0) }
    return [
      "name": .text(name), "isAverage": .bool(isAverage),
      "support": .text(
        count.map { $0.status == .suppressed ? "withheld" : Wording.count($0.denominator) } ?? ""),
      "cells": .list(
        ids.map { id in
          guard let estimate = evaluation.estimate(id, slice: 0) else { return ["estimate": .null] }
          return ["estimate": estimate.cell(entry(id)?.kind ?? .rate)]
        }),
    ]
  }

  // MARK: Figures

  /// Recall and precision of every class in every group, with their averages.
  func classFigures(_ profile: TaskProfile, _ family: Int, _ shown: [Int], _ cut: String) -> [Figure] {
    ["recall", "precision"].compactMap { classGrid($0, profile, family, shown, cut) }
  }

  private func classGrid(
    _ base: String, _ profile: TaskProfile, _ family: Int, _ shown: [Int], _ cut: String
  ) -> Figure? {
    let averages = [base + "_macro"].filter { evaluation.metricIndex($0) != nil }
    let ids = profile.classes.map { TaskProfile.id(base, $0) }.filter { evaluation.metricIndex($0) != nil }
    guard let name = profile.classes.first, ids.count > 1, let entry = entry(TaskProfile.id(base, name))
    else {
      return nil
    }
    let what = self.name(ofMetric: entry, without: name)
    let one = profile.kind == .multilabel ? "label" : "class"
    let rows = ids + averages
    let labels = rows.map { id in self.entry(id)?.classLabel.map { VisibleText.of($0) } ?? "macro average" }
    let estimates = rows.map { id in shown.map { evaluation.estimate(id, slice: $0) } }
    let heading = "\(what) of each \(one) by \(familyName(family))"
    let caption = widest(what, ids, shown) + cut
    let cells = estimates.map { row in
      row.map { $0.map { HeatGrid.Cell(Wording.reading($0), note: Wording.count($0.denominator)) } }
    }
    return Figure(
      id: "fig-\(base)-\(one)-\(slugs[family])", fileName: "\(base)-by-\(one)-\(slugs[family])",
      heading: heading, caption: caption,
      chart: HeatGrid(
        title: heading, summary: caption, rowLabels: labels, columnLabels: shown.map(label), cells: cells,
        ramp: .sequential(0...1),
        unstableLegend: "striped: fewer than \(Wording.smallCount) \(entry.denominator)"),
      table: DataTable(
        caption: heading,
        columns: [PageBuilder.sentence(one)] + shown.flatMap { [label($0), entry.denominator] },
        rows: zip(labels, estimates).map { label, row in
          (
            label,
            row.flatMap { estimate -> [DataTable.Cell] in
              guard let estimate else { return [.text("—"), .text("")] }
              return [
                .number(Wording.text(estimate), estimate.value),
                .number(Wording.count(estimate.denominator), Double(estimate.denominator)),
              ]
            }
          )
        }), width: shown.count <= 3 ? Figure.half : Figure.whole)
  }

  /// The class whose groups are farthest apart, among those with enough rows.
  private func widest(_ what: String, _ ids: [String], _ shown: [Int]) -> String {
    let spans = ids.compactMap { id -> (id: String, low: (Int, Double), high: (Int, Double))? in
      let known = shown.compactMap { slice -> (Int, Double)? in
        guard let estimate = evaluation.estimate(id, slice: slice), !Wording.isSmall(estimate) else {
          return nil
        }
        return estimate.value.map { (slice, $0) }
      }
      guard let low = known.min(by: { $0.1 < $1.1 }), let high = known.max(by: { $0.1 < $1.1 }),
        low.0 != high.0
      else { return nil }
      return (id, low, high)
    }
    guard let span = spans.max(by: { $0.high.1 - $0.low.1 < $1.high.1 - $1.low.1 }),
      let entry = entry(span.id)
    else { return "No two groups have enough rows of one class to be compared." }
    let name = entry.classLabel.map { VisibleText.of($0) } ?? ""
    return
      "\(what) differs most for \(name): \(Wording.value(span.low.1)) in \(label(span.low.0)), "
      + "\(Wording.value(span.high.1)) in \(label(span.high.0))."
  }
}

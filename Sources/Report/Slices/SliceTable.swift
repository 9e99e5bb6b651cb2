import Charts
import Results
import Templating

/// The table of all slices: the worst for everyone, all of them in columns for the script.
struct SliceTable {
  /// Rows that are there without a script.
  static let servedInFull = 200
  static let servedInPart = 50
  static let lead = [
    "prevalence", "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    "roc_auc",
  ]
  /// The same where the truth is not known.
  static let leadWithoutLabel = ["predicted_positives", "selection_rate", "mean_score"]

  let builder: PageBuilder
  let evaluation: Evaluation
  let maker: SliceColumnMaker
  var columns: [SliceColumn] { maker.columns }

  init(_ builder: PageBuilder) {
    self.builder = builder
    evaluation = builder.evaluation
    maker = SliceColumnMaker(builder.evaluation)
  }

  // MARK: Model

  func model() -> TemplateValue {
    let total = evaluation.slices.count
    let isCut = total > SliceTable.servedInFull
    let shown = sets.first.map { $0.columns.map { columns[$0] } } ?? []
    let harms = harmColumns(.overall)
    return [
      "total": .text(Wording.count(total)),
      "served": .text(Wording.count(isCut ? SliceTable.servedInPart : total)),
      "isCut": .bool(isCut),
      "hasHarm": .bool(!harms.isEmpty),
      "hasReference": .bool(columns.contains { $0.gap?.against == .reference }),
      "hasGate": .bool(evaluation.judgement != nil),
      "hasMeasures": .bool(harms.contains { columns[$0].measure != 1 }),
      "harmOf": .text(PageBuilder.listed(harms.map { columns[columns[$0].gap?.base ?? 0].symbol })),
      "head": .list(shown.map { ["symbol": .text($0.symbol), "name": .text($0.name)] }),
      "rows": .list(
        worstFirst.prefix(isCut ? SliceTable.servedInPart : total).map { row($0, shown, harms) }),
      "json": .markup(SliceTable.scriptSafe(data().json(indented: false))),
    ]
  }

  private func row(_ slice: Int, _ shown: [SliceColumn], _ harms: [Int]) -> TemplateValue {
    let worst = harm(slice, harms)
    return [
      "id": .text(builder.anchor(slice)),
      "predicate": .text(VisibleText.of(evaluation.slices.predicate[slice])),
      "rows": .text(rows(slice).map { Wording.count($0) } ?? "withheld"),
      "isEmpty": .bool(rows(slice) == 0),
      "harm": .optional(worst.map { ColumnCode.text($0.units, decimals: 3) }),
      "harmIn": .optional(worst.map { columns[columns[$0.column].gap?.base ?? 0].symbol }),
      "cells": .list(shown.map { cell($0, slice) }),
    ]
  }

  private func cell(_ column: SliceColumn, _ slice: Int) -> TemplateValue {
    let estimate = evaluation.metricIndex(column.id).map { evaluation.estimates[$0][slice] }
    let isShown = estimate?.status != .suppressed
    let reason = column.numbers.reason[slice]
    let isInfinite = reason == SliceReasons.infinite
    return [
      "shown": .optional(column.numbers.value[slice].map(column.text) ?? (isInfinite ? "∞" : nil)),
      "interval": .optional(column.interval(slice)),
      "reason": .optional(reason == SliceReasons.none || isInfinite ? nil : maker.reasons.texts[reason]),
      "isSmall": .bool(
        isShown && estimate?.value != nil && !column.isCount && estimate.map(Wording.isSmall) == true),
      "raw": isShown ? estimate?.value.map { .number($0) } ?? .null : .null,
    ]
  }

  /// The rows of a slice; nil where they are withheld.
  func rows(_ slice: Int) -> Int? {
    guard maker.isWithheld[slice] else { return evaluation.slices.rows[slice] }
    let count = evaluation.estimate("count", slice: slice)
    return count?.status == .ok ? evaluation.slices.rows[slice] : nil
  }

  // MARK: Worst first

  /// The gaps that count as harm: of metrics with a better and a worse end, where there are any.
  func harmColumns(_ against: SliceArithmetic.Against) -> [Int] {
    let all = columns.indices.filter { columns[$0].gap?.against == against }
    let directed = all.filter { columns[$0].direction != .neutral }
    return directed.isEmpty ? all : directed
  }

  /// The largest harm of a slice that an interval vouches for, and the column it is in.
  func harm(_ slice: Int, _ harms: [Int]) -> (units: Int, column: Int)? {
    var worst: (units: Int, column: Int)?
    for column in harms {
      if let units = columns[column].harm(slice), units > worst?.units ?? .min { worst = (units, column) }
    }
    return worst
  }

  /// By the lower bound of the harm, then by rows, then as stored.
  var worstFirst: [Int] {
    let harms = harmColumns(.overall)
    let keys = evaluation.slices.predicate.indices.map { slice in
      (-(harm(slice, harms)?.units ?? -.max), -(rows(slice) ?? 0), slice)
    }
    return keys.sorted { $0 < $1 }.map(\.2)
  }

  // MARK: Sets

  /// Column sets by the places of their columns; the first is shown at the start.
  var sets: [(name: String, columns: [Int])] {
    func pick(_ ids: String...) -> [Int] { ids.compactMap { evaluation.metricIndex($0) } }
    func gaps(_ against: SliceArithmetic.Against) -> [Int] {
      columns.indices.filter { columns[$0].gap?.against == against }
    }
    if let profile = builder.profile { return taskSets(profile) }
    let main = (builder.hasLabel ? SliceTable.lead : SliceTable.leadWithoutLabel).compactMap {
      evaluation.metricIndex($0)
    }
    let all = evaluation.metrics.indices.filter { evaluation.metrics[$0].id != "count" }
    let sets = [
      ("Main", main.isEmpty ? Array(all.prefix(8)) : main), ("Gaps to all rows", gaps(.overall)),
      ("Gaps to the reference", gaps(.reference)), ("Gaps to the rows outside", gaps(.complement)),
      (
        "Errors",
        pick(
          "false_positive_rate", "false_negative_rate", "false_discovery_rate", "false_omission_rate",
          "true_negative_rate", "negative_predictive_value")
      ),
      ("Quality", pick("accuracy", "balanced_accuracy", "f1", "mcc", "roc_auc", "average_precision")),
      (
        "Scores",
        pick(
          "mean_score", "calibration_in_the_large", "expected_calibration_error", "brier_score", "log_loss")
      ),
      (
        "Counts",
        pick(
          "weight", "true_positives", "false_positives", "false_negatives", "true_negatives",
          "predicted_positives")
      ), ("All", all),
    ]
    return sets.filter { $0.0 == "Main" || !$0.1.isEmpty }.map { (name: $0.0, columns: $0.1) }
  }
}

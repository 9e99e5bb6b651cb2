import Charts
import Results
import Templating

/// The table of all slices: its first rows for everyone, all of it in columns for the script.
struct SliceTable {
  /// Rows that are there without a script.
  static let servedInFull = 200
  static let servedInPart = 50
  /// Cells for which intervals are sent along; beyond, those of the leading metrics only.
  static let intervalBudget = 120_000
  static let lead = [
    "prevalence", "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    "roc_auc",
  ]
  /// The same where the truth is not known.
  static let leadWithoutLabel = ["predicted_positives", "selection_rate", "mean_score"]

  let evaluation: Evaluation
  private let builder: PageBuilder
  /// Reasons by index; 0 is "no value".
  private let reasons: [String]
  private let reasonIndex: [String: Int]
  private let columns: [Column]

  struct Column {
    var entry: MetricEntry
    var value: ColumnCode
    var lower: ColumnCode?
    var upper: ColumnCode?
    var isCount: Bool
  }

  init(_ builder: PageBuilder) {
    self.builder = builder
    evaluation = builder.evaluation
    var reasons = ["no value"]
    var index = ["no value": 0]
    for (column, _) in zip(evaluation.estimates, evaluation.metrics) {
      for slice in column.status.indices where !column.value[slice].isFinite || column.lower[slice].isNaN {
        let reason = SliceTable.reason(column[slice])
        if index[reason] == nil, reasons.count < ColumnCode.reasons - 1 {
          index[reason] = reasons.count
          reasons.append(reason)
        }
      }
    }
    (self.reasons, reasonIndex) = (reasons, index)
    let evaluation = builder.evaluation
    let wide = evaluation.slices.count * evaluation.metrics.count <= SliceTable.intervalBudget
    columns = zip(evaluation.metrics, evaluation.estimates).map { entry, estimates in
      SliceTable.column(
        entry, estimates, reasonIndex: index,
        hasIntervals: entry.kind != .count && (wide || SliceTable.sendsInterval(entry, evaluation)))
    }
  }

  /// Where there are too many cells for all intervals: as many leading metrics as fit half of the budget.
  private static func sendsInterval(_ entry: MetricEntry, _ evaluation: Evaluation) -> Bool {
    let fitting = intervalBudget / 2 / max(1, evaluation.slices.count)
    let leading = [
      "true_positive_rate", "selection_rate", "false_positive_rate", "precision", "accuracy", "roc_auc",
    ]
    return fitting > leading.count && leading.contains(entry.id)
  }

  private static func reason(_ estimate: Estimate) -> String {
    if estimate.value?.isInfinite == true { return "∞" }
    return VisibleText.of(Wording.reason(estimate) ?? (estimate.value == nil ? "no value" : "no interval"))
  }

  private static func column(
    _ entry: MetricEntry, _ estimates: EstimateColumns, reasonIndex: [String: Int], hasIntervals: Bool
  ) -> Column {
    let indices = estimates.status.indices
    let missing = indices.map { slice in
      estimates.value[slice].isFinite && !estimates.lower[slice].isNaN
        ? 0 : reasonIndex[reason(estimates[slice])] ?? 0
    }
    func code(_ values: [Double]) -> ColumnCode {
      ColumnCode(values, reasons: missing, isCount: entry.kind == .count)
    }
    let drawn = indices.contains { !estimates.lower[$0].isNaN }
    return Column(
      entry: entry, value: code(estimates.value), lower: hasIntervals && drawn ? code(estimates.lower) : nil,
      upper: hasIntervals && drawn ? code(estimates.upper) : nil, isCount: entry.kind == .count)
  }

  // MARK: Model

  func model() -> TemplateValue {
    let total = evaluation.slices.count
    let served = total <= SliceTable.servedInFull ? total : SliceTable.servedInPart
    let shown = sets[0].columns.map { columns[$0] }
    return [
      "total": .text(Wording.count(total)),
      "served": .text(Wording.count(served)),
      "isCut": .bool(served < total),
      "lacksIntervals": .bool(
        columns.contains { !$0.isCount && $0.entry.interval != nil && $0.lower == nil }),
      "head": .list(
        shown.map { ["symbol": .text($0.entry.symbol), "name": .text($0.entry.name)] }),
      "rows": .list((0..<served).map { row($0, shown) }),
      "json": .markup(SliceTable.scriptSafe(data().json(indented: false))),
    ]
  }

  private func row(_ slice: Int, _ shown: [Column]) -> TemplateValue {
    [
      "id": .text(builder.anchor(slice)),
      "predicate": .text(VisibleText.of(evaluation.slices.predicate[slice])),
      "rows": .text(builder.shownRows(slice)),
      "isEmpty": .bool(builder.isEmpty(slice)),
      "cells": .list(
        shown.map { column in
          let index = evaluation.metricIndex(column.entry.id) ?? 0
          let estimate = evaluation.estimates[index][slice]
          let limits = column.lower.flatMap { lower in
            lower.text(slice).flatMap { low in column.upper?.text(slice).map { "[\(low), \($0)]" } }
          }
          return [
            "shown": column.value.text(slice).map { .text($0) } ?? (estimate.value == nil ? .null : "∞"),
            "interval": limits.map { .text($0) } ?? .null,
            "reason": Wording.reason(estimate).map { .text(VisibleText.of($0)) } ?? .null,
            "isSmall": .bool(estimate.value != nil && !column.isCount && Wording.isSmall(estimate)),
            "raw": estimate.value.map { .number($0) } ?? .null,
          ]
        }),
    ]
  }

  /// Column sets by the indices of their metrics; the first is shown at the start.
  private var sets: [(name: String, columns: [Int])] {
    func pick(_ ids: [String]) -> [Int] { ids.compactMap { evaluation.metricIndex($0) } }
    let main = pick(builder.hasLabel ? SliceTable.lead : SliceTable.leadWithoutLabel)
    let all = Array(columns.indices).filter { columns[$0].entry.id != "count" }
    let sets = [
      ("Main", main.isEmpty ? Array(all.prefix(8)) : main),
      (
        "Errors",
        pick([
          "false_positive_rate", "false_negative_rate", "false_discovery_rate", "false_omission_rate",
          "true_negative_rate", "negative_predictive_value",
        ])
      ),
      (
        "Quality", pick(["accuracy", "balanced_accuracy", "f1", "mcc", "roc_auc", "average_precision"])
      ),
      (
        "Scores",
        pick([
          "mean_score", "calibration_in_the_large", "expected_calibration_error", "brier_score", "log_loss",
        ])
      ),
      (
        "Counts",
        pick([
          "weight", "true_positives", "false_positives", "false_negatives", "true_negatives",
          "predicted_positives",
        ])
      ),
      ("All", all),
    ]
    return sets.filter { $0.0 == "Main" || !$0.1.isEmpty }.map { (name: $0.0, columns: $0.1) }
  }

  /// Everything that the script needs, in columns.
  private func data() -> TemplateValue {
    var terms: [String: Int] = [:]
    var names: [TemplateValue] = []
    var raw: [TemplateValue] = []
    var flat: [UInt32] = []
    for predicate in evaluation.slices.predicate {
      for term in Names.terms(predicate) {
        if terms[term] == nil {
          terms[term] = names.count
          if VisibleText.of(term) != term {
            raw.append([.integer(names.count), .text(ColumnCode.base64(Array(term.utf8)))])
          }
          names.append(.text(VisibleText.of(term)))
        }
        flat.append(UInt32(terms[term] ?? 0))
      }
    }
    let bits = names.count <= 0xFFFF ? 16 : 32
    return [
      "count": .integer(evaluation.slices.count),
      "minimum": .integer(Wording.smallCount),
      "reasonCodes": .integer(ColumnCode.reasons),
      "reasons": .list(reasons.map { .text($0) }),
      "terms": .list(names),
      "raw": .list(raw),
      "families": .list(
        evaluation.families.map { [.integer($0.count), .integer(max(1, $0.features.count))] }),
      "slices": ["b": .integer(bits), "v": .text(ColumnCode.base64(flat, bits: bits))],
      "rows": stored(evaluation.slices.rows, as: "count", .rows),
      "cells": .list(cells),
      "columns": .list(columns.indices.map(json(column:))),
      "sets": .list(
        sets.map { ["name": .text($0.name), "columns": .list($0.columns.map { .integer($0) })] }),
    ]
  }

  /// Rows by outcome (TP, FP, FN), from which the script knows every rate's denominator.
  private var cells: [TemplateValue] {
    let slices = evaluation.slices
    return [
      stored(slices.truePositives, as: "true_positives", .outcomes),
      stored(slices.falsePositives, as: "false_positives", .outcomes),
      stored(slices.falseNegatives, as: "false_negatives", .outcomes),
    ]
  }

  /// A column of counts: the place of the metric that holds the same numbers, or the numbers.
  private func stored(_ counts: [Int], as metric: String, _ layer: Suppression.Layer) -> TemplateValue {
    let values = counts.enumerated().map {
      evaluation.withholds(layer, $0.offset) ? .nan : Double($0.element)
    }
    let withheld = reasonIndex["withheld" + (evaluation.suppression.map { ": " + $0.reason } ?? "")] ?? 0
    if let index = evaluation.metricIndex(metric),
      zip(evaluation.estimates[index].value, values).allSatisfy({ $0 == $1 || $0.isNaN && $1.isNaN })
    {
      return .integer(index)
    }
    return json(ColumnCode(values, reasons: counts.map { _ in withheld }, isCount: true))
  }

  private func json(_ code: ColumnCode) -> TemplateValue {
    [
      "d": .integer(code.decimals), "o": .integer(code.offset), "b": .integer(code.bits),
      "v": .text(code.base64),
      "e": .list(code.outliers.sorted { $0.key < $1.key }.map { [.integer($0.key), .integer($0.value)] }),
    ]
  }

  private func json(column index: Int) -> TemplateValue {
    let column = columns[index]
    return [
      "id": .text(column.entry.id), "name": .text(column.entry.name), "symbol": .text(column.entry.symbol),
      "of": .text(column.entry.denominator), "isCount": .bool(column.isCount),
      "value": derived(index) ?? json(column.value), "lower": column.lower.map(json) ?? .null,
      "upper": column.upper.map(json) ?? .null,
    ]
  }

  /// A column that repeats an earlier one, or is one minus it (a miss rate), by that one's place.
  private func derived(_ index: Int) -> TemplateValue? {
    let own = columns[index].value
    for (earlier, column) in columns[..<index].enumerated() {
      if own.codes == column.value.codes, own.outliers == column.value.outliers,
        own.offset == column.value.offset,
        own.decimals == column.value.decimals, own.bits == column.value.bits
      {
        return .integer(earlier)
      }
      if columns[index].entry.kind == .rate, column.entry.kind == .rate,
        let exceptions = own.exceptionsFromOne(minus: column.value)
      {
        return [
          "minus": .integer(earlier), "d": .integer(own.decimals),
          "e": .list(exceptions.map { [.integer($0.row), .integer($0.units)] }),
        ]
      }
    }
    return nil
  }

  /// JSON that may stand in a script element, for any reader: the two line separators are escaped, too.
  private static func scriptSafe(_ json: String) -> String {
    json.replacing("\u{2028}", with: "\\u2028").replacing("\u{2029}", with: "\\u2029")
  }
}

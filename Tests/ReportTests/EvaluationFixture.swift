import Glibc
import Results

/// Evaluations for tests: groups with a given size, prevalence and quality, from which everything else follows by
/// naive formulas.
struct EvaluationFixture {
  struct Group {
    var predicate: String
    var label: String
    var rows: Int
    var prevalence: Double
    /// How well scores separate the labels, 0…1.
    var skill: Double
  }

  struct Family {
    var features: [String]
    var name: String
    var groups: [Group]
    /// Place of the reference among the groups.
    var reference: Int?
  }

  var title = "Adult census income: gradient-boosted trees"
  var families: [Family] = []
  var notes: [String] = []
  var rejections = Rejections(count: 0, listed: [])
  var metrics = Self.metrics

  static let metrics: [MetricEntry] = [
    entry("count", "Rows", "n", "number of rows", .count, .neutral, "rows", nil),
    entry("weight", "Weight", "Σw", "sum of example weights", .count, .neutral, "rows", nil),
    entry("prevalence", "Prevalence", "Prev", "(TP + FN) / n"),
    entry(
      "true_positives", "True positives", "TP", "label and decision positive", .count, .neutral, "rows", nil),
    entry(
      "false_positives", "False positives", "FP", "only decision positive", .count, .neutral, "rows", nil),
    entry("false_negatives", "False negatives", "FN", "only label positive", .count, .neutral, "rows", nil),
    entry(
      "true_negatives", "True negatives", "TN", "label and decision negative", .count, .neutral, "rows", nil),
    entry("accuracy", "Accuracy", "Acc", "(TP + TN) / n", .rate, .higherIsBetter),
    entry(
      "precision", "Precision (PPV)", "PPV", "TP / (TP + FP)", .rate, .higherIsBetter, "predicted positives"),
    entry(
      "true_positive_rate", "True positive rate (recall)", "TPR", "TP / (TP + FN)", .rate, .higherIsBetter,
      "positives"),
    entry(
      "true_negative_rate", "True negative rate", "TNR", "TN / (TN + FP)", .rate, .higherIsBetter, "negatives"
    ),
    entry(
      "false_positive_rate", "False positive rate", "FPR", "FP / (FP + TN)", .rate, .lowerIsBetter,
      "negatives"),
    entry(
      "false_negative_rate", "False negative rate", "FNR", "FN / (FN + TP)", .rate, .lowerIsBetter,
      "positives"),
    entry(
      "negative_predictive_value", "Negative predictive value", "NPV", "TN / (TN + FN)", .rate,
      .higherIsBetter,
      "predicted negatives"),
    entry(
      "false_discovery_rate", "False discovery rate", "FDR", "FP / (FP + TP)", .rate, .lowerIsBetter,
      "predicted positives"),
    entry(
      "false_omission_rate", "False omission rate", "FOR", "FN / (FN + TN)", .rate, .lowerIsBetter,
      "predicted negatives"),
    entry("selection_rate", "Selection rate", "SR", "(TP + FP) / n"),
    entry(
      "roc_auc", "ROC AUC", "AUC", "share of pairs in the right order", .index, .higherIsBetter, "rows",
      "DeLong variance on the logit scale"),
    entry(
      "mcc", "Matthews correlation", "MCC", "correlation of label and decision", .correlation,
      .higherIsBetter,
      "rows", "smoothed cell bootstrap"),
    entry(
      "expected_calibration_error", "Expected calibration error", "ECE", "mean |observed − predicted|", .loss,
      .lowerIsBetter, "rows", nil),
  ]

  private static func entry(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ kind: MetricEntry.Kind = .rate,
    _ direction: MetricEntry.Direction = .neutral, _ denominator: String = "rows",
    _ interval: String? = "Wilson score"
  ) -> MetricEntry {
    MetricEntry(
      id: id, name: name, symbol: symbol, formula: formula, kind: kind, direction: direction,
      denominator: denominator, interval: interval)
  }

  // MARK: One slice

  struct Cells {
    var tp = 0
    var fp = 0
    var fn = 0
    var tn = 0
    var positives: [Int] = []
    var negatives: [Int] = []
    var rows: Int { tp + fp + fn + tn }
  }

  static let thresholds = (0...200).map { Double($0) / 200 }

  /// Scores on the 201 thresholds: positives by a density that rises with the score, negatives by one that falls.
  static func cells(_ group: Group) -> Cells {
    var cells = Cells()
    let positives = Int((Double(group.rows) * group.prevalence).rounded())
    let power = 1 + 3 * group.skill
    cells.positives = spread(positives) { pow($0, power) }
    cells.negatives = spread(group.rows - positives) { 1 - pow(1 - $0, power) }
    for bin in cells.positives.indices {
      if bin >= 100 {
        cells.tp += cells.positives[bin]
        cells.fp += cells.negatives[bin]
      } else {
        cells.fn += cells.positives[bin]
        cells.tn += cells.negatives[bin]
      }
    }
    return cells
  }

  private static func spread(_ count: Int, _ cumulative: (Double) -> Double) -> [Int] {
    var before = 0
    return (0..<201).map { bin in
      let upTo = Int((Double(count) * cumulative(Double(bin + 1) / 201)).rounded())
      defer { before = upTo }
      return upTo - before
    }
  }

  func estimate(_ id: String, _ c: Cells) -> Estimate {
    if c.rows == 0 {
      return Estimate(
        value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .empty, reason: "no rows")
    }
    switch id {
    case "count", "weight": return Self.count(c.rows, c)
    case "true_positives": return Self.count(c.tp, c)
    case "false_positives": return Self.count(c.fp, c)
    case "false_negatives": return Self.count(c.fn, c)
    case "true_negatives": return Self.count(c.tn, c)
    case "accuracy": return Self.rate(c.tp + c.tn, c.rows, "no rows")
    case "precision": return Self.rate(c.tp, c.tp + c.fp, "no predicted positives")
    case "true_positive_rate": return Self.rate(c.tp, c.tp + c.fn, "no positives")
    case "false_negative_rate": return Self.rate(c.fn, c.tp + c.fn, "no positives")
    case "true_negative_rate": return Self.rate(c.tn, c.tn + c.fp, "no negatives")
    case "false_positive_rate": return Self.rate(c.fp, c.tn + c.fp, "no negatives")
    case "negative_predictive_value": return Self.rate(c.tn, c.tn + c.fn, "no predicted negatives")
    case "false_omission_rate": return Self.rate(c.fn, c.tn + c.fn, "no predicted negatives")
    case "false_discovery_rate": return Self.rate(c.fp, c.tp + c.fp, "no predicted positives")
    case "selection_rate": return Self.rate(c.tp + c.fp, c.rows, "no rows")
    case "prevalence": return Self.rate(c.tp + c.fn, c.rows, "no rows")
    default: return Self.scored(id, c)
    }
  }

  private static func count(_ value: Int, _ c: Cells) -> Estimate {
    Estimate(
      value: Double(value), denominator: c.rows, weight: Double(c.rows), effectiveCount: Double(c.rows),
      status: .ok)
  }

  /// Wilson's interval.
  private static func rate(_ part: Int, _ whole: Int, _ reason: String) -> Estimate {
    guard whole > 0 else {
      return Estimate(
        value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined, reason: reason)
    }
    let (p, n, z) = (Double(part) / Double(whole), Double(whole), 1.959963984540054)
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return Estimate(
      value: p, lower: max(0, middle - half), upper: min(1, middle + half), standardError: half / z,
      denominator: whole, weight: n, effectiveCount: n, status: .ok)
  }

  private static func scored(_ id: String, _ c: Cells) -> Estimate {
    let (positives, negatives) = (c.tp + c.fn, c.fp + c.tn)
    let n = Double(c.rows)
    func made(_ value: Double?, _ half: Double?, _ status: EstimateStatus, _ reason: String? = nil)
      -> Estimate
    {
      Estimate(
        value: value, lower: half.flatMap { half in value.map { $0 - half } },
        upper: half.flatMap { half in value.map { $0 + half } }, denominator: c.rows, weight: n,
        effectiveCount: n,
        status: status, reason: reason)
    }
    if id == "expected_calibration_error" { return made(0.01 + 0.3 / n.squareRoot(), nil, .ok) }
    guard positives > 0, negatives > 0 else {
      return made(nil, nil, .undefined, positives == 0 ? "no positives" : "no negatives")
    }
    if id == "mcc" {
      let value = Double(c.tp * c.tn - c.fp * c.fn) / n / n
      return c.rows < 12
        ? made(value, nil, .notEstimable, "too few rows") : made(value, 1 / n.squareRoot(), .ok)
    }
    var sum = 0.0
    var below = 0.0
    for bin in c.positives.indices {
      sum += Double(c.positives[bin]) * (below + Double(c.negatives[bin]) / 2)
      below += Double(c.negatives[bin])
    }
    return made(sum / Double(positives) / Double(negatives), min(0.2, 0.8 / n.squareRoot()), .ok)
  }
}

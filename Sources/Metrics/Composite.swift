/// Metrics that are functions of all four cells.
package enum Composite {
  /// (TPR + TNR) / 2; nil where a class is absent.
  static func balancedAccuracy(_ tp: Double, _ fp: Double, _ fn: Double, _ tn: Double) -> Double? {
    tp + fn > 0 && fp + tn > 0 ? (tp / (tp + fn) + tn / (fp + tn)) / 2 : nil
  }

  /// 2·TP / (2·TP + FP + FN); nil where there are neither positives nor predicted positives.
  static func f1(_ tp: Double, _ fp: Double, _ fn: Double, _ tn: Double) -> Double? {
    let total = 2 * tp + fp + fn
    return total > 0 ? 2 * tp / total : nil
  }

  /// Matthews correlation (Matthews 1975); nil where a row or column of the confusion matrix is empty.
  static func mcc(_ tp: Double, _ fp: Double, _ fn: Double, _ tn: Double) -> Double? {
    let product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    guard product > 0 else { return nil }
    return min(1, max(-1, (tp * tn - fp * fn) / product.squareRoot()))
  }

  static let metrics: [BinaryMetric] = [.balancedAccuracy, .f1, .mcc]

  package static func contains(_ metric: BinaryMetric) -> Bool { metrics.contains(metric) }

  /// One of them as a function of TP, FP, FN, TN.
  package static func statistic(
    _ metric: BinaryMetric
  ) -> @Sendable (Double, Double, Double, Double) -> Double? {
    switch metric {
    case .balancedAccuracy: balancedAccuracy
    case .f1: f1
    case .mcc: mcc
    default: { _, _, _, _ in nil }
    }
  }

  /// One of them from cells in the order TP, FP, FN, TN.
  package static func value(_ metric: BinaryMetric, _ cells: [Double]) -> Double? {
    statistic(metric)(cells[0], cells[1], cells[2], cells[3])
  }
}

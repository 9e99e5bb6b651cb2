import Explanations
import Metrics

@testable import Explanations

/// Metrics by their definitions over lists of rows: what the kernels are held against.
enum NaiveImportance {
  struct Rows {
    var labels: [UInt8]
    var scores: [Double]
    var decisions: [UInt8]
    var weights: [Double]

    func selecting(_ rows: [Int]) -> Rows {
      Rows(
        labels: rows.map { labels[$0] }, scores: rows.map { scores[$0] },
        decisions: rows.map { decisions[$0] }, weights: rows.map { weights[$0] })
    }

    func weight(_ isCounted: (UInt8, UInt8) -> Bool) -> Double {
      labels.indices.reduce(0) { $0 + (isCounted(labels[$1], decisions[$1]) ? weights[$1] : 0) }
    }
  }

  /// NaN where undefined.
  static func value(_ metric: BinaryMetric, _ rows: Rows) -> Double {
    let tp = rows.weight { $0 == 1 && $1 == 1 }
    let fp = rows.weight { $0 == 0 && $1 == 1 }
    let fn = rows.weight { $0 == 1 && $1 == 0 }
    let tn = rows.weight { $0 == 0 && $1 == 0 }
    switch metric {
    case .accuracy: return (tp + tn) / (tp + fp + fn + tn)
    case .selectionRate: return (tp + fp) / (tp + fp + fn + tn)
    case .precision: return tp / (tp + fp)
    case .truePositiveRate: return tp / (tp + fn)
    case .falsePositiveRate: return fp / (fp + tn)
    case .falseOmissionRate: return fn / (fn + tn)
    case .f1: return 2 * tp / (2 * tp + fp + fn)
    case .balancedAccuracy: return (tp / (tp + fn) + tn / (fp + tn)) / 2
    case .mcc:
      return (tp * tn - fp * fn) / ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)).squareRoot()
    case .rocAUC: return auc(rows)
    default:
      let loss = RowLoss(metric)
      var values = rows.scores
      loss?.values(rows.scores, rows.labels, into: &values)
      let total = rows.weights.reduce(0, +)
      return zip(values, rows.weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    }
  }

  private static func auc(_ rows: Rows) -> Double {
    var right = 0.0
    var pairs = 0.0
    for i in rows.labels.indices where rows.labels[i] == 1 {
      for j in rows.labels.indices where rows.labels[j] == 0 {
        let weight = rows.weights[i] * rows.weights[j]
        pairs += weight
        right +=
          rows.scores[i] > rows.scores[j] ? weight : (rows.scores[i] == rows.scores[j] ? weight / 2 : 0)
      }
    }
    return right / pairs
  }

  /// Influences of rows on a metric by a small change of each row's weight.
  static func influences(_ metric: BinaryMetric, _ rows: Rows) -> [Double] {
    rows.weights.indices.map { row in
      let step = 1e-6
      var more = rows
      var less = rows
      more.weights[row] *= 1 + step
      less.weights[row] *= 1 - step
      return (value(metric, more) - value(metric, less)) / (2 * step)
    }
  }
}

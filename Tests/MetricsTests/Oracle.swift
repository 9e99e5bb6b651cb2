import Foundation

@testable import Metrics

/// Metrics by their definitions, over the rows of one mask: slow, short and obviously right.
struct Oracle {
  struct Row {
    var label: Bool
    var decision: Bool
    var score: Double
    var weight: Double
  }

  let rows: [Row]

  func sum(_ predicate: (Row) -> Bool) -> Double {
    rows.filter(predicate).reduce(0) { $0 + $1.weight }
  }

  func value(_ metric: BinaryMetric) -> Double? {
    let tp = sum { $0.label && $0.decision }
    let fp = sum { !$0.label && $0.decision }
    let fn = sum { $0.label && !$0.decision }
    let tn = sum { !$0.label && !$0.decision }
    func over(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
    switch metric {
    case .count: return Double(rows.count)
    case .weight: return sum { _ in true }
    case .truePositives: return tp
    case .falsePositives: return fp
    case .falseNegatives: return fn
    case .trueNegatives: return tn
    case .predictedPositives: return tp + fp
    case .prevalence: return over(tp + fn, tp + fp + fn + tn)
    case .accuracy: return over(tp + tn, tp + fp + fn + tn)
    case .selectionRate: return over(tp + fp, tp + fp + fn + tn)
    case .precision: return over(tp, tp + fp)
    case .falseDiscoveryRate: return over(fp, tp + fp)
    case .truePositiveRate: return over(tp, tp + fn)
    case .falseNegativeRate: return over(fn, tp + fn)
    case .trueNegativeRate: return over(tn, tn + fp)
    case .falsePositiveRate: return over(fp, tn + fp)
    case .negativePredictiveValue: return over(tn, tn + fn)
    case .falseOmissionRate: return over(fn, tn + fn)
    case .f1: return over(2 * tp, 2 * tp + fp + fn)
    case .balancedAccuracy:
      guard let a = over(tp, tp + fn), let b = over(tn, tn + fp) else { return nil }
      return (a + b) / 2
    case .mcc:
      let product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
      return product > 0 ? (tp * tn - fp * fn) / product.squareRoot() : nil
    default: return scoreValue(metric)
    }
  }

  private func mean(_ term: (Row) -> Double) -> Double? {
    let weight = sum { _ in true }
    return weight > 0 ? rows.reduce(0) { $0 + $1.weight * term($1) } / weight : nil
  }

  private func scoreValue(_ metric: BinaryMetric) -> Double? {
    switch metric {
    case .meanScore: return mean(\.score)
    case .brierScore: return mean { pow(($0.label ? 1 : 0) - $0.score, 2) }
    case .calibrationInTheLarge: return mean { ($0.label ? 1 : 0) - $0.score }
    case .logLoss:
      return mean { row in
        let p = min(max(row.score, 0x1p-52), 1 - 0x1p-52)
        return -log(row.label ? p : 1 - p)
      }
    case .rocAUC: return area
    case .averagePrecision: return averagePrecision
    default: return expectedCalibrationError
    }
  }

  /// Share of pairs in the right order, ties one half.
  var area: Double? {
    let positives = rows.filter { $0.label && $0.weight > 0 }
    let negatives = rows.filter { !$0.label && $0.weight > 0 }
    var concordant = 0.0
    var all = 0.0
    for p in positives {
      for n in negatives {
        let weight = p.weight * n.weight
        all += weight
        concordant += weight * (p.score > n.score ? 1 : p.score == n.score ? 0.5 : 0)
      }
    }
    return all > 0 ? concordant / all : nil
  }

  var averagePrecision: Double? {
    let positives = sum(\.label)
    guard positives > 0 else { return nil }
    var total = 0.0
    var recall = 0.0
    for cut in Set(rows.map(\.score)).sorted(by: >) {
      let tp = sum { $0.label && $0.score >= cut }
      let selected = sum { $0.score >= cut }
      if selected > 0 { total += (tp / positives - recall) * tp / selected }
      recall = tp / positives
    }
    return total
  }

  var expectedCalibrationError: Double? {
    let weight = sum { _ in true }
    guard weight > 0 else { return nil }
    return (0..<10).reduce(0.0) { total, bin in
      let lower = bin == 0 ? -1 : Double(bin) / 10
      let inside = rows.filter { $0.score > lower && $0.score <= Double(bin + 1) / 10 }
      let gap = inside.reduce(0) { $0 + $1.weight * (($1.label ? 1 : 0) - $1.score) }
      return total + abs(gap) / weight
    }
  }

  /// DeLong's components of every positive and negative row, against the rows of `other`.
  func components(_ other: Oracle) -> (positive: [Double], negative: [Double]) {
    func share(_ rows: [Row], _ favours: (Row) -> Double) -> Double {
      rows.reduce(0) { $0 + $1.weight * favours($1) } / rows.reduce(0) { $0 + $1.weight }
    }
    let others = (other.rows.filter(\.label), other.rows.filter { !$0.label })
    let positive = rows.filter(\.label).map { row in
      share(others.1) { row.score > $0.score ? 1 : row.score == $0.score ? 0.5 : 0 }
    }
    let negative = rows.filter { !$0.label }.map { row in
      share(others.0) { row.score < $0.score ? 1 : row.score == $0.score ? 0.5 : 0 }
    }
    return (positive, negative)
  }
}

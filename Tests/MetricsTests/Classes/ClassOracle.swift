@testable import Metrics

/// Multi-class metrics by their definitions, over masks and pairs: slow and obviously right.
struct ClassOracle {
  let observations: ClassObservations
  let rows: [Int]

  func weight(_ row: Int) -> Double { observations.weights?[row] ?? 1 }

  func sum(_ mask: (Int) -> Bool) -> Double { rows.filter(mask).reduce(0) { $0 + weight($1) } }

  func mean(_ term: (Int) -> Double) -> Double {
    rows.reduce(0) { $0 + weight($1) * term($1) } / sum { _ in true }
  }

  func ratio(_ a: Double, _ b: Double) -> Double { b > 0 ? a / b : .nan }

  func isOf(_ c: Int, _ row: Int) -> Bool { Int(observations.labels[row]) == c }
  func isSaid(_ c: Int, _ row: Int) -> Bool { Int(observations.decisions[row]) == c }

  func single(_ id: String, _ c: Int) -> Double {
    let tp = sum { isOf(c, $0) && isSaid(c, $0) }
    let fp = sum { !isOf(c, $0) && isSaid(c, $0) }
    let fn = sum { isOf(c, $0) && !isSaid(c, $0) }
    let tn = sum { !isOf(c, $0) && !isSaid(c, $0) }
    switch id {
    case "prevalence": return (tp + fn) / (tp + fp + fn + tn)
    case "selection_rate": return (tp + fp) / (tp + fp + fn + tn)
    case "recall": return ratio(tp, tp + fn)
    case "precision": return ratio(tp, tp + fp)
    case "false_positive_rate": return ratio(fp, fp + tn)
    case "false_negative_rate": return ratio(fn, fn + tp)
    case "true_negative_rate": return ratio(tn, fp + tn)
    case "false_discovery_rate": return ratio(fp, fp + tp)
    case "false_omission_rate": return ratio(fn, fn + tn)
    case "negative_predictive_value": return ratio(tn, fn + tn)
    case "f1": return ratio(2 * tp, 2 * tp + fp + fn)
    case "f2": return ratio(5 * tp, 5 * tp + 4 * fn + fp)
    case "jaccard": return ratio(tp, tp + fp + fn)
    case "roc_auc": return auc(c) { !isOf(c, $0) }
    case "average_precision": return averagePrecision(c)
    case "mean_score": return mean { observations.scores[c][$0] }
    case "calibration_in_the_large": return mean { (isOf(c, $0) ? 1 : 0) - observations.scores[c][$0] }
    default: return mean { square((isOf(c, $0) ? 1 : 0) - observations.scores[c][$0]) }
    }
  }

  func square(_ x: Double) -> Double { x * x }

  func auc(_ c: Int, against other: (Int) -> Bool) -> Double {
    let scores = observations.scores[c]
    var (above, all) = (0.0, 0.0)
    for i in rows where isOf(c, i) {
      for j in rows where other(j) {
        let pair = weight(i) * weight(j)
        all += pair
        above += pair * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0)
      }
    }
    return ratio(above, all)
  }

  func averagePrecision(_ c: Int) -> Double {
    let scores = observations.scores[c]
    return ratio(
      rows.filter { isOf(c, $0) }.reduce(0) { total, i in
        let selected = sum { scores[$0] >= scores[i] }
        return total + weight(i) * sum { scores[$0] >= scores[i] && isOf(c, $0) } / selected
      }, sum { isOf(c, $0) })
  }

  func macro(_ id: String, isWeighted: Bool) -> Double {
    let pairs = observations.names.indices.map { c in
      (value: single(id, c), share: isWeighted ? sum { isOf(c, $0) } : 1)
    }.filter { !$0.value.isNaN }
    return pairs.reduce(0) { $0 + $1.value * $1.share } / pairs.reduce(0) { $0 + $1.share }
  }

  /// By given weights of the classes that have a value.
  func weighted(_ id: String, _ weights: [Double]) -> Double {
    let pairs = observations.names.indices.map { c in (value: single(id, c), share: weights[c]) }.filter {
      !$0.value.isNaN && $0.share > 0
    }
    let total = pairs.reduce(0) { $0 + $1.share }
    return total > 0 ? pairs.reduce(0) { $0 + $1.value * $1.share } / total : .nan
  }

  /// Every row with every class.
  private var pooled: [(score: Double, isOf: Bool, weight: Double)] {
    observations.names.indices.flatMap { c in
      rows.map { (observations.scores[c][$0], isOf(c, $0), weight($0)) }
    }
  }

  var pooledAUC: Double {
    let pairs = pooled
    var (above, all) = (0.0, 0.0)
    for a in pairs where a.isOf {
      for b in pairs where !b.isOf {
        all += a.weight * b.weight
        above += a.weight * b.weight * (a.score > b.score ? 1 : a.score == b.score ? 0.5 : 0)
      }
    }
    return ratio(above, all)
  }

  var pooledPrecision: Double {
    let pairs = pooled
    let positives = pairs.filter(\.isOf)
    let sum = positives.reduce(0) { total, one in
      let selected = pairs.filter { $0.score >= one.score }
      let right = selected.reduce(0) { $0 + ($1.isOf ? $1.weight : 0) }
      return total + one.weight * right / selected.reduce(0) { $0 + $1.weight }
    }
    return ratio(sum, positives.reduce(0) { $0 + $1.weight })
  }

  /// Mean over ordered pairs of classes that both have rows.
  var oneVersusOne: Double {
    let present = observations.names.indices.filter { c in sum { isOf(c, $0) } > 0 }
    let values = present.flatMap { i in
      present.filter { $0 != i }.map { j in auc(i) { isOf(j, $0) } }
    }
    return values.reduce(0, +) / Double(values.count)
  }

  func top(_ row: Int) -> (index: Int, score: Double) {
    let scores = observations.scores.map { $0[row] }
    let best = scores.max() ?? .nan
    return (scores.firstIndex(of: best) ?? 0, best)
  }

  func isInTop(_ k: Int, _ row: Int) -> Bool {
    let order = observations.names.indices.sorted {
      (-observations.scores[$0][row], $0) < (-observations.scores[$1][row], $1)
    }
    return order.prefix(k).contains(Int(observations.labels[row]))
  }

  /// Of normal residuals with the variance that scores that are right would give them.
  func calibratedError(_ bins: Int) -> Double {
    (0..<bins).reduce(0) { total, bin in
      let (low, high) = (Double(bin) / Double(bins), Double(bin + 1) / Double(bins))
      let inside = rows.map { (top($0).score, weight($0)) }.filter {
        ($0.0 > low || (bin == 0 && $0.0 == 0)) && $0.0 <= high
      }
      let variance = inside.reduce(0) { $0 + $1.1 * $1.1 * $1.0 * (1 - $1.0) }
      return total + (2 / Double.pi * variance).squareRoot()
    } / sum { _ in true }
  }

  func calibrationError(_ bins: Int) -> Double {
    (0..<bins).reduce(0) { total, bin in
      let (low, high) = (Double(bin) / Double(bins), Double(bin + 1) / Double(bins))
      let inside = rows.filter { row in
        let score = top(row).score
        return (score > low || (bin == 0 && score == 0)) && score <= high
      }
      return total
        + abs(inside.reduce(0) { $0 + weight($1) * ((isOf(top($1).index, $1) ? 1 : 0) - top($1).score) })
    } / sum { _ in true }
  }
}

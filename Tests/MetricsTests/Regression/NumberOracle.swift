import Foundation

@testable import Metrics

/// Metrics of numbers by their definitions: slow, short and obviously right.
struct NumberOracle {
  let y: [Double]
  let p: [Double]
  let w: [Double]

  init(_ observations: NumberObservations, rows: [UInt32]) {
    y = rows.map { observations.labels[Int($0)] }
    p = rows.map { observations.predictions[Int($0)] }
    w = rows.map { row in observations.weights?[Int(row)] ?? 1 }
  }

  var total: Double { w.reduce(0, +) }

  func mean(_ term: (Int) -> Double) -> Double {
    w.indices.reduce(0) { $0 + (w[$1] > 0 ? w[$1] * term($1) : 0) } / total
  }

  func pairs(_ term: (Int, Int) -> Double) -> Double {
    var sum = 0.0
    for i in w.indices {
      for j in w.indices where i != j { sum += w[i] * w[j] * term(i, j) }
    }
    return sum
  }

  func covariance(_ a: [Double], _ b: [Double]) -> Double {
    let (ma, mb) = (mean { a[$0] }, mean { b[$0] })
    return mean { (a[$0] - ma) * (b[$0] - mb) }
  }

  func pearson(_ a: [Double], _ b: [Double]) -> Double {
    covariance(a, b) / (covariance(a, a) * covariance(b, b)).squareRoot()
  }

  func midShares(_ a: [Double]) -> [Double] {
    a.indices.map { i in mean { a[$0] < a[i] ? 1 : a[$0] == a[i] ? 0.5 : 0 } }
  }

  func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

  func loss(_ q: Double, _ predicted: (Int) -> Double) -> Double {
    mean { max(q * (y[$0] - predicted($0)), (q - 1) * (y[$0] - predicted($0))) }
  }

  /// The least loss of any constant; one of the labels attains it.
  func leastLoss(_ q: Double) -> Double { y.map { c in loss(q) { _ in c } }.min() ?? .nan }

  func median(_ values: [Double]) -> Double {
    let half = total / 2
    let above = values.indices.filter { i in
      values.indices.reduce(0) { $0 + (values[$1] <= values[i] ? w[$1] : 0) } >= half - 1e-9
    }
    let below = values.indices.filter { i in
      values.indices.reduce(0) { $0 + (values[$1] >= values[i] ? w[$1] : 0) } >= half - 1e-9
    }
    let low = above.map { values[$0] }.min() ?? .nan
    let high = below.map { values[$0] }.max() ?? .nan
    return (low + high) / 2
  }

  func value(_ id: String) -> Double? {
    let errors = y.indices.map { p[$0] - y[$0] }
    switch id {
    case "count": return Double(w.count)
    case "weight": return total
    case "mean_label": return mean { y[$0] }
    case "mean_prediction": return mean { p[$0] }
    case "mean_error": return mean { errors[$0] }
    case "prediction_ratio": return mean { p[$0] } / mean { y[$0] }
    case "mean_absolute_error": return mean { abs(errors[$0]) }
    case "mean_squared_error": return mean { errors[$0] * errors[$0] }
    case "root_mean_squared_error": return mean { errors[$0] * errors[$0] }.squareRoot()
    case "median_absolute_error": return median(errors.map { abs($0) })
    case "max_error": return zip(errors, w).filter { $0.1 > 0 }.map { abs($0.0) }.max()
    case "mean_absolute_percentage_error": return mean { abs(errors[$0]) / max(abs(y[$0]), 0x1p-52) }
    case "mean_squared_log_error": return logError
    case "root_mean_squared_log_error": return logError.squareRoot()
    default: return association(id, errors)
    }
  }

  private var logError: Double { mean { pow(log(1 + p[$0]) - log(1 + y[$0]), 2) } }

  private func association(_ id: String, _ errors: [Double]) -> Double? {
    switch id {
    case "r2": return 1 - mean { errors[$0] * errors[$0] } / covariance(y, y)
    case "explained_variance": return 1 - covariance(errors, errors) / covariance(y, y)
    case "pearson_correlation": return pearson(y, p)
    case "squared_pearson_correlation": return pow(pearson(y, p), 2)
    case "spearman_correlation": return pearson(midShares(y), midShares(p))
    case "kendall_tau":
      let top = pairs { sign(p[$0] - p[$1]) * sign(y[$0] - y[$1]) }
      return top / (pairs { p[$0] != p[$1] ? 1 : 0 } * pairs { y[$0] != y[$1] ? 1 : 0 }).squareRoot()
    case "concordance_index":
      let right = pairs { y[$0] > y[$1] ? (1 + sign(p[$0] - p[$1])) / 2 : 0 }
      return right / pairs { y[$0] > y[$1] ? 1 : 0 }
    case "calibration_slope": return covariance(p, y) / covariance(p, p)
    case "calibration_intercept":
      return mean { y[$0] } - covariance(p, y) / covariance(p, p) * mean { p[$0] }
    default: return quantile(id)
    }
  }

  private func quantile(_ id: String) -> Double? {
    guard let at = id.firstIndex(of: "@"), let q = Double(id[id.index(after: at)...]) else { return nil }
    switch id[..<at] {
    case "quantile_loss": return loss(q) { p[$0] }
    case "d2_quantile_loss": return 1 - loss(q) { p[$0] } / leastLoss(q)
    default: return nil
    }
  }
}

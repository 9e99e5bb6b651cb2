import Results
import TestSupport

@testable import Metrics

/// Metrics measured over rows, and what their influence must agree with.
struct RowMetricProbe {
  let metric: any RowMetric

  struct Answer {
    let measured: Measured
    let influence: [Double]

    var value: Double { measured.value ?? .nan }
  }

  init(_ id: String, among metrics: [any RowMetric]) throws {
    guard let metric = metrics.first(where: { $0.definition.entry.id == id }) else { throw Absent(id: id) }
    self.metric = metric
  }

  init(_ metric: any RowMetric) { self.metric = metric }

  struct Absent: Error { let id: String }

  func answer(_ rows: [UInt32]) -> Answer {
    var influence = [Double](repeating: 0, count: rows.count)
    let measured = metric.measure(rows, influence: &influence)
    return Answer(measured: measured, influence: influence)
  }

  func value(_ rows: [UInt32]) -> Double { answer(rows).value }

  /// The change by leaving out each unit of rows, scaled to its first order: (θ − θ₋ᵤ)·(W − wᵤ)/W.
  func jackknife(_ rows: [UInt32], units: [[UInt32]], weight: ([UInt32]) -> Double) -> [Double] {
    let whole = value(rows)
    let total = weight(rows)
    return units.map { unit in
      let left = Set(unit)
      let rest = value(rows.filter { !left.contains($0) })
      return (whole - rest) * (total - weight(unit)) / total
    }
  }

  static func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
}

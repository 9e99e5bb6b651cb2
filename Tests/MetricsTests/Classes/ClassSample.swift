import Results
import TestSupport

@testable import Metrics

/// What all metrics of one family are over some rows, by identifier.
struct MeasuredMetrics {
  let byID: [String: Measured]
  let influences: [String: [Double]]

  init(_ metrics: [any RowMetric], rows: [UInt32]) {
    var byID: [String: Measured] = [:]
    var influences: [String: [Double]] = [:]
    for metric in metrics {
      var influence = [Double](repeating: 0, count: rows.count)
      let id = metric.definition.entry.id
      byID[id] = metric.measure(rows, influence: &influence)
      influences[id] = influence
    }
    (self.byID, self.influences) = (byID, influences)
  }

  subscript(_ id: String) -> Double { byID[id]?.value ?? .nan }
}

/// Made-up observations with ties in their scores.
enum ClassSample {
  static func observations(
    rows: Int, classes: Int, seed: UInt64, isWeighted: Bool, steps: Double = 10
  ) -> ClassObservations {
    var random = SplitMix(seed: seed)
    let labels = (0..<rows).map { _ in UInt16.random(in: 0..<UInt16(classes), using: &random) }
    let scores = (0..<classes).map { index in
      labels.map { label in
        let lift = Int(label) == index ? 0.25 : 0
        return (min(1, Double.random(in: 0...0.9, using: &random) + lift) * steps).rounded() / steps
      }
    }
    let weights = (0..<rows).map { _ in Double.random(in: 0.2...3, using: &random) }
    return ClassObservations(
      names: (0..<classes).map { "c\($0)" }, labels: labels,
      decisions: ClassObservations.decisions(of: scores), scores: scores,
      weights: isWeighted ? weights : nil)
  }

  static func labelSets(rows: Int, labels: Int, seed: UInt64, isWeighted: Bool) -> LabelSetObservations {
    var random = SplitMix(seed: seed)
    let scores = (0..<labels).map { _ in
      (0..<rows).map { _ in (Double.random(in: 0...1, using: &random) * 20).rounded() / 20 }
    }
    let present = scores.map { $0.map { UInt8(Double.random(in: 0...1, using: &random) < 0.8 * $0 ? 1 : 0) } }
    let decisions = scores.map { $0.map { UInt8($0 >= 0.6 ? 1 : 0) } }
    let weights = (0..<rows).map { _ in Double.random(in: 0.2...3, using: &random) }
    return LabelSetObservations(
      names: (0..<labels).map { "l\($0)" }, labels: present, decisions: decisions, scores: scores,
      weights: isWeighted ? weights : nil)
  }

  static func all(_ count: Int) -> [UInt32] { (0..<count).map(UInt32.init) }
}

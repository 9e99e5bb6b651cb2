import Results
import TestSupport
import Testing

@testable import Metrics

/// Rows for tests of binary metrics, and short ways to measure them.
struct BinaryRows {
  var labels: [UInt8]
  var decisions: [UInt8]
  var scores: [Double]?
  var areProbabilities = true
  var weights: [Double]?
  var baselineDecisions: [UInt8]?
  var baselineScores: [Double]?

  init(
    labels: [UInt8], decisions: [UInt8]? = nil, scores: [Double]? = nil, areProbabilities: Bool = true,
    weights: [Double]? = nil
  ) {
    self.labels = labels
    self.decisions = decisions ?? (scores ?? []).map { $0 >= 0.5 ? 1 : 0 }
    self.scores = scores
    self.areProbabilities = areProbabilities
    self.weights = weights
  }

  /// Seeded rows with ties (scores in steps of 1/`steps`), weights and a baseline.
  static func random(_ count: Int, seed: UInt64, steps: Int, isWeighted: Bool) -> BinaryRows {
    var generator = SplitMix(seed: seed)
    let scores = (0..<count).map { _ in Double(Int.random(in: 1..<steps, using: &generator)) / Double(steps) }
    let labels: [UInt8] = scores.map { Double.random(in: 0..<1, using: &generator) < $0 * 0.8 + 0.1 ? 1 : 0 }
    let weights = (0..<count).map { _ in Double.random(in: 0.2..<4, using: &generator) }
    var rows = BinaryRows(labels: labels, scores: scores, weights: isWeighted ? weights : nil)
    let baseline = scores.map { min(1, max(0, $0 + Double.random(in: -0.3..<0.3, using: &generator))) }
    rows.baselineScores = baseline
    rows.baselineDecisions = baseline.map { $0 >= 0.5 ? 1 : 0 }
    return rows
  }

  var observations: BinaryRowObservations {
    BinaryRowObservations(
      labels: labels, decisions: decisions, scores: scores, scoresAreProbabilities: areProbabilities,
      weights: weights, baselineDecisions: baselineDecisions, baselineScores: baselineScores, hasLabel: true)
  }

  var slice: [UInt32] { (0..<UInt32(labels.count)).map { $0 } }

  func metric(_ name: String) throws -> any RowMetric {
    try #require(try BinaryRowMetrics.metric(named: name, observations), "no metric \(name)")
  }

  func measured(_ name: String, _ slice: [UInt32]? = nil) throws -> Measured {
    var influence = [Double](repeating: 0, count: (slice ?? self.slice).count)
    return try metric(name).measure(slice ?? self.slice, influence: &influence)
  }

  func value(_ name: String, _ slice: [UInt32]? = nil) throws -> Double? { try measured(name, slice).value }

  /// The same rows under another order.
  func permuted(_ order: [Int]) -> BinaryRows {
    func pick<T>(_ values: [T]) -> [T] { order.map { values[$0] } }
    var rows = self
    rows.labels = pick(labels)
    rows.decisions = pick(decisions)
    rows.scores = scores.map(pick)
    rows.weights = weights.map(pick)
    rows.baselineDecisions = baselineDecisions.map(pick)
    rows.baselineScores = baselineScores.map(pick)
    return rows
  }
}

extension RowMetric {
  func value(_ slice: [UInt32]) -> Double? {
    var influence = [Double](repeating: 0, count: slice.count)
    return measure(slice, influence: &influence).value
  }
}

import Results
import TestSupport
import Testing

@testable import Metrics

/// The metrics of the counting engine by influence functions are those of the counting engine.
@Suite struct BinaryEngineTests {
  private static func tally(_ rows: BinaryRows) throws -> SliceTally {
    try Sample.overall(
      Observations(
        labels: rows.labels, decisions: rows.decisions, scores: rows.scores,
        scoresAreProbabilities: rows.areProbabilities, weights: rows.weights))
  }

  @Test(arguments: [(1, false), (2, true), (3, false), (4, true)])
  func values(_ seed: Int, _ isWeighted: Bool) throws {
    let rows = BinaryRows.random(400, seed: UInt64(seed), steps: 50, isWeighted: isWeighted)
    let tally = try Self.tally(rows)
    for metric in BinaryMetric.allCases {
      let found = try rows.measured(metric.id)
      let expected = Sample.estimate(metric, tally)
      #expect(isClose(found.value ?? .nan, expected.value ?? .nan, within: 1e-9), "\(metric.id)")
      #expect(found.denominator == expected.denominator, "\(metric.id)")
      #expect(isClose(found.weight, expected.weight, within: 1e-9), "\(metric.id)")
      // Of these the engine tells the size of the slice, not of the denominator.
      guard metric != .f1, metric != .averagePrecision else { continue }
      #expect(isClose(found.effectiveCount, expected.effectiveCount, within: 1e-9), "\(metric.id)")
    }
  }

  /// The engine's standard errors carry the factor of small samples: n/(n − 1) for a mean, m/(m − 1) for either
  /// class of DeLong's variance.
  @Test(arguments: [false, true])
  func standardErrors(_ isWeighted: Bool) throws {
    let rows = BinaryRows.random(300, seed: 9, steps: 1000, isWeighted: isWeighted)
    let tally = try Self.tally(rows)
    var checked = 0
    for metric in BinaryMetric.allCases where !Composite.contains(metric) {
      guard let expected = Sample.estimate(metric, tally).standardError else { continue }
      var influence = [Double](repeating: 0, count: rows.slice.count)
      _ = try rows.metric(metric.id).measure(rows.slice, influence: &influence)
      var variance = [0.0, 0.0]
      for (row, change) in influence.enumerated() { variance[Int(rows.labels[row])] += change * change }
      let sizes = [0, 1].map { label in Double(rows.labels.count { Int($0) == label }) }
      let total = sizes[0] + sizes[1]
      let factors =
        metric == .rocAUC
        ? sizes.map { $0 / ($0 - 1) }
        : metric.rate == nil && metric != .averagePrecision
          ? [total / (total - 1), total / (total - 1)] : [1, 1]
      let found = (variance[0] * factors[0] + variance[1] * factors[1]).squareRoot()
      #expect(isClose(found, expected, within: 1e-9), "\(metric.id): \(found) \(expected)")
      checked += 1
    }
    #expect(checked == 17)
  }

  /// Where a value is missing, the engine gives the same reason.
  @Test func reasons() throws {
    for rows in [
      BinaryRows(labels: [0, 0, 0], scores: [0.1, 0.7, 0.2]),
      BinaryRows(labels: [1, 1], scores: [0.8, 0.9]),
      BinaryRows(labels: [0, 1], scores: [0.2, 0.3]),
      BinaryRows(labels: [0, 1], scores: [0.2, 0.7], weights: [0, 0]),
    ] {
      let tally = try Self.tally(rows)
      for metric in BinaryMetric.allCases where metric.kind != .count {
        let expected = Sample.estimate(metric, tally)
        let found = try rows.measured(metric.id)
        #expect((found.value == nil) == (expected.value == nil), "\(metric.id) \(rows.labels)")
        if expected.value == nil, metric != .expectedCalibrationError {
          #expect(found.reason == expected.reason, "\(metric.id) \(rows.labels)")
        }
      }
    }
  }
}

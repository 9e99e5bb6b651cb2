import Results
import TestSupport
import Testing

@testable import Metrics

/// The metrics of numbers over masks of random tables, against their definitions and the jackknife.
struct RegressionMetricTests {
  static func sample(
    seed: UInt64, count: Int, isWeighted: Bool, isRounded: Bool
  ) -> NumberObservations {
    var random = SplitMix(seed: seed)
    var labels: [Double] = []
    var predictions: [Double] = []
    for _ in 0..<count {
      let label = (0..<4).reduce(2.0) { sum, _ in sum + Double.random(in: 0...3, using: &random) }
      let noise = (0..<4).reduce(0.3) { sum, _ in sum + Double.random(in: -1...1, using: &random) }
      labels.append(isRounded ? label.rounded() : label)
      predictions.append(isRounded ? (label + noise).rounded() : label + noise)
    }
    let weights = labels.map { _ in Double.random(in: 0.2...3, using: &random) }
    return NumberObservations(
      labels: labels, predictions: predictions, weights: isWeighted ? weights : nil)
  }

  static func rows(_ count: Int, keeping share: Double, seed: UInt64) -> [UInt32] {
    var random = SplitMix(seed: seed)
    return (0..<UInt32(count)).filter { _ in Double.random(in: 0..<1, using: &random) < share }
  }

  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
  func valuesOfMasks(isWeighted: Bool, isRounded: Bool) {
    var observations = Self.sample(seed: 3, count: 130, isWeighted: isWeighted, isRounded: isRounded)
    if isWeighted {
      for row in stride(from: 0, to: 130, by: 11) { observations.weights?[row] = 0 }
    }
    let metrics = RegressionMetrics.all(observations, quantiles: [0.1, 0.37, 0.5, 0.9])
    for share in [1, 0.5, 0.2, 0.04] {
      let rows = Self.rows(130, keeping: share, seed: UInt64(share * 100))
      let oracle = NumberOracle(observations, rows: rows)
      for metric in metrics {
        let id = metric.definition.entry.id
        guard let expected = oracle.value(id) else { continue }
        let answer = RowMetricProbe(metric).answer(rows)
        #expect(isClose(answer.value, expected, within: 1e-12), "\(id) \(share)")
        #expect(abs(answer.influence.reduce(0, +)) < 1e-12, "\(id)")
        #expect(answer.measured.denominator == rows.count)
      }
    }
  }

  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
  func influenceIsTheJackknifesFirstOrder(isWeighted: Bool, isRounded: Bool) {
    let observations = Self.sample(seed: 8, count: 160, isWeighted: isWeighted, isRounded: isRounded)
    let rows = Self.rows(160, keeping: 0.9, seed: 5)
    for metric in RegressionMetrics.all(observations) {
      let probe = RowMetricProbe(metric)
      let answer = probe.answer(rows)
      // The jackknife does not hold for medians (Efron 1982): theirs is tested by sampling.
      guard answer.measured.hasInfluence, metric.definition.entry.id != "median_absolute_error" else {
        continue
      }
      let changes = probe.jackknife(rows, units: rows.map { [$0] }) { rows in
        NumberOracle(observations, rows: rows).total
      }
      let largest = changes.map { abs($0) }.max() ?? 0
      // The best constant of D² jumps from label to label as rows leave.
      let allowed = metric.definition.entry.id.hasPrefix("d2") ? 0.15 : 0.06
      for (found, expected) in zip(answer.influence, changes) {
        #expect(abs(found - expected) < allowed * largest, "\(metric.definition.entry.id)")
      }
      let ratio = RowMetricProbe.squares(answer.influence) / RowMetricProbe.squares(changes)
      #expect(abs(ratio - 1) < 0.06, "\(metric.definition.entry.id) \(ratio)")
    }
  }

  /// Over 400 samples of 120 rows, the mean of Σψ² against the variance of the medians.
  @Test func medianVarianceHoldsOnAverage() throws {
    var medians: [Double] = []
    var variances: [Double] = []
    for seed in 0..<400 {
      let observations = Self.sample(seed: UInt64(seed), count: 120, isWeighted: false, isRounded: false)
      let metrics = RegressionMetrics.all(observations)
      let answer = try RowMetricProbe("median_absolute_error", among: metrics).answer((0..<120).map { $0 })
      medians.append(answer.value)
      variances.append(RowMetricProbe.squares(answer.influence))
    }
    let mean = medians.reduce(0, +) / Double(medians.count)
    let variance = medians.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(medians.count - 1)
    let told = variances.reduce(0, +) / Double(variances.count)
    #expect(told / variance > 0.8 && told / variance < 1.5, "\(told / variance)")
  }

  @Test func nothingIsMeasuredWhereThereIsNothing() {
    let same = NumberObservations(labels: [2, 2, 2, -1], predictions: [1, 1, 1, 5], weights: [1, 2, 1, 0])
    let reasons = Dictionary(
      uniqueKeysWithValues: RegressionMetrics.all(same).map { metric in
        (metric.definition.entry.id, RowMetricProbe(metric).answer([0, 1, 2, 3]).measured.reason)
      })
    #expect(reasons["r2"] == "labels are all the same")
    #expect(reasons["d2_quantile_loss@0.5"] == "labels are all the same")
    #expect(reasons["pearson_correlation"] == "predictions are all the same")
    #expect(reasons["kendall_tau"] == "labels are all the same")
    #expect(reasons["concordance_index"] == "labels are all the same")
    #expect(reasons["mean_squared_log_error"] == .some(nil))
    for metric in RegressionMetrics.all(same) where metric.definition.entry.kind != .count {
      #expect(RowMetricProbe(metric).answer([]).measured == .undefined("no rows"))
      #expect(RowMetricProbe(metric).answer([3]).measured.reason == "zero weight")
    }
    let low = NumberObservations(labels: [2, -1], predictions: [1, 1])
    for metric in RegressionMetrics.all(low) where metric.definition.entry.id.hasSuffix("log_error") {
      let answer = RowMetricProbe(metric).answer([0, 1])
      #expect(answer.measured.reason == "a label or prediction is −1 or less")
      #expect(answer.influence == [0, 0])
    }
  }

  @Test func aRootOfZeroDoesNotVary() throws {
    let exact = NumberObservations(labels: [2, 3], predictions: [2, 3])
    let rmse = try RowMetricProbe("root_mean_squared_error", among: RegressionMetrics.all(exact)).answer([
      0, 1,
    ])
    #expect(rmse.value == 0 && rmse.influence == [0, 0])
  }

  /// At the end of its range a value has no first-order error, which is no reason for an interval of no width.
  @Test func perfectFitsDoNotVary() throws {
    let labels = [0.1, 0.7, 0.3, 1.9, 2.3]
    let scaled = RegressionMetrics.all(.init(labels: labels, predictions: labels.map { 0.3 * $0 + 0.1 }))
    let exact = RegressionMetrics.all(.init(labels: labels, predictions: labels))
    let ordered = [
      "pearson_correlation", "squared_pearson_correlation", "spearman_correlation", "kendall_tau",
    ]
    for id in ordered + ["concordance_index"] {
      let answer = try RowMetricProbe(id, among: scaled).answer([0, 1, 2, 3, 4])
      #expect(isClose(answer.value, 1) && answer.influence == [0, 0, 0, 0, 0], "\(id)")
    }
    for id in ["r2", "explained_variance", "d2_quantile_loss@0.5"] {
      let answer = try RowMetricProbe(id, among: exact).answer([0, 1, 2, 3, 4])
      #expect(answer.value == 1 && answer.influence == [0, 0, 0, 0, 0], "\(id)")
    }
    let shifted = RegressionMetrics.all(.init(labels: [0, 0, 0], predictions: [0.1, 0.1, 0.1]))
    let bias = try RowMetricProbe("mean_error", among: shifted).answer([0, 1, 2])
    #expect(bias.value == 0.1 && bias.influence == [0, 0, 0])
  }

  @Test func everyMetricIsDefinedOnce() {
    let definitions = RegressionMetrics.definitions
    #expect(Set(definitions.map(\.entry.id)).count == definitions.count)
    for metric in RegressionMetrics.all(.init(labels: [], predictions: []), quantiles: [0.25]) {
      let entry = metric.definition.entry
      #expect(RegressionMetrics.definition(named: entry.id)?.entry == entry)
      let family = entry.id.split(separator: "@").first.map(String.init) ?? ""
      #expect(definitions.contains { $0.entry.id == family || $0.entry.id == family + "@q" }, "\(family)")
    }
    #expect(RegressionMetrics.definition(named: "quantile_loss@1.5") == nil)
    #expect(RegressionMetrics.definition(named: "nonsense") == nil)
  }
}

import Foundation
import Results
import Statistics
import TestSupport
import Testing

@testable import Metrics

/// The mean of numbers, the simplest metric of rows.
private struct Mean: RowMetric {
  var values: [Double]
  var weights: [Double]?
  var kind = MetricEntry.Kind.mean

  var definition: MetricDefinition {
    MetricDefinition(
      MetricEntry(
        id: "mean", name: "Mean", symbol: "m", formula: "Σw·x / Σw", kind: kind, direction: .neutral,
        denominator: "rows", interval: nil), tasks: [.regression])
  }

  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    let w = rows.map { weights?[Int($0)] ?? 1 }
    let total = w.reduce(0, +)
    guard total > 0 else { return .undefined("no rows") }
    let mean = zip(rows, w).reduce(0) { $0 + values[Int($1.0)] * $1.1 } / total
    for (place, row) in rows.enumerated() { influence[place] = w[place] * (values[Int(row)] - mean) / total }
    return Measured(
      value: mean, denominator: rows.count, weight: total, squaredWeight: w.reduce(0) { $0 + $1 * $1 })
  }
}

@Suite struct RowEstimatorTests {
  private static let values: [Double] = {
    var random = SplitMix(seed: 9)
    return (0..<40).map { _ in Double(Int(random.next() % 1000)) / 10 }
  }()
  private static let all = Array(0..<UInt32(40))

  /// Student's interval: mean ± t·s/√n.
  @Test func aMeanHasStudentsInterval() throws {
    let found = RowEstimator(level: 0.95, units: nil).result(Mean(values: Self.values), rows: Self.all)
      .estimate
    let n = 40.0
    let mean = Self.values.reduce(0, +) / n
    let error = (Self.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n).squareRoot()
    let t = StudentT.quantile(0.975, degreesOfFreedom: 39)
    #expect(isClose(found.value ?? .nan, mean))
    #expect(isClose(found.standardError ?? .nan, error))
    #expect(isClose(found.lower ?? .nan, mean - t * error, within: 1e-9))
    #expect(isClose(found.upper ?? .nan, mean + t * error, within: 1e-9))
    #expect(found.status == .ok && found.denominator == 40 && found.effectiveCount == 40)
  }

  /// A rate of independent rows is Wilson's, to the last digit that the fast engine has.
  @Test func aRateIsWilsons() throws {
    let marks = Self.values.map { $0 < 30 ? 1.0 : 0 }
    let found = RowEstimator(level: 0.9, units: nil).result(Mean(values: marks, kind: .rate), rows: Self.all)
      .estimate
    let k = marks.reduce(0, +)
    let limits = ProportionInterval.wilson(successes: k, trials: 40, level: 0.9)
    #expect(isClose(found.lower ?? .nan, limits.lower))
    #expect(isClose(found.upper ?? .nan, limits.upper))
    #expect(isClose(found.standardError ?? .nan, (k / 40 * (1 - k / 40) / 40).squareRoot()))
  }

  /// Rows of one unit count as one: doubling every row changes the number of rows and nothing else.
  @Test func rowsOfAUnitAreNotIndependent() throws {
    let twice = Self.values + Self.values
    let units = (0..<80).map { UInt32($0 % 40) }
    let once = RowEstimator(level: 0.95, units: nil).result(Mean(values: Self.values), rows: Self.all)
      .estimate
    let clustered = RowEstimator(level: 0.95, units: units)
      .result(Mean(values: twice), rows: Array(0..<80)).estimate
    #expect(isClose(once.standardError ?? .nan, clustered.standardError ?? .nan))
    #expect(clustered.denominator == 80)
    let marks = twice.map { $0 < 30 ? 1.0 : 0 }
    let rate = RowEstimator(level: 0.95, units: units)
      .result(Mean(values: marks, kind: .rate), rows: Array(0..<80)).estimate
    let k = marks.reduce(0, +) / 2
    // n/(n − 1) makes it a little wider than Wilson's on 40 rows.
    let plain = ProportionInterval.wilson(successes: k, trials: 40, level: 0.95)
    #expect((rate.lower ?? 1) < plain.lower && (rate.lower ?? 0) > plain.lower - 0.01)
  }

  /// Part and whole share rows: Var(part − whole) from the covariance is that of the difference's own influence.
  @Test func partAndWholeAreCorrelated() throws {
    let estimator = RowEstimator(level: 0.95, units: nil)
    let metric = Mean(values: Self.values)
    let part = Array(Self.all.prefix(15))
    let (own, whole) = (estimator.result(metric, rows: part), estimator.result(metric, rows: Self.all))
    let covariance = try #require(estimator.covariance(own, whole))
    let means = (own.estimate.value ?? 0, whole.estimate.value ?? 0)
    let oracle = part.reduce(0) { sum, row in
      sum + (Self.values[Int(row)] - means.0) / 15 * (Self.values[Int(row)] - means.1) / 40
    }
    #expect(isClose(covariance, oracle))
    let units = (0..<40).map { UInt32($0 / 4) }
    let clustered = RowEstimator(level: 0.95, units: units)
    let (a, b) = (clustered.result(metric, rows: part), clustered.result(metric, rows: Self.all))
    let shared = try #require(clustered.covariance(a, b))
    let byUnit = (0..<10).reduce(0.0) { sum, unit in
      func folded(_ rows: [UInt32], _ mean: Double) -> Double {
        rows.filter { units[Int($0)] == unit }.reduce(0) {
          $0 + (Self.values[Int($1)] - mean) / Double(rows.count)
        }
      }
      return sum + folded(part, means.0) * folded(Self.all, means.1)
    }
    #expect(isClose(shared, byUnit))
  }

  /// Candidate against baseline is a paired t interval.
  @Test func aChangeIsPaired() throws {
    let estimator = RowEstimator(level: 0.95, units: nil)
    let before = Self.values.enumerated().map { $1 + Double($0 % 3) }
    let found = try #require(
      estimator.change(
        estimator.result(Mean(values: Self.values), rows: Self.all),
        estimator.result(Mean(values: before), rows: Self.all)))
    let differences = zip(Self.values, before).map(-)
    let mean = differences.reduce(0, +) / 40
    let error = (differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39 / 40).squareRoot()
    #expect(isClose(found.standardError, error))
    #expect(isClose((found.limits.lower + found.limits.upper) / 2, mean, within: 1e-9))
  }

  @Test func whatHasNoSpreadHasNoInterval() throws {
    let estimator = RowEstimator(level: 0.95, units: nil)
    let flat = estimator.result(Mean(values: [3, 3, 3]), rows: [0, 1, 2]).estimate
    #expect(flat.value == 3 && flat.lower == nil && flat.status == .notEstimable)
    let one = estimator.result(Mean(values: [3]), rows: [0]).estimate
    #expect(one.status == .notEstimable && one.reason == "one row only")
    let none = estimator.result(Mean(values: [3]), rows: []).estimate
    #expect(none.value == nil && none.status == .empty)
  }
}

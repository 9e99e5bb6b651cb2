import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// holisticai 1.0.14's docstring examples (holisticai/bias/metrics/_regression.py).
struct RegressionFairnessTests {
  static let a = [0.8, 0.9, 0.2, 0.1]
  static let b = [0.7, 0.9, 0.8, 0.6, 0.3, 0.5]
  static let line = (0..<50).map { -1 + 2 * Double($0) / 49 }
  static let cube = line.map { $0 * $0 * $0 }

  func values(_ metric: any RowMetric) -> (a: Double, b: Double) {
    let probe = RowMetricProbe(metric)
    return (probe.value([0, 1, 2, 3]), probe.value([4, 5, 6, 7, 8, 9]))
  }

  @Test func ratesAboveTheCommonQuantile() {
    let rows = NumberRows(.init(labels: Self.a + Self.b, predictions: Self.a + Self.b))
    let rates = values(RegressionMetrics.quantileRates(rows, levels: [0.7])[0])
    #expect(isClose(rates.a / rates.b, 1.5))
    #expect(isClose(rates.a - rates.b, 0.16666666666666669))
  }

  @Test func meanScores() throws {
    let metrics = RegressionMetrics.all(.init(labels: Self.a + Self.b, predictions: Self.a + Self.b))
    let means = values(try RowMetricProbe("mean_prediction", among: metrics).metric)
    #expect(isClose(means.a - means.b, -0.13333333333333341))
    #expect(isClose(means.a / means.b, 0.7894736842, within: 1e-10))
  }

  @Test func distributions() throws {
    let largest = try #require(RegressionFairness.maxStatisticalParity(Self.line, Self.cube))
    #expect(isClose(largest, 0.20000000000000007))
    let z = RegressionFairness.standardizedDifference(
      Self.a, [0.2, 0.9, 0.3, 0.6, 0.3, 0.5], dividesByCount: true)
    #expect(isClose(try #require(z), 0.1166919931983158))
    #expect(
      isClose(try #require(RegressionFairness.standardizedDifference([1, 3], [0, 2])), 1 / 2.0.squareRoot()))
    #expect(RegressionFairness.maxStatisticalParity([], [1]) == nil)
    #expect(RegressionFairness.maxStatisticalParity([1, 1], [2]) == 1)
    #expect(RegressionFairness.standardizedDifference([1, 1], [2]) == nil)
  }

  /// correlation_diff, rmse_ratio and mae_ratio are differences and ratios of slices' metrics.
  @Test func errors() throws {
    let squares = Self.line.map { $0 * $0 }
    let rows = ((0..<50).map { UInt32($0) }, (50..<100).map { UInt32($0) })
    func value(_ id: String, _ labels: [Double], _ predictions: [Double]) throws -> (Double, Double) {
      let metrics = RegressionMetrics.all(.init(labels: labels, predictions: predictions))
      let probe = try RowMetricProbe(id, among: metrics)
      return (probe.value(rows.0), probe.value(rows.1))
    }
    let r = try value("pearson_correlation", Self.line + squares, Self.line + Self.cube)
    #expect(isClose(r.0 - r.1, 1.0000000000000002))
    let rmse = try value("root_mean_squared_error", squares + Self.cube, Self.line + Self.line)
    #expect(isClose(rmse.0 / rmse.1, 2.7471209467641367))
    let mae = try value("mean_absolute_error", squares + Self.cube, Self.line + Self.line)
    #expect(isClose(mae.0 / mae.1, 2.084201388888889))
  }
}

import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// `vectors/regression.json` (scikit-learn 1.9.1, SciPy 1.17.1) and the wage set's stored results.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct RegressionVectorTests {
  /// Field of the vectors → metric; `_w` is added for the weighted one.
  static let fields = [
    "mse": "mean_squared_error", "rmse": "root_mean_squared_error", "mae": "mean_absolute_error",
    "medae": "median_absolute_error", "r2": "r2", "explained_variance": "explained_variance",
    "mape": "mean_absolute_percentage_error", "mean_bias": "mean_error",
    "pinball_0.1": "quantile_loss@0.1", "pinball_0.5": "quantile_loss@0.5",
    "pinball_0.9": "quantile_loss@0.9", "d2_pinball_0.1": "d2_quantile_loss@0.1",
    "d2_pinball_0.5": "d2_quantile_loss@0.5", "d2_pinball_0.9": "d2_quantile_loss@0.9",
  ]
  static let unweighted = [
    "max_error": "max_error", "spearman": "spearman_correlation", "kendall_tau_b": "kendall_tau",
    "pearson": "pearson_correlation",
  ]

  static func numbers(_ value: Any?) throws -> [Double] {
    try #require(value as? [Any]).map { ($0 as? NSNumber)?.doubleValue ?? .nan }
  }

  static func check(
    _ observations: NumberObservations, _ fields: [String: String], _ found: [String: Any],
    suffix: String = ""
  ) throws {
    let metrics = RegressionMetrics.all(observations)
    let rows = observations.labels.indices.map { UInt32($0) }
    for (field, id) in fields {
      let expected = try #require((found[field + suffix] as? NSNumber)?.doubleValue)
      #expect(isClose(try RowMetricProbe(id, among: metrics).value(rows), expected), "\(field)\(suffix)")
    }
  }

  @Test(arguments: [0, 1]) func vectors(index: Int) throws {
    let document = try #require(try SharedData.json("vectors/regression.json") as? [String: Any])
    let one = try #require(document["cases"] as? [[String: Any]])[index]
    var observations = NumberObservations(
      labels: try Self.numbers(one["y"]), predictions: try Self.numbers(one["pred"]))
    try Self.check(observations, Self.fields, one)
    try Self.check(observations, Self.unweighted, one)
    let positive = NumberObservations(
      labels: observations.labels.map { abs($0) }, predictions: observations.predictions.map { abs($0) })
    try Self.check(positive, ["msle_on_abs": "mean_squared_log_error"], one)
    observations.weights = try Self.numbers(one["w"])
    try Self.check(observations, Self.fields, one, suffix: "_w")
  }

  /// Where scikit-learn forces 0 or 1, or SciPy tells nan, there is no value; a label of 0 counts 2⁻⁵².
  @Test func edges() throws {
    let document = try #require(try SharedData.json("vectors/regression.json") as? [String: Any])
    let edges = try #require(document["cases"] as? [[String: Any]])[2]
    #expect(edges["r2_raw_no_force_finite_imperfect"] as? String == "-inf")
    #expect(edges["spearman_constant"] as? String == "nan")
    let constant = RegressionMetrics.all(.init(labels: [2, 2, 2], predictions: [1, 2, 3]))
    for id in ["r2", "spearman_correlation", "kendall_tau"] {
      #expect(try RowMetricProbe(id, among: constant).answer([0, 1, 2]).measured.value == nil)
    }
    #expect(try RowMetricProbe("r2", among: constant).answer([0]).measured.value == nil)
    let zero = RegressionMetrics.all(.init(labels: [0, 1], predictions: [0.5, 1]))
    let mape = try RowMetricProbe("mean_absolute_percentage_error", among: zero).value([0, 1])
    #expect(mape == (edges["mape_zero_y"] as? NSNumber)?.doubleValue)
  }

  static let stored = [
    "mae": "mean_absolute_error", "mse": "mean_squared_error", "rmse": "root_mean_squared_error", "r2": "r2",
    "median_ae": "median_absolute_error", "mean_error": "mean_error", "mean_prediction": "mean_prediction",
    "mean_label": "mean_label", "max_error": "max_error", "explained_variance": "explained_variance",
    "count": "count",
  ]

  /// scikit-learn 1.9.1 by way of Fairlearn 0.15's MetricFrame.
  @Test(arguments: ["wage_lgbm": "predictions", "wage_xgb": "predictions_baseline"])
  func wage(oracle: String, file: String) throws {
    let document = try #require(try SharedData.json("data/oracles/\(oracle).json") as? [String: Any])
    let table = try PlainTable("data/wage/\(file).csv")
    let metrics = RegressionMetrics.all(
      .init(labels: try table.numbers("label"), predictions: try table.numbers("score")))
    let all = (0..<UInt32(table.count)).map { $0 }
    try Self.check(metrics, all, try #require(document["overall"] as? [String: Any]), oracle)
    var groups = 0
    for (column, stored) in try #require(document["groups"] as? [String: [String: Any]]) {
      let names = column.split(separator: "|").map(String.init)
      let keys = try table.keys(names)
      for (group, values) in try #require(stored["by_group"] as? [String: [String: Any]]) {
        let rows = all.filter { keys[Int($0)] == group }
        try Self.check(metrics, rows, values, "\(oracle) \(column)=\(group)")
        groups += 1
      }
    }
    #expect(groups > 8)
  }

  static func check(
    _ metrics: [any RowMetric], _ rows: [UInt32], _ values: [String: Any], _ place: String
  ) throws {
    for (name, value) in values {
      let id = try #require(stored[name], "\(name)")
      let probe = try RowMetricProbe(id, among: metrics)
      // scikit-learn forces 1 onto the explained variance of a single row; Fairlearn counts an empty cross as nan.
      let isForced =
        id == "count" ? rows.isEmpty : rows.count < 2 && (id == "r2" || id == "explained_variance")
      let forced = id == "count" ? 0 : Double.nan
      let expected = isForced ? forced : (value as? NSNumber)?.doubleValue ?? .nan
      #expect(isClose(probe.value(rows), expected, within: 1e-9), "\(place) \(name) \(probe.value(rows))")
    }
  }
}

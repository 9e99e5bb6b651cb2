import Results
import TestSupport
import Testing

@testable import Metrics

/// Influence functions against what the metric does when the weight of one row moves, and against the jackknife.
@Suite struct BinaryInfluenceTests {
  /// The edge of the top is smoothed, so that its derivative is none at a single row.
  private static func isSmoothed(_ id: String) -> Bool {
    ["lift@", "gain@", "precision_at_top@"].contains { id.hasPrefix($0) }
  }

  /// ψ = w·∂θ/∂w, by central differences, of every metric that has one.
  @Test(arguments: [(20, true), (1000, true), (20, false)])
  func derivatives(_ steps: Int, _ isWeighted: Bool) throws {
    var rows = BinaryRows.random(60, seed: 5, steps: steps, isWeighted: isWeighted)
    let weights = rows.weights ?? [Double](repeating: 1, count: 60)
    rows.weights = weights
    let slice = rows.slice.filter { $0 % 7 != 3 }
    var checked = 0
    for metric in BinaryRowMetrics.all(rows.observations, thresholds: [0.3]) {
      let id = metric.definition.entry.id
      var influence = [Double](repeating: 0, count: slice.count)
      let measured = metric.measure(slice, influence: &influence)
      guard measured.hasInfluence, measured.value != nil else {
        #expect(influence.allSatisfy { $0 == 0 }, "\(id)")
        continue
      }
      #expect(abs(influence.reduce(0, +)) < 1e-10 * max(1, abs(measured.value ?? 0)), "\(id)")
      guard !Self.isSmoothed(id) else { continue }
      for position in stride(from: 0, to: slice.count, by: 5) {
        let row = Int(slice[position])
        func value(_ factor: Double) throws -> Double {
          var moved = rows
          moved.weights?[row] = weights[row] * factor
          return try moved.value(id, slice) ?? .nan
        }
        let h = 1e-5
        let slope = (try value(1 + h) - value(1 - h)) / (2 * h)
        #expect(isClose(influence[position], slope, within: 1e-7), "\(id) row \(row)")
      }
      checked += 1
    }
    #expect(checked > 80)
  }

  /// √Σψ² is the jackknife's standard error to first order.
  @Test(arguments: [
    "f_beta[2]", "threat_score", "cohens_kappa", "mcc", "fowlkes_mallows", "positive_likelihood_ratio",
    "prevalence_threshold", "gini", "pr_auc", "pr_auc_interpolated", "average_precision", "partial_auc[0.2]",
    "tjur_r2", "observed_over_expected", "brier_skill_score", "cross_entropy_skill", "calibration_slope",
    "calibration_intercept", "brier_resolution_binned[4]", "brier_reliability", "squared_pearson_correlation",
    "precision@0.4", "flip_rate", "symmetric_prediction_difference", "conditional_acceptance",
  ])
  func jackknife(_ id: String) throws {
    let rows = BinaryRows.random(200, seed: 11, steps: 20, isWeighted: true)
    let metric = try rows.metric(id)
    var influence = [Double](repeating: 0, count: 200)
    _ = metric.measure(rows.slice, influence: &influence)
    let error = influence.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let left = rows.slice.map { row in metric.value(rows.slice.filter { $0 != row }) ?? .nan }
    let mean = left.reduce(0, +) / 200
    let jackknife = (left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * 199 / 200).squareRoot()
    #expect(isClose(error / jackknife, 1, within: 0.12), "\(error) \(jackknife)")
  }

  /// The standard error of what is on top, against many samples of the same kind of rows.
  @Test(arguments: ["gain@0.1", "lift@0.2", "precision_at_top@0.2", "ks"])
  func top(_ id: String) throws {
    var values: [Double] = []
    var errors: [Double] = []
    for seed in 0..<300 {
      let rows = BinaryRows.random(800, seed: UInt64(1000 + seed), steps: 100_000, isWeighted: false)
      var influence = [Double](repeating: 0, count: 800)
      values.append(try rows.metric(id).measure(rows.slice, influence: &influence).value ?? .nan)
      errors.append(influence.reduce(0) { $0 + $1 * $1 })
    }
    let mean = values.reduce(0, +) / 300
    let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299).squareRoot()
    let told = (errors.reduce(0, +) / 300).squareRoot()
    // 300 samples know a standard deviation to 4 %; the local precision adds a little.
    #expect(isClose(told / spread, 1, within: 0.15), "\(told) \(spread)")
  }
}

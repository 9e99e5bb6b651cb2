import TestSupport
import Testing

@testable import Statistics

/// The fields of `ranking.json` and `regression.json` that are statistics; the others are metrics.
@Suite struct RankingVectorTests {
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func everyFieldOfAreasAgrees() throws {
    let found = try Self.areas.findings(in: "ranking")
    #expect(found.wrong.isEmpty, "\(found.wrong)")
    #expect(found.compared > 60)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func everyFieldOfCorrelationsAgrees() throws {
    let found = try Self.correlations.findings(in: "regression")
    #expect(found.wrong.isEmpty, "\(found.wrong)")
    #expect(found.compared == 2 * 10 + 2)
  }

  // MARK: Areas

  private static func all(_ c: Vector, weighted: Bool = false) throws -> [ROCArea] {
    let labels = c.integers("y").map { UInt8($0) }
    return try (c.fields["scores"] as? [[Any]] ?? []).map { row in
      try #require(
        ROCArea(
          row.flatMap { Vector.flattened($0) }, labels: labels,
          weights: weighted ? c.numbers("weights") : nil))
    }
  }

  private static func difference(_ c: Vector) throws -> AreaDifference {
    var outer = c
    outer.fields = c.context
    let areas = try all(outer)
    return try #require(AreaDifference(paired: areas[0], areas[1]))
  }

  private static let metric: VectorFields.Rule = .note("a metric: the room Metrics has it")

  static let areas: VectorFields = {
    var rules: [String: VectorFields.Rule] = [
      "name": .input, "y": .input, "scores": .input, "weights": .input,
      "auc": .check(within: 1e-12) { try all($0).map(\.value) },
      "auc_weighted": .check(within: 1e-12) { try all($0, weighted: true).map(\.value) },
      "delong_cov": .check(within: 1e-12) { c in
        let areas = try all(c)
        return areas.flatMap { a in areas.map { a.covariance(with: $0) ?? .nan } }
      },
      "ci95_wald": .check(within: 1e-12) { c in
        try all(c).flatMap {
          AUCInterval.normal(auc: $0.value, variance: $0.variance() ?? .nan, level: 0.95).ends
        }
      },
      // Where all scores are tied the vector has a point at ½: variance 0, no interval to give.
      "ci95_logit": .check(within: 1e-12) { c in
        try all(c).flatMap { area in
          let variance = area.variance() ?? .nan
          let logit = AUCInterval.logit(auc: area.value, variance: variance, level: 0.95)
          return logit == nil && area.value == 0.5 ? [0.5, 0.5] : logit.ends
        }
      },
      "diff.d": .check(within: 1e-12) { [try difference($0).value] },
      "diff.var": .check(within: 1e-12) { [try difference($0).variance] },
      "diff.z": .check(within: 1e-12) { [try difference($0).test?.z ?? .nan] },
      "diff.p_two_sided": .check(within: 1e-12) { [try difference($0).test?.p ?? .nan] },
      "diff.ci95": .check(within: 1e-12) { try difference($0).interval(level: 0.95).ends },
      "edge.single_class": .note("words; `ROCAreaTests.whatCannotBeEstimatedIsNone`"),
      "edge.m=1 or n=1": .note("words; the same"),
      "edge.auc in {0,1}": .note("words; `TwoProportionTests.edgesStayDefined`"),
      "listwise": metric,
    ]
    for name in [
      "average_precision", "pr_auc_trapezoid", "ks_pos_vs_neg", "gini", "partial_auc_fpr_le_0.2_mcclish",
      "roc0", "ap_weighted",
    ] { rules[name] = metric }
    return VectorFields(rules: rules)
  }()

  // MARK: Correlations

  private static func kendall(_ c: Vector) throws -> KendallTau {
    try #require(KendallTau(c.numbers("y"), c.numbers("pred")))
  }

  private static func pearson(_ c: Vector) -> Double {
    Association.correlation(c.numbers("y"), c.numbers("pred"))
  }

  static let correlations: VectorFields = {
    var rules: [String: VectorFields.Rule] = [
      "name": .input, "y": .input, "pred": .input, "w": .input, "mape_eps": .note("words"),
      "spearman": .check(within: 1e-12) { [RankCorrelation.spearman($0.numbers("y"), $0.numbers("pred"))] },
      "spearman_p_t": .check(within: 1e-12) {
        let rho = RankCorrelation.spearman($0.numbers("y"), $0.numbers("pred"))
        return [RankCorrelation.pValue(rho, count: $0.numbers("y").count) ?? .nan]
      },
      "kendall_tau_b": .check(within: 1e-12) { [try kendall($0).tauB] },
      "kendall_tau_c": .check(within: 1e-12) { [try kendall($0).tauC] },
      "kendall_p_auto": .check(within: 1e-12) { [try kendall($0).pValue ?? .nan] },
      "kendall_p_asymptotic": .check(within: 1e-12) { [try kendall($0).asymptoticP ?? .nan] },
      "pearson": .check(within: 1e-12) { [pearson($0)] },
      "pearson_p": .check(within: 1e-12) {
        [RankCorrelation.pValue(pearson($0), count: $0.numbers("y").count) ?? .nan]
      },
      "pearson_fisher_ci95": .check(within: 1e-12) {
        RankCorrelation.pearsonInterval(pearson($0), count: $0.numbers("y").count, level: 0.95).ends
      },
      "spearman_constant": .check(within: 0) { _ in [RankCorrelation.spearman([2, 2, 2], [1, 2, 3])] },
      "kendall_constant": .check(within: 0) { _ in [KendallTau([2, 2, 2], [1, 2, 3])?.tauB ?? 0] },
    ]
    let errors = ["mse", "rmse", "mae", "medae", "r2", "explained_variance", "mape", "mean_bias"]
    let quantiles = ["0.1", "0.5", "0.9"].flatMap { ["pinball_" + $0, "d2_pinball_" + $0] }
    for name in errors + quantiles { (rules[name], rules[name + "_w"]) = (metric, metric) }
    for name in [
      "msle_on_abs", "max_error", "r2_constant_y_imperfect", "r2_constant_y_perfect",
      "r2_raw_no_force_finite_imperfect", "r2_raw_perfect", "r2_n1", "mape_zero_y",
    ] { rules[name] = metric }
    return VectorFields(rules: rules)
  }()
}

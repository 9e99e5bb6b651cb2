import TestSupport
import Testing

@testable import Statistics

/// Every field of `bootstrap_shrinkage.json`.
@Suite struct BootstrapVectorTests {
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func everyFieldAgrees() throws {
    let found = try Self.fields.findings(in: "bootstrap_shrinkage")
    #expect(found.wrong.isEmpty, "\(found.wrong)")
    #expect(found.compared > 100)
  }

  static let fields = VectorFields(
    rules: enumeration.merging(corrected) { $1 }.merging(pooling) { $1 }.merging(ratios) { $1 },
    prefix: { vector in
      let name = vector.fields["name"] as? String ?? ""
      return name.hasPrefix("exact_bootstrap") ? "exact" : name
    })

  // MARK: The exact bootstrap

  private static func statistic(_ c: Vector) -> @Sendable ([Int]) -> Double? {
    let name = c.fields["name"] as? String ?? ""
    if name.contains("tpr_gap") { return BootstrapTests.truePositiveRateGap }
    return name.contains("precision") ? BootstrapTests.precision : BootstrapTests.f1
  }

  private static func exact(_ value: @escaping @Sendable (ExactBootstrap) -> Double) -> VectorFields.Rule {
    .check(within: 1e-12) {
      [value(try #require(ExactBootstrap(counts: $0.integers("counts"), statistic: statistic($0))))]
    }
  }

  private static let enumeration: [String: VectorFields.Rule] = [
    "exact.name": .input, "exact.counts": .input, "exact.quantile_rule": .note("words"),
    "exact.point": .check(within: 1e-12) { [statistic($0)($0.integers("counts")) ?? .nan] },
    "exact.p_undefined": exact(\.undefined), "exact.mean": exact(\.mean), "exact.var": exact(\.variance),
    "exact.q2.5": exact { $0.quantile(0.025) }, "exact.q50": exact { $0.quantile(0.5) },
    "exact.q97.5": exact { $0.quantile(0.975) }, "exact.p_le_0": exact { $0.share(atMost: 0) },
  ]

  // MARK: BCa

  private static func ratioOfMeanAndMedian(_ x: [Double]) -> Double {
    x.reduce(0, +) / Double(x.count) / Quantile.type7(sorted: x.sorted(), 0.5)
  }

  private static func bca(_ c: Vector) -> BCa {
    let x = c.numbers("x")
    let jackknife = x.indices.map { left in
      ratioOfMeanAndMedian(x.indices.filter { $0 != left }.map { x[$0] })
    }
    return BCa(
      estimate: ratioOfMeanAndMedian(x), sortedReplicates: c.numbers("replicates").sorted(),
      jackknife: jackknife)
  }

  private static let corrected: [String: VectorFields.Rule] = [
    "bca.name": .input, "bca.x": .input, "bca.stat": .input, "bca.replicates": .input,
    "bca.theta": .check(within: 1e-12) { [ratioOfMeanAndMedian($0.numbers("x"))] },
    "bca.z0_midrank": .check(within: 1e-12) { [bca($0).bias] },
    "bca.acceleration": .check(within: 1e-12) { [bca($0).acceleration] },
    "bca.adjusted_levels": .check(within: 1e-12) { [bca($0).adjusted(0.025), bca($0).adjusted(0.975)] },
    "bca.bca_ci_type7_quantile": .check(within: 1e-12) {
      bca($0).interval(sortedReplicates: $0.numbers("replicates").sorted(), level: 0.95).ends
    },
    "bca.percentile_ci": .check(within: 1e-12) {
      var values = $0.numbers("replicates")
      return Quantile.percentileInterval(&values, level: 0.95).ends
    },
  ]

  // MARK: Shrinkage

  private static func likelihood(_ c: Vector) throws -> Shrinkage.BetaBinomial {
    try #require(Shrinkage.betaBinomialLikelihood(successes: c.numbers("k"), trials: c.numbers("n")))
  }

  /// The moments are taken of the same groups, which stand in the file's other case.
  private static func moments() throws -> (fit: Shrinkage.BetaBinomial, k: [Double], n: [Double]) {
    let c = try Vector.named("beta_binomial_mle", in: "bootstrap_shrinkage")
    let (k, n) = (c.numbers("k"), c.numbers("n"))
    return (try #require(Shrinkage.betaBinomialMoments(successes: k, trials: n)), k, n)
  }

  private static func effects(_ c: Vector) throws -> Shrinkage.RandomEffects {
    try #require(Shrinkage.derSimonianLaird(estimates: c.numbers("y"), variances: c.numbers("v")))
  }

  private static let pooling: [String: VectorFields.Rule] = [
    "beta_binomial_mle.name": .input, "beta_binomial_mle.k": .input, "beta_binomial_mle.n": .input,
    "beta_binomial_mle.note": .note("words: digits of alpha and beta are good to 1e-7"),
    // The vector's optimiser stops within 1e-7 of the summit, relatively.
    "beta_binomial_mle.alpha": .check(within: 2e-7) {
      let fit = try likelihood($0)
      return [fit.concentration * fit.mean]
    },
    "beta_binomial_mle.beta": .check(within: 2e-7) {
      let fit = try likelihood($0)
      return [fit.concentration * (1 - fit.mean)]
    },
    "beta_binomial_mle.loglik": .check(within: 1e-9) {
      let fit = try likelihood($0)
      let (a, b) = (fit.concentration * fit.mean, fit.concentration * (1 - fit.mean))
      return [
        Shrinkage.logLikelihood(alpha: a, beta: b, successes: $0.numbers("k"), trials: $0.numbers("n"))
      ]
    },
    "beta_binomial_mle.posterior_mean": .check(within: 1e-7) {
      let fit = try likelihood($0)
      return zip($0.numbers("k"), $0.numbers("n")).map { fit.shrunk(successes: $0, trials: $1) }
    },
    // At the vector's own prior, so that only the quantile is compared.
    "beta_binomial_mle.posterior_95": .check(within: 1e-9) {
      let (a, b) = ($0.number("alpha"), $0.number("beta"))
      let prior = Shrinkage.BetaBinomial(mean: a / (a + b), betweenVariance: 0.01, concentration: a + b)
      return zip($0.numbers("k"), $0.numbers("n")).flatMap {
        prior.interval(successes: $0, trials: $1, level: 0.95).ends
      }
    },
    "beta_binomial_moments.name": .input, "beta_binomial_moments.formula": .note("words"),
    "beta_binomial_moments.p_pool": .check(within: 1e-12) { _ in [try moments().fit.mean] },
    "beta_binomial_moments.S": .check(within: 1e-12) { _ in
      let (_, k, n) = try moments()
      let pearson = try #require(HomogeneityTest.pearson(successes: k, trials: n))
      // χ² is S over the pooled p(1 − p).
      let mean = k.reduce(0, +) / n.reduce(0, +)
      return [pearson.statistic * mean * (1 - mean)]
    },
    "beta_binomial_moments.sigma2_between": .check(within: 1e-12) { _ in [try moments().fit.betweenVariance]
    },
    "beta_binomial_moments.alpha_plus_beta": .check(within: 1e-12) { _ in [try moments().fit.concentration] },
    "beta_binomial_moments.shrunk": .check(within: 1e-12) { _ in
      let (fit, k, n) = try moments()
      return zip(k, n).map { fit.shrunk(successes: $0, trials: $1) }
    },
    "dersimonian_laird.name": .input, "dersimonian_laird.y": .input, "dersimonian_laird.v": .input,
    "dersimonian_laird.Q": .check(within: 1e-12) { [try effects($0).heterogeneity] },
    "dersimonian_laird.I2": .check(within: 1e-12) { [try effects($0).inconsistency] },
    "dersimonian_laird.tau2": .check(within: 1e-12) { [try effects($0).betweenVariance] },
    "dersimonian_laird.mu": .check(within: 1e-12) { [try effects($0).mean] },
    "dersimonian_laird.se_mu": .check(within: 1e-12) { [try effects($0).standardError] },
    "dersimonian_laird.shrunk": .check(within: 1e-12) {
      let fit = try effects($0)
      return zip($0.numbers("y"), $0.numbers("v")).map { fit.shrunk($0, variance: $1) }
    },
    "dersimonian_laird.shrunk_var_naive": .check(within: 1e-12) {
      let fit = try effects($0)
      return $0.numbers("v").map { fit.shrunkVariance($0) }
    },
  ]

  // MARK: Ratios

  private static func clusters(_ c: Vector) throws -> ClusterRatio {
    try #require(ClusterRatio(numerators: c.numbers("cluster_num"), denominators: c.numbers("cluster_den")))
  }

  private static func f1(_ c: Vector) throws -> (value: Double, variance: Double) {
    try #require(
      DeltaMethod.ratio(
        counts: c.numbers("tp_fp_fn_tn"), numerator: [2, 0, 0, 0], denominator: [2, 1, 1, 0]))
  }

  private static let ratios: [String: VectorFields.Rule] = [
    "cluster_ratio.name": .input, "cluster_ratio.cluster_num": .input, "cluster_ratio.cluster_den": .input,
    "cluster_ratio.ratio": .check(within: 1e-12) { [try clusters($0).ratio] },
    "cluster_ratio.var_linearised_cr0": .check(within: 1e-12) { [try clusters($0).linearisedVariance] },
    "cluster_ratio.var_linearised_G_over_Gm1": .check(within: 1e-12) { [try clusters($0).correctedVariance] },
    "cluster_ratio.var_jackknife": .check(within: 1e-12) { [try clusters($0).jackknifeVariance ?? .nan] },
    "cluster_ratio.t_df": .check(within: 0) { [Double(try clusters($0).clusters - 1)] },
    "delta_f1.name": .input, "delta_f1.tp_fp_fn_tn": .input,
    "delta_f1.f1": .check(within: 1e-12) { [try f1($0).value] },
    "delta_f1.var_multinomial_delta": .check(within: 1e-12) { [try f1($0).variance] },
  ]
}

import TestSupport
import Testing

@testable import Statistics

@Suite struct ShrinkageTests {
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func betaBinomialMomentsAgreeWithVectors() throws {
    let likelihood = try Vector.named("beta_binomial_mle", in: "bootstrap_shrinkage")
    let c = try Vector.named("beta_binomial_moments", in: "bootstrap_shrinkage")
    let (k, n) = (likelihood.numbers("k"), likelihood.numbers("n"))
    let fit = try #require(Shrinkage.betaBinomialMoments(successes: k, trials: n))
    #expect(isClose(fit.mean, c.number("p_pool")))
    #expect(isClose(fit.betweenVariance, c.number("sigma2_between")))
    #expect(isClose(fit.concentration, c.number("alpha_plus_beta")))
    #expect(areClose(zip(k, n).map { fit.shrunk(successes: $0, trials: $1) }, c.numbers("shrunk")))
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func betaBinomialLikelihoodAgreesWithVectors() throws {
    let c = try Vector.named("beta_binomial_mle", in: "bootstrap_shrinkage")
    let (k, n) = (c.numbers("k"), c.numbers("n"))
    let fit = try #require(Shrinkage.betaBinomialLikelihood(successes: k, trials: n))
    // The vector's optimiser stops within 1e-7 of the summit.
    #expect(isClose(fit.concentration * fit.mean, c.number("alpha"), within: 1e-6))
    #expect(isClose(fit.concentration * (1 - fit.mean), c.number("beta"), within: 1e-6))
    #expect(
      areClose(
        zip(k, n).map { fit.shrunk(successes: $0, trials: $1) }, c.numbers("posterior_mean"), within: 1e-7))
  }

  /// With the prior of the vectors, the posterior is SciPy's.
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func posteriorAgreesWithVectors() throws {
    let c = try Vector.named("beta_binomial_mle", in: "bootstrap_shrinkage")
    let (a, b) = (c.number("alpha"), c.number("beta"))
    let prior = Shrinkage.BetaBinomial(mean: a / (a + b), betweenVariance: 0.01, concentration: a + b)
    let expected = c.fields["posterior_95"] as? [[Double]] ?? []
    #expect(expected.count == 10)
    for (i, (k, n)) in zip(c.numbers("k"), c.numbers("n")).enumerated() {
      #expect(isClose(prior.shrunk(successes: k, trials: n), c.numbers("posterior_mean")[i]))
      let interval = try #require(prior.interval(successes: k, trials: n, level: 0.95))
      #expect(isClose(interval, Interval(expected[i][0], expected[i][1]), within: 1e-9))
    }
  }

  @Test func groupsThatAgreeShrinkToThePool() throws {
    let fit = try #require(Shrinkage.betaBinomialMoments(successes: [5, 10, 0], trials: [50, 100, 0]))
    #expect(fit.betweenVariance == 0 && fit.shrunk(successes: 5, trials: 50) == 0.1)
    let summit = try #require(Shrinkage.betaBinomialLikelihood(successes: [5, 10, 0], trials: [50, 100, 0]))
    #expect(summit.concentration == .infinity && summit.shrunk(successes: 9, trials: 50) == summit.mean)
    #expect(isClose(summit.mean, 0.1))
    #expect(Shrinkage.betaBinomialMoments(successes: [0, 0], trials: [5, 6]) == nil)
    #expect(Shrinkage.betaBinomialMoments(successes: [1, 0], trials: [1, 1]) == nil)
    #expect(Shrinkage.derSimonianLaird(estimates: [1], variances: [1]) == nil)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func derSimonianLairdAgreesWithVectors() throws {
    let c = try Vector.named("dersimonian_laird", in: "bootstrap_shrinkage")
    let (y, v) = (c.numbers("y"), c.numbers("v"))
    let fit = try #require(Shrinkage.derSimonianLaird(estimates: y, variances: v))
    #expect(isClose(fit.heterogeneity, c.number("Q")))
    #expect(isClose(fit.inconsistency, c.number("I2")))
    #expect(isClose(fit.betweenVariance, c.number("tau2")))
    #expect(isClose(fit.mean, c.number("mu")))
    #expect(isClose(fit.standardError, c.number("se_mu")))
    #expect(areClose(zip(y, v).map { fit.shrunk($0, variance: $1) }, c.numbers("shrunk")))
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func bcaAgreesWithVectors() throws {
    let c = try Vector.named("bca", in: "bootstrap_shrinkage")
    let x = c.numbers("x")
    let statistic = { (v: [Double]) in
      v.reduce(0, +) / Double(v.count) / Quantile.type7(sorted: v.sorted(), 0.5)
    }
    let jackknife = x.indices.map { i in statistic(x.enumerated().filter { $0.offset != i }.map(\.element)) }
    let replicates = c.numbers("replicates").sorted()
    let bca = BCa(estimate: c.number("theta"), sortedReplicates: replicates, jackknife: jackknife)
    #expect(isClose(bca.bias, c.number("z0_midrank")))
    #expect(isClose(bca.acceleration, c.number("acceleration")))
    #expect(areClose([bca.adjusted(0.025), bca.adjusted(0.975)], c.numbers("adjusted_levels")))
    let interval = try #require(bca.interval(sortedReplicates: replicates, level: 0.95))
    #expect(isClose(interval, c.interval("bca_ci_type7_quantile")))
    var scratch = c.numbers("replicates")
    #expect(isClose(Quantile.percentileInterval(&scratch, level: 0.95), c.interval("percentile_ci")))
    #expect(
      BCa(estimate: 9, sortedReplicates: [1, 2], jackknife: [1, 2]).interval(
        sortedReplicates: [1, 2], level: 0.9) == nil)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func clusterRatioAgreesWithVectors() throws {
    let c = try Vector.named("cluster_ratio", in: "bootstrap_shrinkage")
    let fit = try #require(
      ClusterRatio(numerators: c.numbers("cluster_num"), denominators: c.numbers("cluster_den")))
    #expect(isClose(fit.ratio, c.number("ratio")))
    #expect(isClose(fit.linearisedVariance, c.number("var_linearised_cr0")))
    #expect(isClose(fit.correctedVariance, c.number("var_linearised_G_over_Gm1")))
    #expect(isClose(fit.jackknifeVariance ?? .nan, c.number("var_jackknife")))
    #expect(ClusterRatio(numerators: [1], denominators: [2]) == nil)
    #expect(ClusterRatio(numerators: [1, 0], denominators: [2, 0])?.jackknifeVariance == nil)
  }
}

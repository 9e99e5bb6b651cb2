import TestSupport
import Testing

@testable import Statistics

@Suite struct ShrinkageTests {
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

  @Test func aRatioNeedsTwoClusters() {
    #expect(ClusterRatio(numerators: [1], denominators: [2]) == nil)
    #expect(ClusterRatio(numerators: [1, 0], denominators: [2, 0])?.jackknifeVariance == nil)
  }

  @Test func replicatesOnOneSideCannotBeCorrected() {
    let bca = BCa(estimate: 9, sortedReplicates: [1, 2], jackknife: [1, 2])
    #expect(bca.interval(sortedReplicates: [1, 2], level: 0.9) == nil)
  }

}

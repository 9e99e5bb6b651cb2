import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct StratifiedAndPairedTests {
  /// COMPAS (Larson et al. 2016): high-risk scores of two groups by sex and by age, computed with
  /// statsmodels.
  @Test(
    arguments: [
      (
        [[337, 315, 224, 343], [1837, 1207, 630, 1257]],
        [336.020931, 335.064329, 2.655, 2.3883626562102718, 2.9514051259504828, 22.137687, 1.689995]
      ),
      (
        [[1281, 913, 500, 812], [247, 335, 117, 635], [646, 274, 237, 153]],
        [238.054637, 237.206863, 2.341328, 2.099070180201153, 2.6115446028454703, 28.749564, 1.528959]
      ),
    ] as [([[Double]], [Double])])
  func mantelHaenszelAgreesWithPublishedDigits(tables: [[Double]], expected: [Double]) throws {
    let strata = MantelHaenszel(Self.strata(tables))
    #expect(isClose(try #require(strata.test()).statistic, expected[0], within: 1e-8))
    #expect(isClose(try #require(strata.test(corrected: true)).statistic, expected[1], within: 1e-8))
    #expect(isClose(strata.oddsRatio, expected[2], within: 1e-6))
    let interval = try #require(strata.oddsRatioInterval(level: 0.95))
    #expect(isClose(interval, Interval(expected[3], expected[4]), within: 1e-9))
    #expect(isClose(try #require(strata.homogeneity()).statistic, expected[5], within: 1e-7))
    #expect(isClose(strata.riskRatio, expected[6], within: 1e-6))
  }

  @Test func mantelHaenszelEdges() throws {
    let empty = MantelHaenszel(Self.strata([[0, 0, 3, 4], [0, 5, 0, 6]]))
    #expect(empty.strata.count == 1)
    #expect(empty.test() == nil && empty.oddsRatioInterval(level: 0.9) == nil)
    #expect(empty.homogeneity() == nil)
    let two = MantelHaenszel(Self.strata([[3, 7, 5, 9], [4, 2, 8, 6]]))
    let (plain, tarone) = (try #require(two.homogeneity()), try #require(two.homogeneity(adjusted: true)))
    #expect(tarone.statistic <= plain.statistic && tarone.statistic > 0)
  }

  static func strata(_ tables: [[Double]]) -> [MantelHaenszel.Stratum] {
    tables.map {
      .init(successes1: $0[0], trials1: $0[0] + $0[1], successes2: $0[2], trials2: $0[2] + $0[3])
    }
  }

  /// Newcombe (1998c), Statistics in Medicine 17:2635–2650: the pairs (36, 12, 2, 0), method 10.
  @Test func pairedIntervalReproducesNewcombe() {
    let pairs = PairedDifferenceInterval(both: 36, firstOnly: 12, secondOnly: 2, neither: 0)
    #expect(isClose(pairs.newcombe(level: 0.95), Interval(0.0569, 0.3404), within: 5.1e-5))
    let none = PairedDifferenceInterval(both: 0, firstOnly: 0, secondOnly: 0, neither: 0)
    #expect(none.newcombe(level: 0.95) == Interval(-1, 1) && none.tango(level: 0.95) == Interval(-1, 1))
    let agreeing = PairedDifferenceInterval(both: 9, firstOnly: 0, secondOnly: 0, neither: 4)
    #expect(agreeing.newcombe(level: 0.95).width > 0.1 && agreeing.tango(level: 0.95).width > 0.1)
  }

  @Test(arguments: [0.01, 1, 4.5, 9.9, 10, 33.3, 2500])
  func poissonFollowsItsDistribution(mean: Double) {
    var random = KeyedRandom(seed: 8, key: "poisson \(mean)")
    let low = max(0, Int(mean - 9 * mean.squareRoot()))
    let high = Int(mean + 9 * mean.squareRoot()) + 20
    var counts = [Int](repeating: 0, count: high - low + 1)
    for _ in 0..<100_000 {
      let k = PoissonSampler.poisson(mean: mean, using: &random)
      counts[min(high, max(low, k)) - low] += 1
    }
    let probabilities = (low...high).map {
      $0 == 0 ? exp(-mean) : exp(SaddlePoint.logPoisson(Double($0), mean))
    }
    #expect(isClose(probabilities.reduce(0, +), 1, within: 1e-9))
    #expect(chiSquareP(counts, probabilities) > 1e-4)
    #expect(PoissonSampler.poisson(mean: 0, using: &random) == 0)
  }
}

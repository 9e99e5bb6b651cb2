import Glibc
import TestSupport
import Testing

@testable import Statistics

/// Against values computed with mpmath at 40 digits.
@Suite struct DistributionTests {
  @Test(arguments: [
    (1e-300, -37.047096299361199237),
    (1e-20, -9.2623400897984075796),
    (1e-05, -4.2648907939228246102),
    (0.001, -3.0902323061678135354),
    (0.025, -1.9599639845400542118),
    (0.07, -1.4757910281791706856),
    (0.0749, -1.4402382675279636631),
    (0.0751, -1.4388253927525399824),
    (0.2, -0.84162123357291416552),
    (0.4, -0.25334710313579974132),
    (0.499999999, -2.5066283428845326712e-9),
    (0.5, 0),
    (0.6, 0.25334710313579974132),
    (0.9, 1.2815515655446005935),
    (0.975, 1.9599639845400538556),
    (0.9999999, 5.1993375822906610937),
  ])
  func normalQuantile(p: Double, x: Double) {
    #expect(isRelativelyClose(Normal.quantile(p), x, within: 1e-15))
    #expect(isRelativelyClose(Normal.approximateQuantile(p), x, within: 1e-14))
  }

  @Test(arguments: [
    (-37, 5.7255712225245768227e-300),
    (-10, 7.619853024160526066e-24),
    (-3, 0.0013498980316300945267),
    (-1, 0.15865525393145705141),
    (0, 0.5),
    (0.5, 0.69146246127401310364),
    (2, 0.9772498680518207928),
    (8, 0.9999999999999993779),
  ])
  func normalTails(x: Double, p: Double) {
    // Half a unit in the last place of x moves the tail by x² units of its own.
    let tolerance = 1e-15 + 2.3e-16 * x * x
    #expect(isRelativelyClose(Normal.cumulative(x), p, within: tolerance))
    #expect(isRelativelyClose(Normal.survival(-x), p, within: tolerance))
  }

  @Test func normalEnds() {
    #expect(Normal.quantile(0) == -.infinity && Normal.quantile(1) == .infinity)
    #expect(Normal.quantile(-0.1).isNaN && Normal.quantile(1.1).isNaN && Normal.quantile(.nan).isNaN)
    #expect(isClose(Normal.density(1), 0.24197072451914337))
    #expect(isClose(Normal.criticalValue(level: 0.95), 1.959963984540054))
  }

  @Test(arguments: [
    (0.1, 2, 3, 0.052300000000000005396),
    (0.9, 2, 3, 0.9963000000000000024),
    (0.5, 0.5, 0.5, 0.5),
    (1e-05, 0.5, 20.5, 0.016056684969284914098),
    (0.03, 12.3, 400.7, 0.54651249314814035235),
    (0.123456, 123456, 876545, 0.50045415266965108587),
    (0.5, 100000.0, 100300.0, 0.74867288685218245348),
    (0.999, 300, 0.2, 0.18357892270695360628),
    (0.2, 1000, 2000, 8.3794082543032565803e-66),
  ])
  func betaCumulative(x: Double, a: Double, b: Double, p: Double) {
    #expect(isRelativelyClose(Beta.cumulative(x, a, b), p, within: 2e-13))
    #expect(isClose(Beta.cumulative(1 - x, b, a), 1 - p, within: 1e-9))
    #expect(isRelativelyClose(Beta.quantile(p, a, b), x, within: 1e-11))
  }

  @Test func betaQuantileInvertsEverywhere() {
    for a in [0.05, 0.5, 1, 3.7, 250, 40_000] {
      for b in [0.05, 0.5, 1, 12, 9000] {
        for p in [1e-12, 0.005, 0.3, 0.5, 0.8, 0.9999] {
          let x = Beta.quantile(p, a, b)
          #expect(x >= 0 && x <= 1)
          if x > 1e-300 && x < 1 - 1e-5 {
            #expect(isRelativelyClose(Beta.cumulative(x, a, b), p, within: 1e-10), "\(p) \(a) \(b)")
          }
        }
      }
    }
    #expect(Beta.quantile(0, 2, 3) == 0 && Beta.quantile(1, 2, 3) == 1 && Beta.quantile(2, 2, 3).isNaN)
  }

  @Test(arguments: [
    (3.84, 1, 0.050043521248705103189),
    (0.001, 1, 0.97477287936996038828),
    (10, 10, 0.44049328506521241144),
    (244.25, 5, 9.4119644298044580959e-51),
    (900, 1000, 0.98928276190871025844),
    (1100, 1000, 0.014614408126295194045),
    (50, 2.5, 3.4594128312796142154e-11),
  ])
  func chiSquaredSurvival(x: Double, df: Double, p: Double) {
    #expect(isRelativelyClose(ChiSquared.survival(x, degreesOfFreedom: df), p, within: 1e-13))
  }

  @Test(arguments: [
    (2.0, 4, 0.058058261758407797249),
    (12.7, 1, 0.025012163844672080027),
    (0.3, 2.5, 0.39367118574759860724),
    (5, 30, 0.000011648342733503897566),
    (1.96, 10000.0, 0.025011760115916524769),
  ])
  func studentSurvival(t: Double, df: Double, p: Double) {
    #expect(isRelativelyClose(StudentT.survival(t, degreesOfFreedom: df), p, within: 1e-13))
    #expect(isClose(StudentT.survival(-t, degreesOfFreedom: df), 1 - p))
  }

  @Test(arguments: [
    (0.975, 4, 2.7764451051977934898),
    (0.975, 1, 12.706204736174693314),
    (0.995, 9, 3.2498355415921257205),
    (0.6, 2.5, 0.28145951274854759175),
    (0.025, 100, -1.9839715185235522621),
    (0.9, 10000.0, 1.2816362297304776706),
  ])
  func studentQuantile(p: Double, df: Double, t: Double) {
    #expect(isRelativelyClose(StudentT.quantile(p, degreesOfFreedom: df), t, within: 1e-12))
  }

  @Test(arguments: [
    (0.001, -1000.5755719318102797, 1000001.6425331958273),
    (0.3, -3.5025242222001331249, 12.245364546107731301),
    (1.0, -0.57721566490153286061, 1.6449340668482264365),
    (4.2, 1.311338891286599631, 0.26866494073140078181),
    (9.99, 2.250700372831201122, 0.10527695014824178439),
    (10.0, 2.2517525890667211076, 0.10516633568168574612),
    (123.5, 4.8121871094331430726, 0.0081300365198557611645),
    (1000000.0, 13.815510057964190771, 1.0000005000001666667e-6),
  ])
  func polygamma(x: Double, digamma: Double, trigamma: Double) {
    #expect(isClose(Polygamma.digamma(x), digamma, within: 1e-14))
    #expect(isRelativelyClose(Polygamma.trigamma(x), trigamma, within: 1e-14))
  }

  /// Sums over a whole support, and a large table against a sum of log-free ratios.
  @Test func hypergeometricAddsUpAtLargeCounts() {
    let null = Hypergeometric(population: 3_000_000, successes: 40_000, draws: 900_000)
    let probabilities = null.support.map { exp(null.logProbability($0)) }
    #expect(isClose(probabilities.reduce(0, +), 1, within: 1e-11))
    let k = 12_100
    #expect(isClose(null.upperTail(k), probabilities[k...].reduce(0, +), within: 1e-11))
    #expect(isClose(null.lowerTail(k), probabilities[...k].reduce(0, +), within: 1e-11))
    let two = probabilities.filter { $0 <= probabilities[k] * (1 + 1e-7) }.reduce(0, +)
    #expect(isClose(null.noLikelier(than: k), two, within: 1e-11))
  }

  @Test func hypergeometricMatchesFactorials() {
    let choose = { (n: Int, k: Int) -> Double in
      k == 0 ? 1 : (1...k).reduce(1.0) { $0 * Double(n - k + $1) / Double($1) }
    }
    for (population, successes, draws) in [(12, 5, 6), (30, 30, 7), (9, 0, 4), (17, 11, 13)] {
      for k in 0...draws where k <= successes && draws - k <= population - successes {
        let exact = choose(successes, k) * choose(population - successes, draws - k)
        let p = Hypergeometric.probability(k, population: population, successes: successes, draws: draws)
        #expect(isRelativelyClose(p, exact / choose(population, draws), within: 1e-13))
      }
    }
    #expect(Hypergeometric.probability(7, population: 12, successes: 5, draws: 6) == 0)
  }
}

func isRelativelyClose(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  a == b || abs(a - b) <= tolerance * abs(b)
}

import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct TwoProportionTests {
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func midPLeavesHalfOfTheTies() throws {
    for c in try Vector.cases("two_proportions") where c.has("newcombe") {
      let (k1, n1, k2, n2) = (c.integer("k1"), c.integer("n1"), c.integer("k2"), c.integer("n2"))
      guard n1 <= 3000 else { continue }
      let null = Hypergeometric(population: n1 + n2, successes: k1 + k2, draws: n1)
      let observed = exp(null.logProbability(k1))
      let tied = null.support.map { exp(null.logProbability($0)) }
        .filter { abs($0 / observed - 1) < 1e-7 }.reduce(0, +)
      let midP = TwoProportionTest.fisherMidP(k1, n1, k2, n2)
      #expect(isClose(midP, c.number("fisher_two_sided") - tied / 2), "\(k1)/\(n1), \(k2)/\(n2)")
    }
  }

  /// Newcombe (1998) Statistics in Medicine 17:873–890, Table II: methods 6 (Miettinen & Nurminen)
  /// and 10 (hybrid score), examples (a), (b), (c), (d), (e)–(h), to the four places printed.
  @Test(arguments: [
    (56, 70, 48, 80, 0.0528, 0.3382, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1700, 0.8406, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0342, 0.8534, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0326, 0.1933, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1658, 0.2844, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2879, 0.2879, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.7156, 1.0000, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6636, 1.0000, 0.6075, 1.0000),
  ])
  func reproducesNewcombeTableII(
    k1: Int, n1: Int, k2: Int, n2: Int, low6: Double, high6: Double, low10: Double, high10: Double
  ) {
    let score = DifferenceInterval.miettinenNurminen(
      successes1: k1, trials1: n1, successes2: k2, trials2: n2, level: 0.95)
    #expect(isClose(score, Interval(low6, high6), within: 5.1e-5))
    let hybrid = DifferenceInterval.newcombe(
      successes1: Double(k1), trials1: Double(n1), successes2: Double(k2), trials2: Double(n2), level: 0.95)
    #expect(isClose(hybrid, Interval(low10, high10), within: 5.1e-5))
  }

  /// mpmath at 40 digits: rates next to 1 in groups of very unlike sizes.
  @Test func scoreIntervalKeepsItsDigitsNextToOne() {
    let all = DifferenceInterval.miettinenNurminen(
      successes1: 7_620_846, trials1: 7_620_846, successes2: 1, trials2: 1, level: 0.95)
    #expect(abs(all.lower / -5.040723022605849e-07 - 1) < 1e-9)
    let most = DifferenceInterval.miettinenNurminen(
      successes1: 4_070_204, trials1: 4_070_208, successes2: 0, trials2: 1, level: 0.95)
    #expect(isClose(1 - most.upper, 1 - 0.9999996178273992, within: 1e-15))
    // With one unit in the second group the test is exact arithmetic: P(X₂ = 0) = 1 − K/N.
    #expect(isClose(TwoProportionTest.fisherExact(5_860_608, 6_728_535, 0, 1), 867_928.0 / 6_728_536))
  }

  /// The Uniform Guidelines' question 12 and COMPAS false positive rates (Larson et al. 2016), computed
  /// with SciPy.
  @Test func reproducesPublishedTests() {
    #expect(isClose(TwoProportionTest.fisherExact(12, 40, 48, 80), 0.00340922, within: 1e-8))
    #expect(isClose(TwoProportionTest.fisherMidP(12, 40, 48, 80), 0.00214224, within: 1e-8))
    #expect(isClose(TwoProportionTest.fisherMidP(3, 20, 9, 26), 0.13720908, within: 1e-8))
    #expect(isClose(TwoProportionTest.fisherMidP(555, 1181, 667, 1390), 0.62054992, within: 1e-8))
    #expect(isClose(TwoProportionTest.fisherLess(12, 40, 48, 80), 0.00170461, within: 1e-8))
    let compas = TwoProportionTest.fisherExact(349, 1488, 805, 1795)
    #expect(abs(compas / 5.0678467e-38 - 1) < 1e-7)
    let pooled = TwoProportionTest.pooledZ(successes1: 349, trials1: 1488, successes2: 805, trials2: 1795)
    #expect(isClose(pooled?.z ?? .nan, -12.780265, within: 1e-7))
    #expect(abs((pooled?.p ?? .nan) / 2.1134897e-37 - 1) < 1e-7)
    let race = HomogeneityTest.pearson(
      successes: [805, 2, 87, 3, 36, 349], trials: [1795, 23, 405, 8, 244, 1488])
    #expect(isClose(race?.statistic ?? .nan, 244.25670952605245))
    #expect(abs((race?.p ?? .nan) / 9.380825794189539e-51 - 1) < 1e-12)
  }

  @Test func edgesStayDefined() {
    let empty = DifferenceInterval.newcombe(successes1: 0, trials1: 0, successes2: 1, trials2: 5, level: 0.95)
    #expect(empty == Interval(-1, 1))
    let nothing = RatioInterval.koopman(
      successes1: 0, trials1: 9, successes2: 0, trials2: 9, level: 0.95, correction: true)
    #expect(nothing == Interval(0, .infinity))
    let infinite = RatioInterval.koopman(
      successes1: 4, trials1: 9, successes2: 0, trials2: 9, level: 0.95, correction: true)
    #expect(infinite.lower > 1 && infinite.upper == .infinity)
    #expect(
      RatioInterval.katzLog(successes1: 5, trials1: 5, successes2: 7, trials2: 7, level: 0.95) == nil)
    #expect(TwoProportionTest.pooledZ(successes1: 0, trials1: 5, successes2: 0, trials2: 7) == nil)
    #expect(TwoProportionTest.fisherExact(0, 5, 0, 7) == 1)
    #expect(HomogeneityTest.pearson(successes: [0, 0], trials: [5, 5]) == nil)
    #expect(AUCInterval.logit(auc: 1, variance: 0, level: 0.95) == nil)
  }

  /// Donner & Zou (2012): with symmetric limits of both estimates, MOVER-R is Fieller's interval.
  @Test func moverRIsFiellersForSymmetricLimits() {
    let (a, b, va, vb) = (3.0, 5.0, 0.16, 0.25)
    let z = 1.959963984540054
    let (ha, hb) = (z * va.squareRoot(), z * vb.squareRoot())
    let interval = RatioInterval.moverR(a, Interval(a - ha, a + ha), b, Interval(b - hb, b + hb))
    for end in [interval.lower, interval.upper] {
      let t = (a - end * b) / (va + end * end * vb).squareRoot()
      #expect(isClose(abs(t), z))
    }
    let open = RatioInterval.moverR(0.2, Interval(0.1, 0.4), 0, Interval(0, 0.16))
    #expect(open.upper == .infinity && open.lower > 0)
    let zero = RatioInterval.moverR(0, Interval(0, 0.2), 0.5, Interval(0.3, 0.7))
    #expect(zero.lower == 0 && zero.upper > 0.2 && zero.upper < 1)
  }

  /// The score interval contains exactly the ratios that the score test does not reject.
  @Test func koopmanInvertsItsTestAtFractionalCounts() {
    for (k1, n1, k2, n2) in [(3.3, 10.7, 0.2, 4.4), (250.5, 251.0, 99.9, 100.0), (0.01, 1e6, 0.02, 2e6)] {
      let interval = RatioInterval.koopman(
        successes1: k1, trials1: n1, successes2: k2, trials2: n2, level: 0.95, correction: false)
      for end in [interval.lower, interval.upper] {
        #expect(isClose(abs(Self.koopmanScore(end, k1, n1, k2, n2)), 1.959963984540054, within: 1e-6))
      }
    }
  }

  /// The textbook form of the score, with the quadratic's root as Koopman prints it.
  static func koopmanScore(_ r: Double, _ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double) -> Double {
    let a = (n1 + n2) * r
    let b = n1 * r + k1 + n2 + k2 * r
    let p2 = (b - (b * b - 4 * a * (k1 + k2)).squareRoot()) / (2 * a)
    let p1 = r * p2
    return (k1 / n1 - r * k2 / n2) / (p1 * (1 - p1) / n1 + r * r * p2 * (1 - p2) / n2).squareRoot()
  }
}

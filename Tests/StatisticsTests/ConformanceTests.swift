import TestSupport
import Testing

@testable import Statistics

/// Published numbers that are pure statistics, and those of SciPy 1.17.1 and statsmodels 0.15.0 on public counts: ProPublica's COMPAS rows
/// (compas-scores-two-years.csv, propublica/compas-analysis bafff5d; Larson, Mattu, Kirchner & Angwin 2016) and the examples named.
@Suite struct ConformanceTests {
  /// statsmodels' `proportion_confint` at 95 %: Wilson, Clopper–Pearson (beta), Agresti–Coull, Jeffreys, to the six places printed.
  @Test(
    arguments: [
      (81, 263, [0.255289, 0.36621, 0.252737, 0.367622, 0.255221, 0.366277, 0.254522, 0.365647]),
      (15, 148, [0.062386, 0.160487, 0.057844, 0.16165, 0.061386, 0.161488, 0.060449, 0.157643]),
      (0, 20, [0, 0.161125, 0, 0.168433, 0, 0.18981, 2.4e-05, 0.116639]),
      (1, 29, [0.006113, 0.171755, 0.000873, 0.177644, 0, 0.186287, 0.003746, 0.150078]),
    ] as [(Double, Double, [Double])])
  func oneProportion(k: Double, n: Double, expected: [Double]) {
    let found = [
      ProportionInterval.wilson(successes: k, trials: n, level: 0.95),
      ProportionInterval.clopperPearson(successes: k, trials: n, level: 0.95),
      ProportionInterval.agrestiCoull(successes: k, trials: n, level: 0.95),
      ProportionInterval.jeffreys(successes: k, trials: n, level: 0.95),
    ].flatMap(\.ends)
    #expect(areClose(found, expected, within: 5.1e-7))
  }

  /// statsmodels' Wilson intervals of COMPAS error rates: FPR of Black, White, Asian and Native American defendants and FNR of the first two.
  @Test(
    arguments: [
      (805, 1795, 0.42559496162893107, 0.4715610667176223),
      (349, 1488, 0.2137147068222816, 0.25673840645659335),
      (532, 1901, 0.2601316224958906, 0.3004617297098122),
      (461, 966, 0.44588051326585604, 0.5087512468019153),
      (2, 23, 0.024180004484220335, 0.2679598107574366), (3, 8, 0.13684428582359737, 0.6942576053973728),
    ] as [(Double, Double, Double, Double)])
  func errorRates(k: Double, n: Double, low: Double, high: Double) {
    #expect(
      isClose(ProportionInterval.wilson(successes: k, trials: n, level: 0.95), Interval(low, high)))
  }

  /// statsmodels' `confint_proportions_2indep` for differences: Newcombe (the rows are those of Newcombe 1998, Table II, method 10), Wald and
  /// Agresti–Caffo, to the six places printed.
  @Test(
    arguments: [
      (56, 70, 48, 80, [0.052431, 0.333873, 0.057505, 0.342495, 0.052453, 0.335758]),
      (9, 10, 3, 10, [0.170523, 0.809018, 0.260524, 0.939476, 0.160001, 0.839999]),
      (6, 7, 2, 7, [0.058228, 0.80625, 0.148116, 0.994741, 0.033806, 0.855083]),
      (5, 56, 0, 29, [-0.038137, 0.19256, 0.0146, 0.163971, -0.028866, 0.171246]),
      (0, 10, 0, 20, [-0.161125, 0.277533, 0, 0, -0.14109, 0.216848]),
      (0, 10, 0, 10, [-0.277533, 0.277533, 0, 0, -0.22115, 0.22115]),
      (10, 10, 0, 20, [0.679086, 1, 1, 1, 0.692243, 1.050181]),
      (10, 10, 0, 10, [0.607509, 1, 1, 1, 0.612183, 1.054484]),
    ] as [(Double, Double, Double, Double, [Double])])
  func differences(k1: Double, n1: Double, k2: Double, n2: Double, expected: [Double]) {
    let found = [
      DifferenceInterval.newcombe(successes1: k1, trials1: n1, successes2: k2, trials2: n2, level: 0.95),
      DifferenceInterval.wald(successes1: k1, trials1: n1, successes2: k2, trials2: n2, level: 0.95),
      DifferenceInterval.agrestiCaffo(successes1: k1, trials1: n1, successes2: k2, trials2: n2, level: 0.95),
    ].flatMap(\.ends)
    #expect(areClose(found, expected, within: 5.1e-7))
  }

  @Test func compasDifferenceAndRatio() {
    let newcombe = DifferenceInterval.newcombe(
      successes1: 805, trials1: 1795, successes2: 349, trials2: 1488, level: 0.95)
    #expect(isClose(newcombe, Interval(0.18205318232698947, 0.24502334032690656)))
    let katz = RatioInterval.katzLog(
      successes1: 805, trials1: 1795, successes2: 349, trials2: 1488, level: 0.95)
    #expect(isClose(katz ?? Interval(0, 0), Interval(1.7212390868374228, 2.124108337823578)))
  }

  // MARK: Tables of two groups

  struct Table: Sendable {
    let counts: [Double]
    /// ratio, standard error of its logarithm, interval, Z of difference and of ratio with their p, Fisher two-sided and less, mid-p, χ², Yates'
    /// χ² and p, φ, h, odds ratio, shortfalls against the pooled and the other group's rate.
    let expected: [Double]
  }

  /// Uniform Guidelines question 12 (48 of 80 and 12 of 40), three further tables, and COMPAS false positive rates; SciPy and statsmodels.
  @Test(arguments: [
    Table(
      counts: [12, 40, 48, 80],
      expected: [
        0.5, 0.25819889, 0.301433, 0.829372, -3.09838668, 0.00194577, -3.57939665, 0.00034439, 0.00340922,
        0.00170461, 0.00214224, 9.6, 8.4375, 0.00367561, 0.28284271, -0.61287477, 0.28571429, 8, 12,
      ]),
    Table(
      counts: [3, 20, 9, 26],
      expected: [
        0.43333333, 0.59664303, 0.134573, 1.395358, -1.50192185, 0.13311729, -1.67035594, 0.09484896,
        0.18298048, 0.12169937, 0.13720908, 2.25576923, 1.35315799, 0.24472679, 0.22144629, -0.46263077,
        0.33333333, 2.2173913, 3.92307692,
      ]),
    Table(
      counts: [1, 4, 8, 10],
      expected: [
        0.3125, 0.88034084, 0.055655, 1.754678, -1.94021763, 0.05235325, -2.6377781, 0.00834512, 0.09490509,
        0.09490509, 0.04995005, 3.76444444, 1.75, 0.18587673, 0.51854497, -1.16709988, 0.08333333,
        1.57142857, 2.2,
      ]),
    Table(
      counts: [555, 1181, 667, 1390],
      expected: [
        0.97933675, 0.04165198, 0.902564, 1.06264, -0.50170852, 0.61587257, -0.50215253, 0.61556023,
        0.63448619, 0.32202942, 0.62054992, 0.25171144, 0.21352287, 0.64402011, 0.00989465, -0.01985614,
        0.9610171, 6.33099961, 11.71007194,
      ]),
    Table(
      counts: [349, 1488, 805, 1795],
      expected: [
        0.52298721, 0.053650904, 0.470786, 0.580977, -12.780265, 2.1134897e-37, -13.611977, 3.3992466e-42,
        5.0678467e-38, 2.9281368e-38, 4.152354e-38, 163.33517, 162.39804, 3.3863262e-37, 0.22305112,
        -0.45643133, 0.37682614, 174.04356, 318.32033,
      ]),
  ])
  func twoGroups(_ table: Table) throws {
    let c = table.counts
    let found = try Self.measures(c[0], c[1], c[2], c[3])
    #expect(found.count == table.expected.count)
    for (index, (a, b)) in zip(found, table.expected).enumerated() {
      // The limits of the ratio are printed to six places, all else to eight digits.
      let isLimit = index == 2 || index == 3
      #expect(abs(a - b) <= (isLimit ? 5.1e-7 : max(5.1e-9, 5.1e-8 * abs(b))), "\(index): \(a), \(b)")
      // Tiny p-values in their own digits.
      #expect(b <= 0 || b > 1e-6 || abs(a / b - 1) < 1e-7, "\(index): \(a), \(b)")
    }
  }

  private static func measures(_ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double) throws -> [Double] {
    let effect = TwoProportionEffect(successes1: k1, trials1: n1, successes2: k2, trials2: n2)
    let counts = (Int(k1), Int(n1), Int(k2), Int(n2))
    let katz = try #require(
      RatioInterval.katzLog(successes1: k1, trials1: n1, successes2: k2, trials2: n2, level: 0.95))
    let pooled = try #require(
      TwoProportionTest.pooledZ(successes1: k1, trials1: n1, successes2: k2, trials2: n2))
    let ratio = try #require(
      TwoProportionTest.ratioZ(successes1: k1, trials1: n1, successes2: k2, trials2: n2))
    let chi = try #require(HomogeneityTest.pearson(successes: [k1, k2], trials: [n1, n2]))
    let yates = try #require(
      TwoProportionTest.yates(successes1: k1, trials1: n1, successes2: k2, trials2: n2))
    return [
      effect.ratio, effect.logRatioError, katz.lower, katz.upper, pooled.z, pooled.p, ratio.z, ratio.p,
      TwoProportionTest.fisherExact(counts.0, counts.1, counts.2, counts.3),
      TwoProportionTest.fisherLess(counts.0, counts.1, counts.2, counts.3),
      TwoProportionTest.fisherMidP(counts.0, counts.1, counts.2, counts.3), chi.statistic, yates.statistic,
      yates.p, effect.phi, effect.cohensH, effect.oddsRatio, effect.shortfallFromPool,
      effect.shortfallFromSecond,
    ]
  }

  /// Uniform Guidelines, question 21: how many would have to pass from one group to the other.
  @Test(arguments: [(3, 20, 9, 26, 3), (1, 4, 8, 10, 2), (12, 40, 48, 80, 9), (1, 10, 3, 20, 1)])
  func flipFlop(k1: Int, n1: Int, k2: Int, n2: Int, moved: Int) {
    let effect = TwoProportionEffect(
      successes1: Double(k1), trials1: Double(n1), successes2: Double(k2), trials2: Double(n2))
    #expect(effect.successesToReverse == moved)
  }

  /// holisticai 1.0.14, `z_test_diff` and `z_test_ratio`: its docstring's example, and COMPAS selection rates of Black and White defendants.
  @Test func holisticStatistics() throws {
    for (k1, n1, k2, n2, difference, ratio) in [
      (3.0, 4.0, 2.0, 6.0, 1.290994449, 1.256287689),
      (2174, 3696, 854, 2454, 18.4509955487, 19.8505044224),
    ] {
      let d = TwoProportionTest.pooledZ(successes1: k1, trials1: n1, successes2: k2, trials2: n2)
      let r = TwoProportionTest.ratioZ(successes1: k1, trials1: n1, successes2: k2, trials2: n2)
      #expect(isClose(try #require(d).z, difference, within: 5.1e-10))
      #expect(isClose(try #require(r).z, ratio, within: 5.1e-10))
    }
  }

  /// McDonald, Handbook of Biological Statistics, Cochran–Mantel–Haenszel test: Lap94 alleles of mussels at four places, as audit-AI takes
  /// them; statsmodels.
  @Test func mussels() throws {
    let tables = [[56.0, 40, 69, 77], [61, 57, 257, 301], [73, 71, 65, 79], [71, 55, 48, 48]]
    let strata = MantelHaenszel(
      tables.map {
        .init(successes1: $0[0], trials1: $0[0] + $0[1], successes2: $0[2], trials2: $0[2] + $0[3])
      })
    let test = try #require(strata.test())
    #expect(isClose(1 / strata.oddsRatio, 0.7590219991, within: 5.1e-11))
    #expect(isClose(test.statistic, 5.3209277679, within: 1e-10))
    #expect(isClose(test.p, 0.0210707899, within: 5.1e-11))
    // The handbook: 0.53 on 3 degrees of freedom, p = 0.91.
    let homogeneity = try #require(strata.homogeneity())
    #expect(isClose(homogeneity.statistic, 0.5294859090, within: 5.1e-11))
    #expect(isClose(homogeneity.p, 0.91237, within: 5.1e-6))
  }
}

import Glibc
import TestSupport
import Testing

@testable import Statistics

/// COMPAS false positives by group and score deciles (Larson, Mattu, Kirchner & Angwin 2016), with SciPy 1.17.1, statsmodels 0.15.0 and
/// scikit-learn 1.9.1 as the reference.
@Suite struct CompasStatisticsTests {
  /// False positives and label-negatives of African-American, Asian, Hispanic, Native American and other defendants.
  static let successes = [805.0, 2, 87, 3, 36]
  static let trials = [1795.0, 23, 405, 8, 244]
  /// Those of Caucasian defendants, the reference.
  static let reference = (successes: 349.0, trials: 1488.0)

  @Test func ratiosAndTestsAgainstTheReference() throws {
    let expected = [
      [1.912093, 1.721239, 2.124108, 12.780265, 2.113490e-37],
      [0.370749, 0.098305, 1.398253, -1.663266, 9.625924e-02],
      [0.915887, 0.744192, 1.127193, -0.836024, 4.031415e-01],
      [1.598854, 0.650505, 3.929770, 0.934052, 3.502768e-01],
      [0.629057, 0.458960, 0.862196, -3.029602, 2.448765e-03],
    ]
    for (index, row) in expected.enumerated() {
      let (k, n) = (Self.successes[index], Self.trials[index])
      let katz = try #require(
        RatioInterval.katzLog(
          successes1: k, trials1: n, successes2: Self.reference.successes, trials2: Self.reference.trials,
          level: 0.95))
      let test = try #require(
        TwoProportionTest.pooledZ(
          successes1: k, trials1: n, successes2: Self.reference.successes, trials2: Self.reference.trials))
      let ratio = TwoProportionEffect(
        successes1: k, trials1: n, successes2: Self.reference.successes, trials2: Self.reference.trials
      ).ratio
      #expect(areClose([ratio, katz.lower, katz.upper, test.z], Array(row[..<4]), within: 5.1e-7))
      #expect(abs(test.p / row[4] - 1) < 5.1e-7)
    }
  }

  @Test func adjustedPValues() {
    let fisher = zip(Self.successes, Self.trials).map {
      TwoProportionTest.fisherExact(
        Int($0), Int($1), Int(Self.reference.successes), Int(Self.reference.trials))
    }
    let expected: [([Double], [Double])] = [
      (fisher, [5.067847e-38, 1.332696e-01, 4.249135e-01, 4.012009e-01, 2.066592e-03]),
      (Multiplicity.holm(fisher), [2.533923e-37, 3.998088e-01, 8.024019e-01, 8.024019e-01, 8.266369e-03]),
      (
        Multiplicity.benjaminiHochberg(fisher),
        [2.533923e-37, 2.221160e-01, 4.249135e-01, 4.249135e-01, 5.166481e-03]
      ),
      (Multiplicity.bonferroni(fisher), [2.533923e-37, 6.663479e-01, 1, 1, 1.033296e-02]),
    ]
    for (found, wanted) in expected {
      #expect(zip(found, wanted).allSatisfy { abs($0 / $1 - 1) < 5.1e-7 }, "\(found)")
    }
  }

  /// False positives by race and sex, drawn together (DerSimonian & Laird), with the variance of the pooled rate.
  @Test func shrunkenRates() throws {
    let groups: [(Double, Double, Double, Double)] = [
      (164, 405, 0.400355, 0.9713), (641, 1390, 0.459308, 0.9915), (0, 1, 0.226539, 0.0770),
      (2, 22, 0.145399, 0.6474), (111, 368, 0.299859, 0.9685), (238, 1120, 0.212849, 0.9894),
      (7, 70, 0.121258, 0.8538), (80, 335, 0.239035, 0.9655), (0, 1, 0.226539, 0.0770),
      (3, 7, 0.312977, 0.3688), (6, 52, 0.139742, 0.8127), (30, 192, 0.161489, 0.9413),
    ]
    let rate = groups.reduce(0) { $0 + $1.0 } / groups.reduce(0) { $0 + $1.1 }
    let variances = groups.map { rate * (1 - rate) / $0.1 }
    let estimates = groups.map { $0.0 / $0.1 }
    let fit = try #require(Shrinkage.derSimonianLaird(estimates: estimates, variances: variances))
    #expect(isClose(fit.heterogeneity, 265.020320, within: 1e-8))
    #expect(isClose(fit.betweenVariance, 0.01826430, within: 5.1e-9))
    #expect(isClose(fit.mean, 0.24544566, within: 5.1e-9))
    for (index, group) in groups.enumerated() {
      let shrunk = fit.shrunk(estimates[index], variance: variances[index])
      #expect(isClose(shrunk, group.2, within: 5.1e-7))
      let share = fit.betweenVariance / (fit.betweenVariance + variances[index])
      #expect(isClose(share, group.3, within: 5.1e-5))
    }
    let interval = try #require(
      Shrinkage.betweenVarianceInterval(estimates: estimates, variances: variances, level: 0.95))
    #expect(interval.lower > 0 && interval.contains(fit.betweenVariance))
  }

  /// Lum, Zhang & Bower (2022) on the six races' false positive rates.
  @Test func debiasedVariance() throws {
    let found = try #require(
      BetweenGroupVariance(
        successes: Self.successes + [Self.reference.successes], trials: Self.trials + [Self.reference.trials])
    )
    #expect(isClose(found.observed, 0.01871271, within: 5.1e-9))
    #expect(isClose(found.noise, 0.00638078, within: 5.1e-9))
    #expect(isClose(found.corrected, 0.01233192, within: 5.1e-9))
  }

  /// Re-offenders and defendants by decile score; the area over these counts is scikit-learn's over the rows.
  @Test(arguments: [
    (
      [91, 119, 145, 177, 176, 215, 237, 245, 269, 227],
      [398, 393, 346, 385, 365, 384, 400, 359, 380, 286], 0.691834
    ),
    (
      [142, 113, 93, 113, 111, 111, 88, 82, 68, 45], [681, 361, 273, 285, 241, 194, 143, 114, 98, 64],
      0.693146
    ),
  ])
  func areasOfDecileScores(positives: [Int], rows: [Int], expected: Double) throws {
    var (scores, labels) = ([Double](), [UInt8]())
    for (index, (k, n)) in zip(positives, rows).enumerated() {
      scores += [Double](repeating: Double(index + 1), count: n)
      labels += [UInt8](repeating: 1, count: k) + [UInt8](repeating: 0, count: n - k)
    }
    let area = try #require(ROCArea(scores, labels: labels))
    #expect(isClose(area.value, expected, within: 5.1e-7))
  }

  /// Colditz et al.'s (1994) thirteen trials of the BCG vaccine, log risk ratios: DerSimonian & Laird's τ² and the Q profile's interval as
  /// printed by metafor (Viechtbauer 2010, Journal of Statistical Software 36(3)).
  @Test func bcgTrials() throws {
    let tables: [(Double, Double, Double, Double)] = [
      (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
      (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892),
      (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
      (27, 16886, 29, 17825),
    ]
    let effects = tables.map {
      TwoProportionEffect(successes1: $0.0, trials1: $0.0 + $0.1, successes2: $0.2, trials2: $0.2 + $0.3)
    }
    let y = effects.map { log($0.ratio) }
    let v = effects.map { $0.logRatioError * $0.logRatioError }
    let fit = try #require(Shrinkage.derSimonianLaird(estimates: y, variances: v))
    #expect(isClose(fit.heterogeneity, 152.2330, within: 1e-6))
    #expect(isClose(fit.betweenVariance, 0.3088, within: 5.1e-5))
    let interval = try #require(Shrinkage.betweenVarianceInterval(estimates: y, variances: v, level: 0.95))
    #expect(isClose(interval, Interval(0.1197, 1.1115), within: 5.1e-5))
  }
}

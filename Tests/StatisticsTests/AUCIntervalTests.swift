import Statistics
import TestSupport
import Testing

@Suite struct AUCIntervalTests {
  /// Its ends are where the score test is just rejected.
  @Test(arguments: [0.3, 0.5, 0.77, 0.96, 1], [(10.0, 20.0), (3, 400), (50, 50)])
  func theScoreIntervalInvertsItsTest(auc: Double, sizes: (Double, Double)) throws {
    let (m, n) = sizes
    let interval = try #require(AUCInterval.score(auc: auc, positives: m, negatives: n, level: 0.95))
    #expect(interval.lower >= 0 && interval.upper <= 1 && interval.contains(auc))
    for end in [interval.lower, interval.upper] where end < 1 {
      let variance = AUCInterval.scoreVariance(auc: end, positives: m, negatives: n)
      #expect(isClose(abs(auc - end) / variance.squareRoot(), 1.959963984540054, within: 1e-9))
    }
  }

  @Test func separatedClassesKeepAnInterval() throws {
    #expect(AUCInterval.logit(auc: 1, variance: 0, level: 0.95) == nil)
    let apart = try #require(AUCInterval.score(auc: 1, positives: 10, negatives: 10, level: 0.95))
    #expect(apart.upper == 1 && apart.lower > 0.7 && apart.lower < 0.9)
    let reversed = try #require(AUCInterval.score(auc: 0, positives: 10, negatives: 10, level: 0.95))
    #expect(isClose(reversed.upper, 1 - apart.lower) && reversed.lower == 0)
    #expect(AUCInterval.score(auc: 0.5, positives: 0, negatives: 3, level: 0.95) == nil)
    // The more rows, the closer.
    let more = try #require(AUCInterval.score(auc: 1, positives: 100, negatives: 100, level: 0.95))
    #expect(more.lower > apart.lower)
  }

  /// Hanley & McNeil (1982) for equal classes.
  @Test func theVarianceIsHanleysForEqualClasses() {
    let (a, n) = (0.8, 25.0)
    let (q1, q2) = (a / (2 - a), 2 * a * a / (1 + a))
    let expected = (a * (1 - a) + (n - 1) * (q1 - a * a) + (n - 1) * (q2 - a * a)) / (n * n)
    #expect(isClose(AUCInterval.scoreVariance(auc: a, positives: n, negatives: n), expected))
  }
}

import Fairness
import Glibc
import Metrics
import Results
import Statistics
import TestSupport
import Testing

@testable import Gate

/// The numbers behind verdicts, held against naive definitions.
@Suite struct OracleNumbersTests {
  private func item(_ evaluation: Evaluation, _ check: String, _ slice: String = "g=0") throws -> CheckItem {
    let found = try NumbersFixture.judge(evaluation, check).checks[0].items.first { $0.slice == slice }
    return try #require(found)
  }

  private func binomial(_ k: Int, _ n: Int, _ p: Double) -> Double {
    exp(lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))) * pow(p, Double(k))
      * pow(1 - p, Double(n - k))
  }

  @Test(arguments: [(0, 12), (3, 12), (12, 12), (1, 1)])
  func ratesAreBinomial(k: Int, n: Int) throws {
    let data = NumbersFixture.selection([(k, n)])
    let found = try item(data, "metric: 'selection_rate', min: 0.4")
    let less = (0...k).reduce(0) { $0 + binomial($1, n, 0.4) }
    let greater = (k...n).reduce(0) { $0 + binomial($1, n, 0.4) }
    #expect(isClose(found.pBeyond ?? -1, less, within: 1e-10))
    #expect(isClose(found.pWithin ?? -1, greater, within: 1e-10))
  }

  @Test func f1IsAShareOfRows() throws {
    let counts = OutcomeCounts(truePositives: 7, falsePositives: 2, falseNegatives: 3, trueNegatives: 90)
    let tails = Numbers.f1Tails(counts)(0.6)
    let j = 0.6 / (2 - 0.6)
    #expect(isClose(tails.greater, (7...12).reduce(0) { $0 + binomial($1, 12, j) }, within: 1e-10))
    #expect(isClose(tails.less, (0...7).reduce(0) { $0 + binomial($1, 12, j) }, within: 1e-10))
  }

  @Test func balancedAccuracyIsADifferenceOfRates() throws {
    let counts = OutcomeCounts(truePositives: 9, falsePositives: 4, falseNegatives: 1, trueNegatives: 36)
    let tails = try #require(Numbers.balancedTails(counts))
    let oracle = BoundTest.difference(
      successes1: 9, trials1: 10, successes2: 4, trials2: 40, bound: 2 * 0.7 - 1)
    #expect(tails(0.7) == oracle)
    let perfect = OutcomeCounts(truePositives: 5, falsePositives: 0, falseNegatives: 0, trueNegatives: 200)
    let sure = try #require(Numbers.balancedTails(perfect))
    #expect(sure(0.8).greater > 0.05, "5 of 5 say little")
  }

  @Test func weightsOfOneAreNoWeightsAndScaleDoesNotMatter() throws {
    let groups = [[8, 3, 4, 15], [20, 9, 11, 60]]
    let plain = try item(NumbersFixture.evaluation(groups), "gap: 'tpr', comparison: 'to_overall', max: 0.1")
    for scale in [0.001, 1, 50] {
      let weights = groups.map { $0.map { scale * Double($0) } }
      let squares = groups.map { $0.map { scale * scale * Double($0) } }
      let data = NumbersFixture.evaluation(groups, weights: weights, squares: squares)
      let weighted = try item(data, "gap: 'tpr', comparison: 'to_overall', max: 0.1")
      #expect(isClose(weighted.pBeyond ?? -1, plain.pBeyond ?? -2, within: 1e-9), "\(scale)")
      #expect(isClose(weighted.pWithin ?? -1, plain.pWithin ?? -2, within: 1e-9), "\(scale)")
    }
  }

  /// The error of a composite against overall took half a row as half a unit of weight, whatever rows weigh.
  @Test func compositesAgainstOverallDoNotKnowTheUnitOfWeight() throws {
    let groups = [[30, 5, 6, 60], [90, 20, 25, 150]]
    func p(_ scale: Double) throws -> Double {
      let data = NumbersFixture.evaluation(
        groups, weights: groups.map { $0.map { scale * Double($0) } },
        squares: groups.map { $0.map { scale * scale * Double($0) } })
      let values = [[120, 25, 31, 210], [30, 5, 6, 60], [90, 20, 25, 150]].map {
        (value: Composite.value(.f1, $0.map(Double.init)), error: Optional(0.05))
      }
      let found = try item(
        GateFixture.adding(.f1, values, to: data), "gap: 'f1', comparison: 'to_overall', max: 0.1")
      return try #require(found.pWithin)
    }
    let one = try p(1)
    for scale in [0.0001, 0.01, 100] { #expect(isClose(try p(scale), one, within: 1e-6), "\(scale)") }
  }

  @Test func overallIsComparedWithTheRowsOutside() throws {
    let data = NumbersFixture.selection([(12, 40), (50, 100)])
    let f = 40.0 / 140
    func oracle(_ bound: Double) -> BoundTails {
      BoundTest.difference(
        successes1: 12, trials1: 40, successes2: 50, trials2: 100, bound: bound / (1 - f))
    }
    let found = try item(data, "gap: 'demographic_parity', comparison: 'to_overall', max: 0.1")
    #expect(isClose(found.value ?? 0, 62.0 / 140 - 0.3))
    #expect(isClose(found.pWithin ?? -1, max(oracle(0.1).less, oracle(-0.1).greater)))
    #expect(isClose(found.pBeyond ?? -1, min(1, oracle(-0.1).less + oracle(0.1).less)))
    let ratio = try item(data, "gap: 'demographic_parity', kind: 'ratio', comparison: 'to_overall', min: 0.8")
    // R = 1/(f + (1 − f)/r).
    let r = (1 - f) / (1 / 0.8 - f)
    let tails = BoundTest.ratio(successes1: 12, trials1: 40, successes2: 50, trials2: 100, bound: r)
    #expect(isClose(ratio.pBeyond ?? -1, tails.less) && isClose(ratio.pWithin ?? -1, tails.greater))
  }

  @Test(arguments: ["to_overall", "to_complement", "to_best", "to_largest", "between_groups"])
  func aGroupThatIsTheWholeTableNeverPasses(comparison: String) throws {
    let data = NumbersFixture.selection([(500, 1000)])
    let found = try NumbersFixture.judge(
      data, "gap: 'demographic_parity', comparison: '\(comparison)', max: 0.2")
    #expect(found.verdict == .inconclusive)
  }

  @Test func whatHasNoCovarianceOrErrorIsInconclusive() throws {
    let counts = NumbersFixture.evaluation([[50, 50, 50, 50], [50, 50, 50, 50]])
    var data = GateFixture.adding(
      .rocAUC, [(0.8, 0.01), (0.8, 0.01), (1, nil)], to: counts)
    data.slices.covarianceWithOverall = ["roc_auc": [0.0001, .nan, .nan]]
    for check in [
      "gap: 'roc_auc', comparison: 'to_overall', max: 0.3", "gap: 'roc_auc', max: 0.3",
      "metric: 'roc_auc', min: 0.1",
    ] {
      let found = try NumbersFixture.judge(data, check).checks[0]
      #expect(found.verdict == .inconclusive, "\(check)")
      #expect(found.items.contains { $0.verdict == .inconclusive && $0.reason != nil })
    }
  }

  /// The limits at which the tests reject are those of MOVER (Zou & Donner 2008, Donner & Zou 2012).
  @Test func moverTailsInvertTheIntervals() throws {
    let mover = try #require(MoverTails(0.8, 0.04, 0.7, 0.05))
    func limits(_ value: Double, _ error: Double) -> Interval {
      let (centre, scale) = (log(value / (1 - value)), 1.959963984540054 * error / (value * (1 - value)))
      return Interval(lower: 1 / (1 + exp(scale - centre)), upper: 1 / (1 + exp(-scale - centre)))
    }
    let (first, second) = (limits(0.8, 0.04), limits(0.7, 0.05))
    let difference = DifferenceInterval.mover(0.8, first, 0.7, second)
    #expect(isClose(mover.tails(difference.upper).less, 0.025, within: 1e-6))
    #expect(isClose(mover.tails(difference.lower).greater, 0.025, within: 1e-6))
    let ratio = RatioInterval.moverR(0.8, first, 0.7, second)
    #expect(isClose(mover.ratioTails(ratio.upper).less, 0.025, within: 1e-6))
    #expect(isClose(mover.ratioTails(ratio.lower).greater, 0.025, within: 1e-6))
  }

  /// A ratio that fell from 0.9 to 0.634 fell by 0.266, whatever the logarithms say.
  @Test(arguments: ["", "comparison: 'to_best', ", "comparison: 'to_reference', "])
  func theFallOfARatioIsMeasuredOnItsOwnScale(comparison: String) throws {
    let then = NumbersFixture.selection([(500_000, 1_000_000), (450_000, 1_000_000)])
    let now = NumbersFixture.selection([(500_000, 1_000_000), (317_000, 1_000_000)])
    func verdict(_ bound: Double) throws -> Verdict {
      try NumbersFixture.judge(
        now, "gap: 'demographic_parity', kind: 'ratio', \(comparison)change: { max: \(bound) }",
        baseline: then
      ).verdict
    }
    #expect(try verdict(0.3) == .pass)
    #expect(try verdict(0.25) == .fail)
  }

  /// Equal relative changes of paired rates over the same rows: a baseline's variance is its own.
  @Test func thePairedBaselineHasItsOwnVariance() throws {
    var data = NumbersFixture.evaluation([[450, 0, 550, 0]])
    data.paired = PairedColumns(
      name: "old", columns: [.init(metric: "accuracy", baseline: [0.9, 0.9], standardError: [0.016, 0.016])])
    let sides = try #require(
      BaselineNumbers(paired: data.paired ?? .init(name: "", columns: []), candidate: Numbers(data))
        .sides(Metric(.accuracy), 1).sides)
    #expect(isClose(sides.baselineVariance, 0.9 * 0.1 / 1000, within: 1e-6))
    #expect(isClose(sides.changeVariance, 0.016 * 0.016, within: 1e-12))
  }
}

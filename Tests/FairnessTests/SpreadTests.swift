import Foundation
import Metrics
import Results
import Statistics
import TestSupport
import Testing

@testable import Fairness

struct SpreadTests {
  private func spreads(_ groups: [(String, [Int])], _ names: [String]) -> [SpreadFinder.Found] {
    SpreadFinder(level: 0.95, definitions: names.compactMap { GapDefinition(named: $0) })
      .spreads(of: Table.family(groups))
  }

  private static let rates = [
    ("a", [20, 10, 30, 40]), ("b", [50, 25, 25, 20]), ("c", [2, 1, 7, 10]), ("d", [9, 9, 16, 16]),
  ]

  /// Each number is that of the function that Statistics tests.
  @Test func aRateHasItsNumbersFromCounts() throws {
    let found = try #require(spreads(Self.rates, ["demographic_parity"]).first)
    let (k, n) = ([30.0, 75, 3, 18], [100.0, 120, 20, 50])
    let spread = found.spread
    #expect(spread.groups == 4)
    #expect(spread.largest == 2)
    #expect(spread.smallest == 3)
    #expect(abs(spread.range - (75.0 / 120 - 3.0 / 20)) < 1e-12)
    let variance = try #require(BetweenGroupVariance(successes: k, trials: n))
    #expect(spread.variance == variance.corrected)
    #expect(
      spread.noiseFloor == NoiseFloor.expectedRange(rate: 126.0 / 290, trials: [100, 120, 20, 50]))
    let model = try #require(Shrinkage.betaBinomialLikelihood(successes: k, trials: n))
    #expect(found.shrunken == zip(k, n).map { model.shrunk(successes: $0, trials: $1) })
    // Drawn towards the pooled rate, the small group most.
    #expect(found.shrunken[2] > 0.15)
    #expect(found.shrunken[2] < 126.0 / 290)
    #expect(spread.deviationLower > 0)
    #expect(spread.deviationUpper > spread.deviationLower)
  }

  /// Two groups: "within" is where Newcombe's 90 % interval ends, as two one-sided tests at 5 % have it.
  @Test func withinIsTwoOneSidedTests() throws {
    let groups = [("a", [0, 30, 0, 70]), ("b", [0, 25, 0, 75])]
    let found = try #require(spreads(groups, ["demographic_parity"]).first)
    let interval = DifferenceInterval.newcombe(
      successes1: 30, trials1: 100, successes2: 25, trials2: 100, level: 0.9)
    #expect(abs(found.spread.within - max(interval.upper, -interval.lower)) < 1e-12)
  }

  /// As many rows as are said to decide do decide: the power there is the one promised.
  @Test func rowsToDecideGiveThePower() throws {
    let groups = [("a", [0, 30, 0, 70]), ("b", [0, 22, 0, 78])]
    let spread = try #require(spreads(groups, ["demographic_parity"]).first).spread
    let power = Power.twoProportions(
      rate1: 0.3, trials1: spread.rowsToDecide, rate2: 0.22, trials2: spread.rowsToDecide, alpha: 0.05)
    #expect(abs(power - 0.8) < 0.01)
    let p = 52.0 / 200
    let detectable = Power.minimumDetectableDifference(
      rate: p, trials1: 100, trials2: 100, alpha: 0.05, power: 0.8)
    #expect(abs(spread.detectable / detectable - 1) < 0.01)
  }

  @Test func equalGroupsDifferLessThanChance() throws {
    let groups = (0..<5).map { ("g\($0)", [0, 20, 0, 80]) }
    let spread = try #require(spreads(groups, ["demographic_parity"]).first).spread
    #expect(spread.range == 0)
    #expect(spread.variance < 0)
    #expect(spread.deviation == 0)
    #expect(spread.rowsToDecide == .infinity)
    #expect(spread.noiseFloor > 0.05)
  }

  /// Other metrics by their standard errors.
  @Test func compositesAreJudgedByTheirErrors() throws {
    let found = try #require(spreads(Self.rates, ["f1"]).first)
    let sides = Table.family(Self.rates).groups
    let estimates = sides.compactMap { $0.estimate(Metric(.f1)) }
    let values = estimates.compactMap(\.value)
    let variances = estimates.compactMap(\.standardError).map { $0 * $0 }
    let model = try #require(Shrinkage.derSimonianLaird(estimates: values, variances: variances))
    #expect(found.shrunken == zip(values, variances).map { model.shrunk($0, variance: $1) })
    let exact = NoiseFloor.expectedRange(standardErrors: variances.map { $0.squareRoot() })
    #expect(abs(found.spread.noiseFloor / exact - 1) < 1e-3)
  }

  @Test func oneGroupHasNoSpread() {
    #expect(spreads([("a", [1, 2, 3, 4]), ("b", [0, 0, 0, 0])], ["demographic_parity"]).isEmpty)
    #expect(spreads([("a", [1, 2, 3, 4]), ("b", [1, 3, 3, 4])], ["predicted_positives"]).isEmpty)
  }

  @Test func manyErrorsAreTakenTogether() {
    let errors = (1...400).map { 0.01 + 0.05 * Double(($0 * 37) % 400) / 400 }
    let (near, exact) = (
      NoiseFloor.approximateRange(standardErrors: errors), NoiseFloor.expectedRange(standardErrors: errors)
    )
    #expect(abs(near / exact - 1) < 0.01)
  }
}

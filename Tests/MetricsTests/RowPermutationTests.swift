import Results
import Slicing
import Statistics
import Tables
import TestSupport
import Testing

@testable import Metrics

struct RowPermutationTests {
  private let labels: [UInt8] = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]
  private let scores = [0.9, 0.2, 0.8, 0.3, 0.7, 0.4, 0.35, 0.3, 0.2, 0.6, 0.5, 0.55]
  private let groups: [String?] = ["a", "a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "b"]

  private func plan() throws -> SlicePlan {
    let codes = groups.map { Int32($0 == "a" ? 0 : 1) }
    let table = Table(
      rowCount: groups.count,
      columns: [
        .category(CategoryColumn(name: "g", codes: codes, categories: ["a", "b"], missingCount: 0))
      ], origin: RowOrigin(source: "test", stretches: []))
    return try SlicePlan([try SliceSpec(parsing: "g")], of: table)
  }

  /// The same rows given to the test itself.
  @Test func areasAndMeansAreThoseOfTheRows() throws {
    let plan = try plan()
    let observations = Observations(
      labels: labels, decisions: labels, scores: scores, scoresAreProbabilities: true)
    let rows = RowPermutation(observations, seed: 9)
    let family = plan.families[1]
    let codes = groups.map { Int32($0 == "a" ? 0 : 1) }
    func test(_ metric: BinaryMetric) -> StudentizedPermutation {
      StudentizedPermutation(
        replicates: 1999, random: KeyedRandom(seed: 9, key: "rows for \(metric.id) over k"))
    }
    let area = test(.rocAUC).areas(scores, labels: labels, groups: codes, groupCount: 2)
    #expect(rows.p(.rocAUC, plan, family, chosen: [0, 1], key: "k") == area?.p)
    let loss = zip(labels, scores).map { (Double($0) - $1) * (Double($0) - $1) }
    let brier = test(.brierScore).means(loss, groups: codes, groupCount: 2)
    #expect(rows.p(.brierScore, plan, family, chosen: [0, 1], key: "k") == brier?.p)
    #expect(rows.p(.prevalence, plan, family, chosen: [0, 1], key: "k") != nil)
  }

  /// The p-value by draws is near that over all splits of the positives and negatives.
  @Test func drawsComeNearAllSplits() throws {
    let codes = groups.map { Int32($0 == "a" ? 0 : 1) }
    let walk = StudentizedPermutation(replicates: 50_000, random: KeyedRandom(seed: 2, key: "all"))
    let drawn = try #require(walk.areas(scores, labels: labels, groups: codes, groupCount: 2)).p
    let plan = try plan()
    let rows = RowPermutation(
      Observations(labels: labels, decisions: labels, scores: scores, scoresAreProbabilities: true), seed: 9)
    let found = try #require(rows.p(.rocAUC, plan, plan.families[1], chosen: [0, 1], key: "k"))
    #expect(abs(found - drawn) < 0.04)
  }

  /// Classes that are apart have the score interval (Newcombe 2006, method 5).
  @Test func separatedClassesHaveAnInterval() throws {
    let apart = [0.9, 0.2, 0.8, 0.3, 0.7, 0.4, 0.95, 0.3, 0.6, 0.1, 0.5, 0.45]
    let tally = try Sample.overall(Observations(labels: labels, decisions: labels, scores: apart))
    let estimate = Sample.estimate(.rocAUC, tally)
    let expected = try #require(AUCInterval.score(auc: 1, positives: 6, negatives: 6, level: 0.95))
    #expect(estimate.status == .ok)
    #expect(estimate.lower == expected.lower)
    #expect(estimate.upper == 1)
    #expect(estimate.standardError == nil)
  }
}

import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// Ranking metrics over masks of random lists, against all orders of their ties and the jackknife.
struct RankingMetricTests {
  static func sample(seed: UInt64, queries: Int, isWeighted: Bool, levels: Int) -> RankedObservations {
    var random = SplitMix(seed: seed)
    var observations = RankedObservations(relevance: [], scores: [], queries: [], queryCount: queries)
    let sizes = (0..<queries).map { _ in Int.random(in: 1...7, using: &random) }
    // Rows of a query do not stand together.
    let rows = sizes.enumerated().flatMap { query, size in [Int](repeating: query, count: size) }
    for query in rows.shuffled(using: &random) {
      let relevance = Double(Int.random(in: query % 5 == 0 ? 0...0 : 0...3, using: &random))
      let score = relevance / 3 + Double.random(in: -1...1, using: &random)
      observations.relevance.append(relevance)
      observations.scores.append((score * Double(levels)).rounded() / Double(levels))
      observations.queries.append(UInt32(query))
    }
    if isWeighted { observations.weights = rows.map { _ in Double.random(in: 0.2...3, using: &random) } }
    return observations
  }

  static let perQuery = [
    "ndcg", "ndcg_linear", "map", "mrr", "first_relevant_rank", "ndcg@2", "ndcg_linear@3", "map@3",
    "precision@2", "precision@3", "recall@2", "hit_rate@2", "hit_rate@3", "dcg@3", "dcg_linear@2",
  ]

  @Test(arguments: [(false, 2), (true, 2), (false, 1000), (true, 1000)])
  func valuesOfMasks(isWeighted: Bool, levels: Int) throws {
    var observations = Self.sample(seed: 4, queries: 30, isWeighted: isWeighted, levels: levels)
    observations.relevantAt = 2
    let metrics = RankingMetrics.all(observations, cutoffs: [2, 3])
    for share in [1, 0.6, 0.04] {
      let rows = RegressionMetricTests.rows(observations.scores.count, keeping: share, seed: 9)
      let oracle = RankingOracle(observations: observations, slice: rows)
      for id in Self.perQuery {
        let expected = oracle.mean(id)
        let answer = try RowMetricProbe(id, among: metrics).answer(rows)
        if expected.queries > 0 { #expect(isClose(answer.value, expected.value), "\(id) \(share)") }
        #expect(answer.measured.denominator == expected.queries, "\(id) \(share)")
        #expect(abs(answer.influence.reduce(0, +)) < 1e-12)
      }
    }
  }

  @Test func tiesInRowOrder() throws {
    var observations = RankedObservations(
      relevance: [0, 1, 1, 0], scores: [0.5, 0.5, 0.7, 0.1], queries: [0, 0, 0, 0], queryCount: 1)
    func map(_ observations: RankedObservations) throws -> Double {
      try RowMetricProbe("map", among: RankingMetrics.all(observations)).value([0, 1, 2, 3])
    }
    #expect(isClose(try map(observations), (1 + (1 + 2.0 / 3) / 2) / 2))
    observations.ties = .rowOrder
    #expect(isClose(try map(observations), (1 + 2.0 / 3) / 2))
  }

  /// Leaving out a whole query, as the error of queries asks for; ratios over the whole lists too.
  @Test(arguments: [false, true]) func influenceIsTheJackknifesFirstOrder(isWeighted: Bool) throws {
    let observations = Self.sample(seed: 12, queries: 90, isWeighted: isWeighted, levels: 4)
    let rows = RegressionMetricTests.rows(observations.scores.count, keeping: 0.8, seed: 2)
    var judged = 0
    for metric in RankingMetrics.all(observations, cutoffs: [2]) {
      let id = metric.definition.entry.id
      let probe = RowMetricProbe(metric)
      let answer = probe.answer(rows)
      guard answer.measured.hasInfluence else { continue }
      let units = (0..<UInt32(90)).map { query in rows.filter { observations.queries[Int($0)] == query } }
        .filter { !$0.isEmpty }
      let whole = answer.value
      let changes = units.map { unit in whole - probe.value(rows.filter { !unit.contains($0) }) }
      let largest = changes.map { abs($0) }.max() ?? 0
      for (unit, change) in zip(units, changes) {
        let found = rows.firstIndex { unit.contains($0) }.map { answer.influence[$0] } ?? .nan
        #expect(abs(found - change) < 0.08 * largest, "\(id)")
      }
      let owners = Set(units.compactMap(\.first))
      #expect(zip(rows, answer.influence).allSatisfy { owners.contains($0) || $1 == 0 }, "\(id)")
      #expect(abs(answer.influence.reduce(0, +)) < 1e-12, "\(id)")
      judged += 1
    }
    #expect(judged == 22)
  }

  @Test func nothingIsMeasuredWhereThereIsNothing() throws {
    let none = RankedObservations(relevance: [0, 0], scores: [1, 2], queries: [0, 0], queryCount: 2)
    let metrics = RankingMetrics.all(none, cutoffs: [1])
    func reason(_ id: String, _ rows: [UInt32]) throws -> String? {
      try RowMetricProbe(id, among: metrics).answer(rows).measured.reason
    }
    #expect(try reason("ndcg@1", [0, 1]) == "no query has a row with gain")
    #expect(try reason("mrr", [0, 1]) == "no query has a relevant row")
    #expect(try reason("exposure_per_relevance", [0, 1]) == "no relevance")
    #expect(try reason("skew@1", [0]) == "none among the first k")
    #expect(try RowMetricProbe("precision@1", among: metrics).value([0, 1]) == 0)
    for metric in metrics where metric.definition.entry.kind != .count {
      #expect(RowMetricProbe(metric).answer([]).measured.reason == "no rows")
    }
  }

  /// Ranks in the whole list: the slice's own order does not matter to exposure.
  @Test func wholeLists() throws {
    let observations = RankedObservations(
      relevance: [1, 2, 0, 3, 1], scores: [5, 4, 4, 1, 9], queries: [0, 0, 0, 0, 1], queryCount: 2)
    let metrics = RankingMetrics.all(observations, cutoffs: [2])
    func value(_ id: String) throws -> Double { try RowMetricProbe(id, among: metrics).value([1, 3]) }
    let exposures = [1, 1 / log2(3.0), 0.5, 1 / log2(5.0)]
    let tied = (exposures[1] + exposures[2]) / 2
    #expect(isClose(try value("mean_exposure"), (tied + exposures[3]) / 2))
    #expect(isClose(try value("exposure_share"), (tied + exposures[3]) / exposures.reduce(0, +)))
    #expect(isClose(try value("exposure_per_relevance"), (tied + exposures[3]) / 5))
    #expect(isClose(try value("candidate_share"), 0.5))
    #expect(isClose(try value("selection_rate@2"), 0.25))
    #expect(isClose(try value("representation@2"), 0.25))
    #expect(isClose(try value("skew@2"), log(0.5)))
    #expect(try RowMetricProbe("queries", among: metrics).value([1, 3, 4]) == 2)
  }

  @Test func everyMetricIsDefinedOnce() {
    let definitions = RankingMetrics.definitions
    #expect(Set(definitions.map(\.entry.id)).count == definitions.count)
    let none = RankedObservations(relevance: [], scores: [], queries: [], queryCount: 0)
    for metric in RankingMetrics.all(none, cutoffs: [7]) {
      let entry = metric.definition.entry
      #expect(RankingMetrics.definition(named: entry.id)?.entry == entry)
      #expect(definitions.contains { $0.entry.id == entry.id.replacing("@7", with: "@k") }, "\(entry.id)")
      #expect((entry.k == 7) == entry.id.hasSuffix("@7"))
    }
    #expect(RankingMetrics.definition(named: "ndcg@0") == nil)
    #expect(RankingMetrics.definition(named: "mrr@5") == nil)
  }
}

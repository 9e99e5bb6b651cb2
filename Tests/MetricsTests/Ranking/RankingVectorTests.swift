import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// The listwise part of `vectors/ranking.json` (scikit-learn 1.9.1) and the two ranking sets' stored results.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct RankingVectorTests {
  static func list(_ fields: [String: Any], ties: RankedObservations.TieRule) throws -> RankedObservations {
    let relevance = try RegressionVectorTests.numbers(fields["relevance"])
    return RankedObservations(
      relevance: relevance, scores: try RegressionVectorTests.numbers(fields["scores"]),
      queries: relevance.map { _ in 0 }, queryCount: 1, ties: ties)
  }

  /// Field → metric, by whether ties are averaged.
  static let averaged = [
    "ndcg@None_tie_averaged": "ndcg_linear", "ndcg@1_tie_averaged": "ndcg_linear@1",
    "ndcg@3_tie_averaged": "ndcg_linear@3", "ndcg@5_tie_averaged": "ndcg_linear@5",
    "dcg@1_tie_averaged": "dcg_linear@1", "dcg@3_tie_averaged": "dcg_linear@3",
    "dcg@5_tie_averaged": "dcg_linear@5",
  ]
  static let ordered = [
    "ndcg_exp_gain_stable_order": "ndcg", "average_precision_binary_stable": "map",
    "ap@3_min(R,k)": "map@3", "reciprocal_rank": "mrr",
  ]

  @Test func vectors() throws {
    let document = try #require(try SharedData.json("vectors/ranking.json") as? [String: Any])
    let cases = try #require(document["cases"] as? [[String: Any]])
    let lists = try #require(cases.compactMap { $0["listwise"] as? [[String: Any]] }.first)
    var checked = 0
    for fields in lists where fields["relevance"] != nil {
      for (ties, names) in [(.expected, Self.averaged), (RankedObservations.TieRule.rowOrder, Self.ordered)] {
        let observations = try Self.list(fields, ties: ties)
        let metrics = RankingMetrics.all(observations, cutoffs: [1, 3, 5])
        for (field, id) in names {
          let expected = try #require((fields[field] as? NSNumber)?.doubleValue)
          let found = try RowMetricProbe(id, among: metrics).answer(
            observations.relevance.indices.map { UInt32($0) })
          // A list without relevant rows, which scikit-learn scores 0, has no value.
          let isEmpty = observations.relevance.allSatisfy { $0 == 0 } && !id.hasPrefix("dcg")
          #expect(isEmpty ? found.measured.value == nil : isClose(found.value, expected), "\(field)")
          checked += 1
        }
      }
    }
    #expect(checked == 55)
  }

  /// scikit-learn's order among ties when it ignores them is that of a reversed sort: the last row first.
  @Test func ignoredTies() throws {
    let document = try #require(try SharedData.json("vectors/ranking.json") as? [String: Any])
    let cases = try #require(document["cases"] as? [[String: Any]])
    let lists = try #require(cases.compactMap { $0["listwise"] as? [[String: Any]] }.first)
    for fields in lists where fields["relevance"] != nil {
      var observations = try Self.list(fields, ties: .rowOrder)
      observations.relevance.reverse()
      observations.scores.reverse()
      guard observations.relevance.contains(where: { $0 > 0 }) else { continue }
      let metrics = RankingMetrics.all(observations, cutoffs: [1, 3, 5])
      let rows = observations.relevance.indices.map { UInt32($0) }
      for (field, id) in [
        "None": "ndcg_linear", "1": "ndcg_linear@1", "3": "ndcg_linear@3", "5": "ndcg_linear@5",
      ] {
        let expected = try #require((fields["ndcg@\(field)_ignore_ties"] as? NSNumber)?.doubleValue)
        #expect(isClose(try RowMetricProbe(id, among: metrics).value(rows), expected), "\(field)")
      }
    }
  }

  /// The mean over lists 1, 2 and 4.
  @Test func means() throws {
    let document = try #require(try SharedData.json("vectors/ranking.json") as? [String: Any])
    let cases = try #require(document["cases"] as? [[String: Any]])
    let lists = try #require(cases.compactMap { $0["listwise"] as? [[String: Any]] }.first)
    let last = try #require(lists.last)
    var all = RankedObservations(relevance: [], scores: [], queries: [], queryCount: 3, ties: .rowOrder)
    for (query, index) in [0, 1, 3].enumerated() {
      let one = try Self.list(lists[index], ties: .rowOrder)
      all.relevance += one.relevance
      all.scores += one.scores
      all.queries += one.queries.map { _ in UInt32(query) }
    }
    let metrics = RankingMetrics.all(all)
    let rows = all.scores.indices.map { UInt32($0) }
    let map = try #require((last["MAP_over_lists_1,2,4"] as? NSNumber)?.doubleValue)
    #expect(isClose(try RowMetricProbe("map", among: metrics).value(rows), map))
    let mrr = try #require((last["MRR"] as? NSNumber)?.doubleValue)
    #expect(isClose(try RowMetricProbe("mrr", among: metrics).value(rows), mrr))
  }
}

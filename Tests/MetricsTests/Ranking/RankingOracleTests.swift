import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// The stored results of the two ranking sets (scikit-learn 1.9.1, LightGBM 4.7.0, plain NumPy), per query,
/// over queries, and of the groups' exposure.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct RankingOracleTests {
  /// As long as any list.
  static let all = 1000

  struct Stored {
    let document: [String: Any]
    let table: PlainTable
    let names: [String]
    /// Rows of each query.
    let rows: [String: [UInt32]]
    var observations: RankedObservations

    init(_ oracle: String, _ folder: String) throws {
      document = try #require(try SharedData.json("data/oracles/\(oracle).json") as? [String: Any])
      table = try PlainTable("data/\(folder)/predictions.csv")
      let queries = try table.column("query_id")
      var codes: [String: UInt32] = [:]
      var names: [String] = []
      for query in queries where codes[query] == nil {
        codes[query] = UInt32(names.count)
        names.append(query)
      }
      self.names = names
      rows = Dictionary(grouping: (0..<UInt32(table.count)).map { $0 }) { queries[Int($0)] }
      observations = RankedObservations(
        relevance: try table.numbers("relevance"), scores: try table.numbers("score"),
        queries: queries.map { codes[$0] ?? 0 }, queryCount: names.count, relevantAt: 2)
    }

    func metrics(_ ties: RankedObservations.TieRule, relevantAt: Double = 2) -> [any RowMetric] {
      var observations = observations
      (observations.ties, observations.relevantAt) = (ties, relevantAt)
      return RankingMetrics.all(observations, cutoffs: [5, 10, 20, 100, all])
    }

    func rows(where predicate: (String) -> Bool) -> [UInt32] {
      names.filter(predicate).flatMap { rows[$0] ?? [] }.sorted()
    }

    func section(_ name: String) throws -> [String: Any] {
      let score = try #require(document["score"] as? [String: Any])
      return try #require(score[name] as? [String: Any])
    }
  }

  /// The metric and the rule for ties of a stored field; nil for what is no metric and for scikit-learn's
  /// average precision, whose ties are one threshold.
  static func metric(_ field: String) -> (id: String, ties: RankedObservations.TieRule)? {
    let renamed = field.replacing("@all", with: "@\(all)").replacing("ndcg_exp", with: "ndcg")
    switch field {
    case "reciprocal_rank": return ("mrr", .rowOrder)
    case "average_precision_file_order": return ("map", .rowOrder)
    case _ where renamed.hasSuffix("_file_order"):
      return (renamed.replacing("_file_order", with: ""), .rowOrder)
    case _ where renamed.hasSuffix("_ties_averaged_sklearn"):
      return (renamed.replacing("_ties_averaged_sklearn", with: ""), .expected)
    default: return nil
    }
  }

  static let sets = ["oulad_ranking": "oulad_ranking", "lightgbm_rank_ranking": "lightgbm_rank"]

  @Test(arguments: sets) func perQuery(oracle: String, folder: String) throws {
    let stored = try Stored(oracle, folder)
    let (expected, ordered) = (stored.metrics(.expected), stored.metrics(.rowOrder))
    var checked = 0
    for (query, fields) in try stored.section("per_query") {
      let fields = try #require(fields as? [String: Any])
      let rows = try #require(stored.rows[query])
      #expect((fields["n"] as? NSNumber)?.intValue == rows.count)
      let relevant = rows.filter { stored.observations.relevance[Int($0)] >= 2 }.count
      #expect((fields["n_relevant"] as? NSNumber)?.intValue == relevant)
      for (field, value) in fields {
        guard let (id, ties) = Self.metric(field) else { continue }
        let found = try RowMetricProbe(id, among: ties == .expected ? expected : ordered).answer(rows)
        if relevant == 0, id == "mrr" || id == "map" {
          #expect(found.measured.value == nil)
        } else {
          let number = (value as? NSNumber)?.doubleValue ?? .nan
          #expect(isClose(found.value, number, within: 1e-9), "\(query) \(field) \(found.value)")
        }
        checked += 1
      }
    }
    #expect(checked > 17 * stored.names.count)
  }

  /// scikit-learn's average precision takes tied scores as one threshold: that of a binary task, which is the
  /// expected one where there are no ties.
  @Test(arguments: sets) func averagePrecisionAsOfABinaryTask(oracle: String, folder: String) throws {
    let stored = try Stored(oracle, folder)
    let expected = try RowMetricProbe("map", among: stored.metrics(.expected))
    var found: [Double] = []
    for (query, fields) in try stored.section("per_query") {
      let fields = try #require(fields as? [String: Any])
      guard let number = (fields["average_precision_sklearn"] as? NSNumber)?.doubleValue else { continue }
      let rows = try #require(stored.rows[query])
      let scores = rows.map { stored.observations.scores[Int($0)] }
      let tally = try Sample.overall(
        VectorTests.observations(
          rows.map { stored.observations.relevance[Int($0)] >= 2 ? 1 : 0 }, scores, nil,
          areProbabilities: false))
      let value = try #require(Sample.estimate(.averagePrecision, tally).value)
      #expect(isClose(value, number, within: 1e-9), "\(query)")
      if Set(scores).count == scores.count { #expect(isClose(expected.value(rows), value), "\(query)") }
      found.append(value)
    }
    let name = "average_precision_sklearn"
    let mean = try #require((try stored.section("mean_over_queries")[name] as? NSNumber)?.doubleValue)
    #expect(isClose(found.reduce(0, +) / Double(found.count), mean, within: 1e-9))
    #expect((try stored.section("queries_counted")[name] as? NSNumber)?.intValue == found.count)
  }

  @Test(arguments: sets) func overQueries(oracle: String, folder: String) throws {
    let stored = try Stored(oracle, folder)
    let (expected, ordered) = (stored.metrics(.expected), stored.metrics(.rowOrder))
    let means = try stored.section("mean_over_queries")
    let counted = try stored.section("queries_counted")
    let perQuery = try stored.section("per_query")
    for (field, value) in means {
      guard let (id, ties) = Self.metric(field) else { continue }
      // A field is absent from queries that hold as many rows as another cut-off.
      let rows = stored.rows { (perQuery[$0] as? [String: Any])?[field] is NSNumber }
      let answer = try RowMetricProbe(id, among: ties == .expected ? expected : ordered).answer(rows)
      let queries = try #require((counted[field] as? NSNumber)?.doubleValue)
      // There a query without relevant rows has reciprocal rank 0; here it has none.
      let missing = id == "mrr" ? Double(answer.measured.denominator) / queries : 1
      let number = try #require((value as? NSNumber)?.doubleValue)
      #expect(isClose(answer.value * missing, number, within: 1e-9), "\(field)")
      if id != "mrr" { #expect(Double(answer.measured.denominator) == queries, "\(field)") }
    }
  }

  /// LightGBM counts a query without gain, or without relevant rows (relevance above 0), as 1.
  @Test(arguments: sets) func lightGBM(oracle: String, folder: String) throws {
    let stored = try Stored(oracle, folder)
    let metrics = stored.metrics(.rowOrder, relevantAt: 1)
    let rows = (0..<UInt32(stored.table.count)).map { $0 }
    let total = Double(stored.names.count)
    for (id, value) in try #require(stored.document["lightgbm_own_eval"] as? [String: NSNumber]) {
      let answer = try RowMetricProbe(id, among: metrics).answer(rows)
      let queries = Double(answer.measured.denominator)
      let mean = (answer.value * queries + total - queries) / total
      #expect(isClose(mean, value.doubleValue, within: 1e-9), "\(id) \(mean)")
    }
  }

  @Test func exposureOfGroups() throws {
    let stored = try Stored("oulad_ranking", "oulad_ranking")
    let metrics = stored.metrics(.rowOrder)
    let gender = try stored.table.column("gender")
    for (group, fields) in try stored.section("group_exposure") {
      let rows = (0..<UInt32(gender.count)).filter { gender[Int($0)] == group }
      func value(_ id: String) throws -> Double { try RowMetricProbe(id, among: metrics).value(rows) }
      let numbers = try #require(fields as? [String: NSNumber]).mapValues(\.doubleValue)
      let count = Double(rows.count)
      let found: [String: Double] = [
        "n": count, "exposure": try value("mean_exposure") * count,
        "rel": try value("mean_relevance") * count, "mean_exposure_per_item": try value("mean_exposure"),
        "mean_relevance": try value("mean_relevance"),
        "exposure_per_relevance": try value("exposure_per_relevance"),
        "top5": try value("selection_rate@5") * count, "top10": try value("selection_rate@10") * count,
        "top20": try value("selection_rate@20") * count, "share_of_top5": try value("representation@5"),
        "share_of_top10": try value("representation@10"), "share_of_top20": try value("representation@20"),
        "share_of_items": try value("candidate_share"),
      ]
      for (field, number) in numbers {
        #expect(isClose(try #require(found[field]), number, within: 1e-9), "\(group) \(field)")
      }
    }
  }
}

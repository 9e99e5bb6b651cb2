import Results

extension RankingMetrics {
  /// All metrics, as the catalogue lists them; `@k` stands for the cut-off.
  package static var definitions: [MetricDefinition] {
    [count, weight, queries, fewestRows, mostRows] + atCutoffs.map { $0(nil, true) }
      + [
        ndcg(nil), linearNDCG(nil), meanAveragePrecision(nil), meanReciprocalRank, firstRelevantRank,
        meanRelevance, meanScore, candidateShare, meanExposure, exposureShare, exposurePerRelevance,
      ]
  }

  /// The metric of an identifier as metrics carry it: `mrr`, `ndcg@10`.
  package static func definition(named id: String) -> MetricDefinition? {
    let parts = id.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return definitions.first { $0.entry.id == id } }
    guard let k = Int(parts[1]), k > 0, "\(k)" == parts[1] else { return nil }
    return atCutoffs.map { $0(k, false) }.first { $0.entry.id == id }
  }

  /// The metrics at k; for no k and `isFamily`, as the catalogue lists them.
  private static var atCutoffs: [@Sendable (_ k: Int?, _ isFamily: Bool) -> MetricDefinition] {
    [
      ndcg, linearNDCG, meanAveragePrecision, precision, recall, hitRate, dcg, linearDCG, selectionRate,
      representation, skew,
    ]
  }

  static let count = define(
    "count", "Rows", "n", "number of rows", .count, .neutral, aliases: [.init("TFMA", "total_documents")])
  static let fewestRows = define(
    "fewest_rows_of_query", "Fewest rows of a query", "min n", "rows of the query that has fewest here",
    .count,
    .neutral, denominator: "queries", undefined: "no rows", aliases: [.init("TFMA", "min_documents")])
  static let mostRows = define(
    "most_rows_of_query", "Most rows of a query", "max n", "rows of the query that has most here", .count,
    .neutral, denominator: "queries", undefined: "no rows", aliases: [.init("TFMA", "max_documents")])
  static let weight = define(
    "weight", "Weight", "Σw", "sum of example weights; the rows where there are none", .count, .neutral)
  static let queries = define(
    "queries", "Queries", "Q", "number of queries that have rows here", .count, .neutral,
    denominator: "queries", aliases: [.init("TFMA", "total_queries"), .init("TFMA", "QueryStatistics")])
  static let meanReciprocalRank = overQueries(
    "mrr", "Mean reciprocal rank", "MRR",
    "mean over queries of 1 / rank of the first relevant row; queries without one are left out", .index,
    undefined: noRelevant, source: "Voorhees 1999", aliases: [.init("trec_eval", "recip_rank")])
  static let firstRelevantRank = overQueries(
    "first_relevant_rank", "Rank of the first relevant row", "First",
    "mean over queries of the rank, from 1, of the first relevant row; queries without one are left out",
    .mean, .lowerIsBetter, range: 1...Double.infinity, undefined: noRelevant,
    aliases: [.init("TFMA", "min_label_position")])
  static let meanRelevance = define(
    "mean_relevance", "Mean relevance", "Rel", "mean relevance of the rows", .mean, .neutral)
  static let meanScore = define(
    "mean_score", "Mean score", "Score", "mean score of the rows", .mean, .neutral)
  static let candidateShare = define(
    "candidate_share", "Share of candidates", "Cand",
    "the slice's share of all rows of the queries in which it has rows", .rate, .neutral)
  static let meanExposure = define(
    "mean_exposure", "Mean exposure", "Expo",
    "mean of 1 / log2(1 + rank), ranks being those in the whole list of the query", .mean, .neutral,
    range: 0...1, source: "Singh & Joachims 2018")
  static let exposureShare = define(
    "exposure_share", "Share of exposure", "Expo%",
    "the slice's share of the exposure, 1 / log2(1 + rank), of all rows of the queries in which it has rows",
    .rate, .neutral, source: "Singh & Joachims 2018")
  static let exposurePerRelevance = define(
    "exposure_per_relevance", "Exposure per relevance", "Expo/Rel",
    "sum of the rows' exposures, 1 / log2(1 + rank), over the sum of their relevance", .mean, .neutral,
    range: 0...Double.infinity, undefined: "no relevance",
    source: "Singh & Joachims 2018; Biega, Gummadi & Weikum 2018")
}

import Results

extension RankingMetrics {
  static let noRelevant = "no query has a relevant row"
  private static let noGain = "no query has a row with gain"
  /// How the interval is made: queries, not rows, are what is drawn.
  private static func interval(_ kind: MetricEntry.Kind) -> String? {
    switch kind {
    case .count: nil
    case .rate: "Wilson score, at the size that the variance over queries is worth"
    case .index: "influence function over queries on the logit scale"
    default: "influence function over queries, Student t"
    }
  }
  private static let ties =
    "; tied scores count as the mean over their orders, and queries without gain are left out"

  @Sendable static func ndcg(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    overQueries(
      "ndcg", "NDCG", "NDCG",
      "mean over queries of DCG / DCG of the best order, DCG = Σ (2^relevance − 1) / log2(1 + rank)" + ties,
      .index, at: k, isFamily, undefined: noGain, source: "Burges et al. 2005",
      aliases: [.init("LightGBM", "ndcg"), .init("XGBoost", "ndcg")])
  }

  @Sendable static func linearNDCG(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    overQueries(
      "ndcg_linear", "NDCG, linear gain", "NDCG-lin",
      "mean over queries of DCG / DCG of the best order, DCG = Σ relevance / log2(1 + rank)" + ties,
      .index, at: k, isFamily, undefined: noGain, source: "Järvelin & Kekäläinen 2002",
      aliases: [
        .init("scikit-learn", "ndcg_score"), .init("TFMA", "ndcg"), .init("trec_eval", "ndcg"),
      ])
  }

  @Sendable static func meanAveragePrecision(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    overQueries(
      "map", "Mean average precision", "MAP",
      "mean over queries of Σ precision at each relevant row, over the relevant rows there are, or k if fewer; "
        + "queries without relevant rows are left out (LightGBM counts them 1)",
      .index, at: k, isFamily, undefined: noRelevant,
      source: "ties: McSherry & Najork 2008",
      aliases: [.init("LightGBM", "map"), .init("trec_eval", "map"), .init("", "mean_average_precision")])
  }

  @Sendable static func precision(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    overQueries(
      "precision", "Precision", "P",
      "mean over queries of the share of relevant rows among the first k, or among all where there are fewer "
        + "(trec_eval divides by k all the same)",
      .index, at: k, isFamily, aliases: [.init("trec_eval", "P")])
  }

  @Sendable static func recall(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    overQueries(
      "recall", "Recall", "R",
      "mean over queries of the share of the relevant rows that are among the first k; queries without "
        + "relevant rows are left out",
      .index, at: k, isFamily, undefined: noRelevant, aliases: [.init("trec_eval", "recall")])
  }

  @Sendable static func hitRate(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    overQueries(
      "hit_rate", "Hit rate", "Hit",
      "share of queries with a relevant row among the first k; queries without relevant rows are left out",
      .rate, at: k, isFamily, undefined: noRelevant, aliases: [.init("trec_eval", "success")])
  }

  @Sendable static func dcg(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    overQueries(
      "dcg", "DCG", "DCG", "mean over queries of Σ (2^relevance − 1) / log2(1 + rank)", .mean, at: k,
      isFamily, range: 0...Double.infinity, source: "Burges et al. 2005")
  }

  @Sendable static func linearDCG(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    overQueries(
      "dcg_linear", "DCG, linear gain", "DCG-lin", "mean over queries of Σ relevance / log2(1 + rank)",
      .mean, at: k, isFamily, range: 0...Double.infinity, source: "Järvelin & Kekäläinen 2002",
      aliases: [.init("scikit-learn", "dcg_score")])
  }

  @Sendable static func selectionRate(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    define(
      "selection_rate", "Selection rate", "SR",
      "share of the slice's rows that are among the first k of the whole list of their query", .rate,
      .neutral, at: k, isFamily)
  }

  @Sendable static func representation(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    define(
      "representation", "Representation", "Rep",
      "the slice's share of the first k places of the queries in which it has rows", .rate, .neutral, at: k,
      isFamily)
  }

  @Sendable static func skew(_ k: Int?, _ isFamily: Bool = false) -> MetricDefinition {
    define(
      "skew", "Skew", "Skew",
      "ln of the slice's rows among the first k over those expected from its share of each query's rows, both "
        + "summed over queries; in a single query, ln of its share of the first k over its share of all; "
        + "0 is proportional",
      .mean, .neutral, at: k, isFamily, undefined: "none among the first k",
      source: "Geyik, Ambler & Kenthapadi 2019")
  }

  static func overQueries(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ kind: MetricEntry.Kind,
    _ direction: MetricEntry.Direction = .higherIsBetter, at k: Int? = nil, _ isFamily: Bool = false,
    range: ClosedRange<Double>? = nil, undefined: String? = nil, source: String = "",
    aliases: [MetricDefinition.Alias] = []
  ) -> MetricDefinition {
    define(
      id, name, symbol, formula, kind, direction, at: k, isFamily, denominator: "queries", range: range,
      undefined: undefined, source: source, aliases: aliases)
  }

  static func define(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ kind: MetricEntry.Kind,
    _ direction: MetricEntry.Direction, at k: Int? = nil, _ isFamily: Bool = false,
    denominator: String = "rows", range: ClosedRange<Double>? = nil,
    undefined: String? = nil, source: String = "", aliases: [MetricDefinition.Alias] = []
  ) -> MetricDefinition {
    let suffix = k.map { "@\($0)" } ?? (isFamily ? "@k" : "")
    let entry = MetricEntry(
      id: id + suffix, name: suffix.isEmpty ? name : "\(name) at \(suffix.dropFirst())",
      symbol: symbol + suffix, formula: formula, kind: kind, direction: direction,
      denominator: denominator, interval: interval(kind), k: k)
    return MetricDefinition(
      entry, tasks: [.ranking], range: range, undefined: undefined, source: source, aliases: aliases)
  }
}

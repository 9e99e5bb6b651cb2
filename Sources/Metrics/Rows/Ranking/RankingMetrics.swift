/// The metrics of models that order the rows of queries.
package enum RankingMetrics {
  /// Cut-offs where none are asked for.
  package static let defaultCutoffs = [5, 10]

  /// All metrics these observations allow, in reporting order: quality within the slice's rows of each query,
  /// then what the whole lists give to the slice.
  ///
  /// - Parameter cutoffs: values of k, at least 1.
  /// - Complexity: O(rows + queries), a radix sort that all metrics and slices share.
  package static func all(
    _ observations: RankedObservations, cutoffs: [Int] = defaultCutoffs
  ) -> [any RowMetric] {
    let rows = QueryRows(observations)
    return totals(rows) + cutoffs.flatMap { quality(rows, k: $0) } + quality(rows) + means(rows)
      + cutoffs.flatMap { selection(rows, k: $0) }
  }

  private static func totals(_ rows: QueryRows) -> [any RowMetric] {
    let weights = rows.observations.weights
    return [
      SliceTotal(definition: count, weights: weights, countsRows: true),
      SliceTotal(definition: weight, weights: weights, countsRows: false),
      QueryCount(definition: queries, rows: rows),
      QueryCount(definition: fewestRows, rows: rows, quantity: .fewest),
      QueryCount(definition: mostRows, rows: rows, quantity: .most),
    ]
  }

  private static func quality(_ rows: QueryRows, k: Int) -> [any RowMetric] {
    let measures: [(MetricDefinition, ListMeasure)] = [
      (ndcg(k), .ndcg(k: k, .exponential)), (linearNDCG(k), .ndcg(k: k, .linear)),
      (meanAveragePrecision(k), .averagePrecision(k: k)), (precision(k), .precision(k: k)),
      (recall(k), .recall(k: k)), (hitRate(k), .hit(k: k)), (dcg(k), .dcg(k: k, .exponential)),
      (linearDCG(k), .dcg(k: k, .linear)),
    ]
    return measures.map { MeanOverQueries(definition: $0.0, rows: rows, measure: $0.1) }
  }

  private static func quality(_ rows: QueryRows) -> [any RowMetric] {
    let measures: [(MetricDefinition, ListMeasure)] = [
      (ndcg(nil), .ndcg(k: .max, .exponential)), (linearNDCG(nil), .ndcg(k: .max, .linear)),
      (meanAveragePrecision(nil), .averagePrecision(k: .max)), (meanReciprocalRank, .reciprocalRank),
      (firstRelevantRank, .firstRelevantRank),
    ]
    return measures.map { MeanOverQueries(definition: $0.0, rows: rows, measure: $0.1) }
  }

  private static func means(_ rows: QueryRows) -> [any RowMetric] {
    [
      RatioOverQueries(definition: meanRelevance, rows: rows, numerator: .relevance, denominator: .one),
      RatioOverQueries(definition: meanScore, rows: rows, numerator: .score, denominator: .one),
      RatioOverQueries(
        definition: candidateShare, rows: rows, numerator: .one, denominator: .one,
        wholes: rows.wholes(.one)),
      RatioOverQueries(definition: meanExposure, rows: rows, numerator: .exposure, denominator: .one),
      RatioOverQueries(
        definition: exposureShare, rows: rows, numerator: .exposure, denominator: .exposure,
        wholes: rows.wholes(.exposure)),
      RatioOverQueries(
        definition: exposurePerRelevance, rows: rows, numerator: .exposure, denominator: .relevance,
        emptyReason: "no relevance"),
    ]
  }

  private static func selection(_ rows: QueryRows, k: Int) -> [any RowMetric] {
    [
      RatioOverQueries(definition: selectionRate(k), rows: rows, numerator: .selected(k), denominator: .one),
      RatioOverQueries(
        definition: representation(k), rows: rows, numerator: .selected(k), denominator: .selected(k),
        wholes: rows.wholes(.selected(k))),
      RatioOverQueries(
        definition: skew(k), rows: rows, numerator: .selected(k), denominator: .share(k),
        takesLogarithm: true),
    ]
  }
}

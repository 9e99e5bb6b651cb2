/// What a model that orders the rows of each query said of each row.
package struct RankedObservations: Sendable {
  /// What rows with equal scores in a query count as.
  package enum TieRule: Sendable {
    /// The mean over all orders of the tied rows (McSherry & Najork 2008; scikit-learn's NDCG).
    case expected
    /// The order of the rows in the data (LightGBM, trec_eval's input order).
    case rowOrder
  }

  /// Graded relevance, finite and not negative.
  package var relevance: [Double]
  /// What the rows of a query are ordered by, highest first; finite.
  package var scores: [Double]
  /// Index of each row's query, below `queryCount`.
  package var queries: [UInt32]
  package var queryCount: Int
  /// Example weights, not negative; nil where every row counts 1.
  package var weights: [Double]?
  /// A row of this relevance or more is relevant, for metrics that know only yes and no.
  package var relevantAt: Double
  package var ties: TieRule

  package init(
    relevance: [Double], scores: [Double], queries: [UInt32], queryCount: Int, weights: [Double]? = nil,
    relevantAt: Double = 1, ties: TieRule = .expected
  ) {
    self.relevance = relevance
    self.scores = scores
    self.queries = queries
    self.queryCount = queryCount
    self.weights = weights
    self.relevantAt = relevantAt
    self.ties = ties
  }
}

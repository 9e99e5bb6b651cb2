extension QueryRows {
  @inline(__always)
  func value(_ term: RatioOverQueries.Term, _ row: UInt32) -> Double {
    switch term {
    case .one: 1
    case .relevance: observations.relevance[Int(row)]
    case .score: observations.scores[Int(row)]
    case .exposure: exposures[Int(row)]
    case .selected(let k): selection(row, top: k)
    case .share(let k): share(Int(observations.queries[Int(row)]), k)
    }
  }

  private func share(_ query: Int, _ k: Int) -> Double {
    Double(min(k, sizes[query])) / Double(sizes[query])
  }

  /// Σw·term over all rows of each query.
  func wholes(_ term: RatioOverQueries.Term) -> [Double] {
    var sums = [Double](repeating: 0, count: observations.queryCount)
    for row in byRank.rows { sums[Int(observations.queries[Int(row)])] += weight(row) * value(term, row) }
    return sums
  }
}

import Fairness

/// Rows by ascending score, and the groups of a family in that order: one sort for all.
struct ScoredGroups: Sendable {
  let scores: [Double]
  let labels: [UInt8]
  let weights: [Double]?
  private let order: [Int32]

  /// - Parameter scores: without NaN. Complexity: O(n log n)
  init(scores: [Double], labels: [UInt8], weights: [Double]?) {
    (self.scores, self.labels, self.weights) = (scores, labels, weights)
    order = scores.indices.map { Int32($0) }.sorted { a, b in
      let (first, second) = (scores[Int(a)], scores[Int(b)])
      return first == second ? a < b : first < second
    }
  }

  /// The rows of each group by ascending score. Complexity: O(n)
  func groups(_ rows: [[UInt32]], names: [String]) -> [AreaBetweenCurves.Group] {
    var codes = [Int32](repeating: -1, count: scores.count)
    for (group, rows) in rows.enumerated() {
      for row in rows { codes[Int(row)] = Int32(group) }
    }
    var sorted = rows.map { rows in
      var list: [Int32] = []
      list.reserveCapacity(rows.count)
      return list
    }
    for row in order where codes[Int(row)] >= 0 { sorted[Int(codes[Int(row)])].append(row) }
    return zip(names, sorted).map { name, rows in
      AreaBetweenCurves.Group(
        name, scores: rows.map { scores[Int($0)] }, labels: rows.map { labels[Int($0)] },
        weights: weights.map { weights in rows.map { weights[Int($0)] } })
    }
  }
}

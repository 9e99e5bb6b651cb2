import Fairness
import Metrics

/// Rows by ascending score, and the groups of a family in that order: one sort for all.
struct ScoredGroups: Sendable {
  let scores: [Double]
  let labels: [UInt8]
  let weights: [Double]?
  private let order: [UInt32]
  /// The scores in this order.
  private let ascending: [Double]

  /// - Parameter scores: finite. Complexity: O(n)
  init(scores: [Double], labels: [UInt8], weights: [Double]?) {
    (self.scores, self.labels, self.weights) = (scores, labels, weights)
    let order = RadixSort.order(scores)
    self.order = order
    ascending = order.map { scores[Int($0)] }
  }

  /// The rows of each group by ascending score. Complexity: O(n)
  func groups(_ rows: [[UInt32]], names: [String]) -> [AreaBetweenCurves.Group] {
    var codes = [Int32](repeating: -1, count: scores.count)
    for (group, rows) in rows.enumerated() {
      for row in rows { codes[Int(row)] = Int32(group) }
    }
    var places = rows.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    let starts = places
    var sorted = [Double](repeating: 0, count: starts[rows.count])
    var sortedLabels = [UInt8](repeating: 0, count: sorted.count)
    var sortedWeights = weights.map { _ in [Double](repeating: 0, count: sorted.count) }
    for position in order.indices {
      let row = Int(order[position])
      let group = Int(codes[row])
      guard group >= 0 else { continue }
      let place = places[group]
      places[group] = place + 1
      sorted[place] = ascending[position]
      sortedLabels[place] = labels[row]
      if let weights { sortedWeights?[place] = weights[row] }
    }
    return names.enumerated().map { group, name in
      let own = starts[group]..<starts[group + 1]
      return AreaBetweenCurves.Group(
        name, scores: Array(sorted[own]), labels: Array(sortedLabels[own]),
        weights: sortedWeights.map { Array($0[own]) })
    }
  }
}

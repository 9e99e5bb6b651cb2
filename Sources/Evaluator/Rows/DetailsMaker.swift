import Glibc
import Results
import Statistics

/// Works out what is drawn of a task beside its metrics, slice by slice.
enum DetailsMaker {
  /// Weight of rows by label and decision. Complexity: O(rows of all slices).
  static func confusion(
    classes: Int, labels: [UInt16], decisions: [UInt16], weights: [Double]?, slices: [[UInt32]]
  ) -> TaskDetails {
    var details = TaskDetails()
    for rows in slices {
      var cells = [Double](repeating: 0, count: classes * classes)
      for row in rows {
        let place = Int(row)
        cells[Int(labels[place]) * classes + Int(decisions[place])] += weights?[place] ?? 1
      }
      details.confusion += cells
    }
    return details
  }

  private static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]
  private static let bins = 10

  /// Quantiles of residuals, and means of labels over bins of the prediction that hold equally many of all rows (ties
  /// stay together). Complexity: O(n log n) a slice.
  static func residuals(
    labels: [Double], predictions: [Double], weights: [Double]?, slices: [[UInt32]]
  ) -> TaskDetails {
    var details = TaskDetails()
    details.quantileLevels = levels
    details.binEdges = edges(predictions)
    for rows in slices {
      let residuals = rows.map { predictions[Int($0)] - labels[Int($0)] }.sorted()
      details.residualQuantiles += levels.map { level in
        residuals.isEmpty ? .nan : Quantile.type7(sorted: residuals, level)
      }
      var sums = [[Double]](repeating: [0, 0, 0], count: details.binEdges.count + 1)
      for row in rows {
        let place = Int(row)
        let bin = details.binEdges.firstIndex { predictions[place] <= $0 } ?? details.binEdges.count
        let weight = weights?[place] ?? 1
        sums[bin][0] += weight
        sums[bin][1] += weight * predictions[place]
        sums[bin][2] += weight * labels[place]
      }
      details.binWeight += sums.map { $0[0] }
      details.binPredictionSum += sums.map { $0[1] }
      details.binLabelSum += sums.map { $0[2] }
    }
    return details
  }

  /// Distinct deciles of the predictions, but for the largest.
  private static func edges(_ predictions: [Double]) -> [Double] {
    let sorted = predictions.sorted()
    guard let last = sorted.last else { return [] }
    var edges: [Double] = []
    for index in 1..<bins {
      let edge = sorted[(sorted.count * index - 1) / bins]
      if edge > edges.last ?? -.infinity, edge < last { edges.append(edge) }
    }
    return edges
  }

  /// Each slice's share of all exposure, 1/log₂(1 + rank) by the rank in the query's whole list (Singh & Joachims 2018),
  /// of all relevance and of all rows. Rows of equal scores share the mean exposure of their ranks.
  static func exposure(
    relevance: [Double], scores: [Double], queries: [UInt32], slices: [[UInt32]]
  ) -> TaskDetails {
    let exposure = exposures(scores, queries)
    var details = TaskDetails()
    func shares(_ value: (Int) -> Double) -> [Double] {
      let sums = slices.map { rows in rows.reduce(0) { $0 + value(Int($1)) } }
      return sums.map { sums[0] > 0 ? $0 / sums[0] : .nan }
    }
    details.exposureShare = shares { exposure[$0] }
    details.relevanceShare = shares { relevance[$0] }
    details.rowShare = shares { _ in 1 }
    return details
  }

  private static func exposures(_ scores: [Double], _ queries: [UInt32]) -> [Double] {
    let order = scores.indices.sorted { a, b in
      (queries[a], -scores[a], a) < (queries[b], -scores[b], b)
    }
    var exposure = [Double](repeating: 0, count: scores.count)
    var start = 0
    var first = 0
    while start < order.count {
      if start > 0, queries[order[start]] != queries[order[start - 1]] { first = start }
      var end = start + 1
      while end < order.count, queries[order[end]] == queries[order[start]],
        scores[order[end]] == scores[order[start]]
      { end += 1 }
      let sum = (start..<end).reduce(0) { $0 + 1 / log2(Double($1 - first + 2)) }
      for place in start..<end { exposure[order[place]] = sum / Double(end - start) }
      start = end
    }
    return exposure
  }
}

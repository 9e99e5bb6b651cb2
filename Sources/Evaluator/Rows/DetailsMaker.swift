import Metrics
import Results
import Statistics

/// Works out what is drawn of a task beside its metrics, slice by slice.
enum DetailsMaker {
  /// Weight of rows by label and decision. Complexity: O(rows of all slices).
  static func confusion(_ observations: ClassObservations, slices: [[UInt32]]) -> TaskDetails {
    var details = TaskDetails()
    for rows in slices { details.confusion += ClassMatrix(observations, rows: rows).weight }
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

  /// Each slice's share of all exposure by the rank in the query's whole list (Singh & Joachims 2018), of all relevance
  /// and of all rows.
  static func exposure(_ observations: RankedObservations, slices: [[UInt32]]) -> TaskDetails {
    let exposure = RankingFairness.exposures(of: observations)
    let relevance = observations.relevance
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
}

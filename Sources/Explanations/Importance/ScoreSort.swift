import Metrics

/// Rows in ascending order of score.
enum ScoreSort {
  static func order(_ scores: [Double]) -> [UInt32] { RadixSort.order(scores) }
}

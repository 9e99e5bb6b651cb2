/// The rows of a slice by ascending score.
struct SortedScores: Sendable {
  struct Entry: Sendable {
    /// The row's place in the slice.
    var place: UInt32
    /// What it has: its class, or whether it has the label.
    var code: UInt16
    /// Whether it is the last of those with its score.
    var endsRun: Bool
  }

  var entries: [Entry]
  /// In the same order; empty where every row counts as one.
  var weights: [Double]

  @inline(__always)
  func weight(_ index: Int) -> Double { weights.isEmpty ? 1 : weights[index] }
}

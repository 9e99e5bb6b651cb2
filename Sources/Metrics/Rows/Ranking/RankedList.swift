/// The rows of one query in a slice, best first. One list serves all queries in turn.
struct RankedList {
  /// Relevance, by descending score.
  var relevance: [Double] = []
  /// The position after the last of each run of equal scores.
  var runEnds: [Int] = []
  /// Index of the query's first row in the slice.
  var first = 0
  /// Mean weight of its rows.
  var weight = 0.0
}

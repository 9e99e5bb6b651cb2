import Results

/// What the metrics of a task that is not binary rest on, slice by slice: each list of counts once.
struct SliceDenominators {
  /// The rows themselves.
  static let rows = 15

  private(set) var lists: [(key: Int, counts: [Int?], reasons: [Int])] = []
  /// By metric.
  private(set) var keys: [String: Int] = [:]

  /// Empty for a binary task, where counts by outcome say it.
  ///
  /// Complexity: O(slices · metrics).
  init(_ evaluation: Evaluation) {
    guard evaluation.task != .binary else { return }
    var known: [[Int?]: Int] = [:]
    add(
      evaluation.slices.rows.indices.map {
        evaluation.withholds(.rows, $0) ? nil : evaluation.slices.rows[$0]
      },
      Self.rows, &known)
    for (entry, columns) in zip(evaluation.metrics, evaluation.estimates) {
      let counts = columns.status.indices.map {
        columns.status[$0] == .suppressed ? nil : columns.denominator[$0]
      }
      if known[counts] == nil {
        let next = lists.count < Self.rows ? lists.count : lists.count + 1
        add(counts, next, &known)
      }
      keys[entry.id] = known[counts]
    }
  }

  private mutating func add(_ counts: [Int?], _ key: Int, _ known: inout [[Int?]: Int]) {
    known[counts] = key
    lists.append((key, counts, counts.map { $0 == nil ? SliceReasons.withheld : SliceReasons.none }))
  }
}

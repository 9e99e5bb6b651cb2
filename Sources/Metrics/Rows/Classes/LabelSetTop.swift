/// Precision or recall of the k labels with the highest scores of each row, the first of them on ties, over all
/// pairs of row and label.
struct LabelSetTop: RowMetric {
  enum Side: Sendable {
    case precision
    case recall
  }

  let definition: MetricDefinition
  let side: Side
  let k: Int
  let observations: LabelSetObservations

  /// Complexity: O(rows × labels²).
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    let totals = RowTotals(rows, observations.weights)
    var (above, below) = (0.0, 0.0)
    for (place, row) in rows.enumerated() {
      let w = observations.weights?[Int(row)] ?? 1
      let found = hits(Int(row))
      influence[place] = found
      above += w * found
      below += w * base(Int(row))
    }
    guard below > 0 else {
      for place in influence.indices { influence[place] = 0 }
      return totals.undefined(side == .recall ? "no row has a label" : "no rows")
    }
    let value = above / below
    for (place, row) in rows.enumerated() {
      let w = observations.weights?[Int(row)] ?? 1
      influence[place] = w * (influence[place] - value * base(Int(row))) / below
    }
    return totals.measured(value)
  }

  /// Labels of the row among its first k.
  private func hits(_ row: Int) -> Double {
    var hits = 0.0
    for index in observations.labels.indices where observations.labels[index][row] == 1 {
      if ClassMean.place(of: index, row, observations.scores) < k { hits += 1 }
    }
    return hits
  }

  private func base(_ row: Int) -> Double {
    guard side == .recall else { return Double(k) }
    return observations.labels.reduce(0) { $0 + Double($1[row]) }
  }
}

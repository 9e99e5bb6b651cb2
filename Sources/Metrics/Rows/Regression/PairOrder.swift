/// How the pairs that each row of a slice makes with all others are ordered by prediction and by label.
struct PairOrder {
  /// For each row, weight of the rows that it makes a concordant pair with, less that of discordant ones.
  let balance: [Double]
  /// For each row, weight of the rows with another prediction.
  let otherPrediction: [Double]
  /// For each row, weight of the rows with another label.
  let otherLabel: [Double]
  let weights: [Double]
  let total: Double

  /// Complexity: O(m log m), one walk down the predictions over sums by label (Knight 1966; Christensen 2005).
  init(_ rows: NumberRows, _ slice: [UInt32]) {
    let weights = slice.map { rows.weight($0) }
    let total = weights.reduce(0, +)
    let x = TieRuns(rows.byPrediction, slice, rows.predictions, weights: weights)
    let y = TieRuns(rows.byLabel, slice, rows.labels, weights: weights)
    otherPrediction = x.runWeights().map { total - $0 }
    let sameLabel = y.runWeights()
    otherLabel = sameLabel.map { total - $0 }
    balance = Self.balance(x, y, sameLabel: sameLabel, total: total)
    (self.weights, self.total) = (weights, total)
  }

  private static func balance(_ x: TieRuns, _ y: TieRuns, sameLabel: [Double], total: Double) -> [Double] {
    let belowLabel = y.midWeights()
    var walk = LabelWalk(y)
    var balance = [Double](repeating: 0, count: x.weights.count)
    x.forEachRun { run in
      // Rows with a smaller prediction: concordant where the label is smaller too.
      var seen = (below: 0.0, above: 0.0)
      for position in run {
        let index = Int(x.indices[position])
        seen = walk.seen(index)
        balance[index] = seen.below - seen.above
      }
      for position in run { walk.add(Int(x.indices[position])) }
      // Rows with a larger one: all there are less those seen by now, which a single row does not change.
      for position in run {
        let index = Int(x.indices[position])
        if run.count > 1 { seen = walk.seen(index) }
        let below = belowLabel[index] - sameLabel[index] / 2
        let above = total - below - sameLabel[index]
        balance[index] += (above - seen.above) - (below - seen.below)
      }
    }
    return balance
  }

  /// Σw·x / Σw.
  func mean(_ values: [Double]) -> Double {
    var sum = CompensatedSum()
    for index in values.indices { sum.add(weights[index] * values[index]) }
    return sum.value / total
  }
}

/// A one-versus-rest ranking metric of one score column, over the rows of a slice.
struct ScoreWalk {
  let rows: [UInt32]
  let ranks: ScoreRanks
  let order: [UInt32]
  let weights: [Double]?
  /// Whether a row has the class.
  let isClass: (Int) -> Bool

  init(_ rows: [UInt32], _ ranks: ScoreRanks, _ weights: [Double]?, isClass: @escaping (Int) -> Bool) {
    self.rows = rows
    self.ranks = ranks
    self.weights = weights
    self.isClass = isClass
    order = ranks.order(rows)
  }

  struct Sides {
    var positives = RowTotals()
    var negatives = RowTotals()
  }

  func sides() -> Sides {
    var sides = Sides()
    for row in rows {
      let w = weights?[Int(row)] ?? 1
      if isClass(Int(row)) { sides.positives.add(w) } else { sides.negatives.add(w) }
    }
    return sides
  }

  /// The weighted share of pairs of a row with and one without the class that are in the right order, ties one half,
  /// and for each row the share among its own pairs: its placement value (DeLong, DeLong & Clarke-Pearson 1988).
  ///
  /// - Parameter placements: the length of `rows`.
  func auc(_ sides: Sides, placements: inout [Double]) -> Double {
    let (all, rest) = (sides.positives.weight, sides.negatives.weight)
    var (positivesBelow, negativesBelow, sum) = (0.0, 0.0, 0.0)
    var start = 0
    while start < order.count {
      let end = ranks.runEnd(order, rows, from: start)
      let run = weight(start..<end)
      let above = (all - positivesBelow - run.positives / 2) / all
      let below = (negativesBelow + run.negatives / 2) / rest
      for index in start..<end {
        let place = Int(order[index])
        placements[place] = isClass(Int(rows[place])) ? below : above
      }
      sum += run.positives * below
      positivesBelow += run.positives
      negativesBelow += run.negatives
      start = end
    }
    return sum / all
  }

  private func weight(_ run: Range<Int>) -> (positives: Double, negatives: Double) {
    var sum = (positives: 0.0, negatives: 0.0)
    for index in run {
      let row = Int(rows[Int(order[index])])
      let w = weights?[row] ?? 1
      if isClass(row) { sum.positives += w } else { sum.negatives += w }
    }
    return sum
  }

  /// From placement values to what each row adds to the error of the AUC.
  func finish(_ auc: Double, _ sides: Sides, influence: inout [Double]) {
    for (place, row) in rows.enumerated() {
      let w = weights?[Int(row)] ?? 1
      let side = isClass(Int(row)) ? sides.positives.weight : sides.negatives.weight
      influence[place] = w * (influence[place] - auc) / side
    }
  }

  /// Σ (R − R′)·P over distinct scores, falling, with R the recall and P the precision of what scores as high, and
  /// what each row adds to its error: a row stands in the precision of every score that is not above its own.
  func averagePrecision(_ sides: Sides, influence: inout [Double]) -> Double {
    let all = sides.positives.weight
    let value = precisions(into: &influence) / all
    var selected = all + sides.negatives.weight
    var (gain, loss) = (0.0, 0.0)
    var start = 0
    while start < order.count {
      let end = ranks.runEnd(order, rows, from: start)
      let run = weight(start..<end)
      let precision = influence[Int(order[start])]
      if run.positives > 0, selected > 0 {
        gain += run.positives * (1 - precision) / selected
        loss += run.positives * precision / selected
      }
      for index in start..<end {
        let place = Int(order[index])
        let row = Int(rows[place])
        let own = isClass(row) ? precision - value + gain : -loss
        influence[place] = (weights?[row] ?? 1) * own / all
      }
      selected -= run.positives + run.negatives
      start = end
    }
    return value
  }

  /// The precision at each row's score; returns its sum over rows of the class, weighted.
  private func precisions(into values: inout [Double]) -> Double {
    var (positives, selected, sum) = (0.0, 0.0, 0.0)
    var end = order.count
    while end > 0 {
      let start = ranks.runStart(order, rows, endingAt: end)
      let run = weight(start..<end)
      positives += run.positives
      selected += run.positives + run.negatives
      let precision = selected > 0 ? positives / selected : 0
      sum += run.positives * precision
      for index in start..<end { values[Int(order[index])] = precision }
      end = start
    }
    return sum
  }
}

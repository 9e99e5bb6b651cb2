/// Ranking metrics of one class against the rest by its score, over the rows of a slice.
struct ScoreWalk {
  let scores: SortedScores
  /// The code of rows that have the class.
  let own: UInt16
  let positives: RowTotals
  let negatives: RowTotals

  /// How a row's part of the error is added: `scale` times the metric's own, and `drift` by weight for rows of the class.
  struct Share {
    var scale = 1.0
    var drift = 0.0
  }

  /// Sums over the rows of one score, which end before `end`.
  private struct Run {
    var positives = 0.0
    var negatives = 0.0
    var end: Int
  }

  init(_ scores: SortedScores, own: UInt16) {
    self.scores = scores
    self.own = own
    var (positives, negatives) = (RowTotals(), RowTotals())
    for index in scores.entries.indices {
      let w = scores.weight(index)
      if scores.entries[index].code == own { positives.add(w) } else { negatives.add(w) }
    }
    self.positives = positives
    self.negatives = negatives
  }

  var both: RowTotals {
    var sum = positives
    sum.rows += negatives.rows
    sum.weight += negatives.weight
    sum.squaredWeight += negatives.squaredWeight
    return sum
  }

  @inline(__always)
  private func run(from start: Int) -> Run {
    var run = Run(end: start)
    repeat {
      add(run.end, to: &run)
      run.end += 1
    } while !scores.entries[run.end - 1].endsRun
    return run
  }

  @inline(__always)
  private func add(_ index: Int, to run: inout Run) {
    let w = scores.weight(index)
    if scores.entries[index].code == own { run.positives += w } else { run.negatives += w }
  }

  /// The weighted share of pairs of a row with and one without the class that are in the right order, ties one half.
  func auc() -> Double {
    var (below, sum) = (0.0, 0.0)
    var start = 0
    while start < scores.entries.count {
      let run = run(from: start)
      sum += run.positives * (below + run.negatives / 2)
      below += run.negatives
      start = run.end
    }
    return min(1, sum / positives.weight / negatives.weight)
  }

  /// Adds what each row adds to the error of the AUC: how far the share among its own pairs, its placement value, is
  /// from the AUC (DeLong, DeLong & Clarke-Pearson 1988).
  func addAUC(_ auc: Double, _ share: Share, to influence: inout [Double]) {
    let (all, rest) = (positives.weight, negatives.weight)
    var (positivesBelow, negativesBelow) = (0.0, 0.0)
    var start = 0
    while start < scores.entries.count {
      let run = run(from: start)
      let below = (negativesBelow + run.negatives / 2) / rest
      let above = (all - positivesBelow - run.positives / 2) / all
      let ofClass = share.scale * (below - auc) / all + share.drift
      let ofOthers = share.scale * (above - auc) / rest
      for index in start..<run.end {
        let entry = scores.entries[index]
        influence[Int(entry.place)] += scores.weight(index) * (entry.code == own ? ofClass : ofOthers)
      }
      positivesBelow += run.positives
      negativesBelow += run.negatives
      start = run.end
    }
  }

  /// Σ (R − R′)·P over distinct scores, falling, with R the recall and P the precision of what scores as high.
  func averagePrecision() -> Double {
    var (found, selected, sum) = (0.0, 0.0, 0.0)
    var end = scores.entries.count
    while end > 0 {
      var run = Run(end: end)
      repeat {
        end -= 1
        add(end, to: &run)
      } while end > 0 && !scores.entries[end - 1].endsRun
      found += run.positives
      selected += run.positives + run.negatives
      if run.positives > 0 { sum += run.positives * found / selected }
    }
    return min(1, sum / positives.weight)
  }

  /// Adds what each row adds to the error of the average precision: a row stands in the precision of every score that is
  /// not above its own.
  func addAveragePrecision(_ value: Double, _ share: Share, to influence: inout [Double]) {
    let all = positives.weight
    var (found, selected) = (all, all + negatives.weight)
    var (gain, loss) = (0.0, 0.0)
    var start = 0
    while start < scores.entries.count {
      let run = run(from: start)
      // What is left after subtractions is at least this run.
      let inRun = run.positives + run.negatives
      let selectedHere = max(selected, inRun)
      let precision = selectedHere > 0 ? min(1, max(found, run.positives) / selectedHere) : 0
      if run.positives > 0 {
        gain += run.positives * (1 - precision) / selectedHere
        loss += run.positives * precision / selectedHere
      }
      let ofClass = share.scale * (precision - value + gain) / all + share.drift
      let ofOthers = -share.scale * loss / all
      for index in start..<run.end {
        let entry = scores.entries[index]
        influence[Int(entry.place)] += scores.weight(index) * (entry.code == own ? ofClass : ofOthers)
      }
      found -= run.positives
      selected -= inRun
      start = run.end
    }
  }
}

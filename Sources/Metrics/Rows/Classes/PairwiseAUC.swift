/// The mean over pairs of classes (i, j) that both occur of how well the score of i tells rows of i from rows of j
/// (Hand & Till 2001, M), ties one half.
struct PairwiseAUC: RowMetric {
  let definition: MetricDefinition
  let observations: ClassObservations
  let source: RankedClasses

  /// Complexity: O(rows + distinct scores + classes) for each class.
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    let totals = RowTotals(rows, observations.weights)
    var support = [Double](repeating: 0, count: observations.classCount)
    for row in rows { support[Int(observations.labels[Int(row)])] += weight(row) }
    let present = support.indices.filter { support[$0] > 0 }
    guard present.count > 1 else { return totals.undefined("fewer than two classes have rows") }
    let scale = 1 / Double(present.count * (present.count - 1))
    var sum = 0.0
    var scratch = [Double](repeating: 0, count: rows.count)
    for index in present {
      sum += column(index, rows, support, present, scale, &scratch, &influence)
    }
    return totals.measured(min(1, sum * scale))
  }

  @inline(__always)
  private func weight(_ row: UInt32) -> Double { observations.weights?[Int(row)] ?? 1 }

  /// The sum over the other classes j of the AUC of one score column between its class and j. Rows of the class have
  /// the sum of their placement values among all j, rows of j theirs among the class.
  private func column(
    _ index: Int, _ rows: [UInt32], _ support: [Double], _ present: [Int], _ scale: Double,
    _ placements: inout [Double], _ influence: inout [Double]
  ) -> Double {
    place(index, rows, support, &placements)
    // By class j, the weighted sum of its rows' placement values: the AUC times the weight of j.
    var sums = [Double](repeating: 0, count: support.count)
    for (place, row) in rows.enumerated() {
      sums[Int(observations.labels[Int(row)])] += weight(row) * placements[place]
    }
    let means = support.indices.map { support[$0] > 0 ? sums[$0] / support[$0] : 0 }
    for (place, row) in rows.enumerated() {
      let label = Int(observations.labels[Int(row)])
      guard support[label] > 0 else { continue }
      influence[place] += scale * weight(row) * (placements[place] - means[label]) / support[label]
    }
    return present.reduce(0) { $0 + ($1 == index ? 0 : means[$1]) }
  }

  private func place(_ index: Int, _ rows: [UInt32], _ support: [Double], _ placements: inout [Double]) {
    let scores = source.sorted(rows, index)
    // Weight of the class's rows below, and the shares of the other classes below, added up.
    var (own, others) = (0.0, 0.0)
    var start = 0
    while start < scores.entries.count {
      var (ownTied, othersTied) = (0.0, 0.0)
      var end = start
      repeat {
        let label = Int(scores.entries[end].code)
        if label == index {
          ownTied += scores.weight(end)
        } else if support[label] > 0 {
          othersTied += scores.weight(end) / support[label]
        }
        end += 1
      } while !scores.entries[end - 1].endsRun
      let below = others + othersTied / 2
      let above = (support[index] - own - ownTied / 2) / support[index]
      for entry in scores.entries[start..<end] {
        placements[Int(entry.place)] = Int(entry.code) == index ? below : above
      }
      own += ownTied
      others += othersTied
      start = end
    }
  }
}

/// The metrics of a readout for one set of predictions, and what each row contributes to them.
struct ImportanceReading: Sendable {
  /// By track, by group; NaN where undefined.
  var values: [[Double]]
  /// Influence of the rows on each track's quantity (that of the row's own group, or the gap). A quantity is its value plus
  /// the sum of influences to first order, and they sum to 0 over a group, so that the quantity's sampling variance is the
  /// sum of their squares.
  var influences: [[Double]]

  init(_ readout: ImportanceReadout) {
    values = readout.tracks.map { _ in [Double](repeating: .nan, count: readout.groupCount) }
    influences = readout.tracks.map { _ in [Double](repeating: 0, count: readout.groups.count) }
  }

  /// Scores and decisions of all rows, in the forms that metrics want.
  struct Prediction {
    let scores: [Double]
    let decisions: [UInt8]
    /// Rows in ascending order of score; empty where no metric needs it.
    let order: [UInt32]
  }
}

/// Labels and weights of the rows, and the buffers that reading their predictions again and again needs.
struct ImportanceReader {
  let labels: [UInt8]
  /// nil where every row counts 1.
  let weights: [Double]?
  private var codes: [Int32]
  private var losses: [Double]

  init(labels: [UInt8], weights: [Double]?) {
    self.labels = labels
    self.weights = weights
    codes = [Int32](repeating: 0, count: labels.count)
    losses = [Double](repeating: 0, count: labels.count)
  }

  /// Complexity: O(rows · tracks), given the order of scores.
  mutating func read(
    _ prediction: ImportanceReading.Prediction, _ readout: ImportanceReadout,
    into reading: inout ImportanceReading
  ) {
    let cells = readout.needsCells ? cellWeights(prediction, readout) : []
    for (index, track) in readout.tracks.enumerated() {
      switch track.form {
      case .cells(let metric):
        readCells(metric, cells, readout, track, &reading.values[index], &reading.influences[index])
      case .loss(let loss):
        loss.values(prediction.scores, labels, into: &losses)
        readLosses(readout, track, &reading.values[index], &reading.influences[index])
      case .ranks:
        let ranks = RankInfluences(
          prediction, readout, labels: labels, weights: weights, into: &reading.influences[index])
        reading.values[index] = ranks.values
        center(ranks.centers(track), ranks.scales(track), readout, &reading.influences[index])
      }
    }
  }

  /// Weights of the cells of all groups, and the cell of each row in `codes`.
  private mutating func cellWeights(
    _ prediction: ImportanceReading.Prediction, _ readout: ImportanceReadout
  ) -> [SIMD4<Double>] {
    let sums = ImportanceKernels.cells(
      readout.cells, prediction.decisions, weights, count: 4 * (readout.groupCount + 1), into: &codes)
    return (0..<readout.groupCount).map {
      SIMD4(sums[4 * $0], sums[4 * $0 + 1], sums[4 * $0 + 2], sums[4 * $0 + 3])
    }
  }

  private func readCells(
    _ metric: CellMetric, _ cells: [SIMD4<Double>], _ readout: ImportanceReadout, _ track: ImportanceTrack,
    _ values: inout [Double], _ influences: inout [Double]
  ) {
    var table = [Double](repeating: 0, count: 4 * (readout.groupCount + 1))
    for group in 0..<readout.groupCount {
      values[group] = metric.value(cells[group])
      let gradient = metric.gradient(cells[group]) * track.sign(group)
      for cell in 0..<4 { table[4 * group + cell] = gradient[cell] }
    }
    ImportanceKernels.look(up: codes, in: table, times: weights, into: &influences)
  }

  private func readLosses(
    _ readout: ImportanceReadout, _ track: ImportanceTrack, _ values: inout [Double],
    _ influences: inout [Double]
  ) {
    var sums = [Double](repeating: 0, count: readout.groupCount + 1)
    var totals = sums
    for row in losses.indices {
      let weight = weights?[row] ?? 1
      sums[Int(readout.groups[row])] += weight * losses[row]
      totals[Int(readout.groups[row])] += weight
    }
    var scales = [Double](repeating: 0, count: readout.groupCount + 1)
    for group in 0..<readout.groupCount {
      values[group] = totals[group] > 0 ? sums[group] / totals[group] : .nan
      scales[group] = totals[group] > 0 ? track.sign(group) / totals[group] : 0
    }
    for row in losses.indices {
      let group = Int(readout.groups[row])
      guard group < readout.groupCount else {
        influences[row] = 0
        continue
      }
      influences[row] = (weights?[row] ?? 1) * (losses[row] - values[group]) * scales[group]
    }
  }

  /// Scales DeLong's components and takes the AUC from them, by group and label.
  private func center(
    _ centers: [Double], _ scales: [Double], _ readout: ImportanceReadout, _ influences: inout [Double]
  ) {
    ImportanceKernels.center(
      &influences, centers: centers, scales: scales, readout.cells, times: weights)
  }
}

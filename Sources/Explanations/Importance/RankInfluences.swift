/// ROC AUC by group, and DeLong's components of its rows (DeLong, DeLong & Clarke-Pearson 1988).
struct RankInfluences {
  /// By group; NaN where a class is absent.
  let values: [Double]
  private let classes: [SIMD2<Double>]

  /// Writes each row's component: the weight of rows of the other class that it is in the right order with, ties one half.
  init(
    _ prediction: ImportanceReading.Prediction, _ readout: ImportanceReadout, labels: [UInt8],
    weights: [Double]?, into components: inout [Double]
  ) {
    var concordant: [Double] = []
    let rows = Self.split(prediction.order, readout)
    for group in 0..<readout.groupCount {
      concordant.append(
        ImportanceKernels.ranks(
          rows.order, rows.starts[group]..<rows.starts[group + 1], prediction.scores, labels, weights,
          allPositives: readout.classes[group][1], into: &components))
    }
    classes = readout.classes
    values = concordant.indices.map { [classes] in
      let pairs = classes[$0][0] * classes[$0][1]
      return pairs > 0 ? concordant[$0] / pairs : .nan
    }
  }

  /// Rows by group, those of a group in the order of their scores.
  private static func split(
    _ order: [UInt32], _ readout: ImportanceReadout
  ) -> (order: [UInt32], starts: [Int]) {
    guard readout.groupCount > 1 || readout.groups.contains(1) else { return (order, [0, order.count]) }
    var starts = [Int](repeating: 0, count: readout.groupCount + 2)
    for group in readout.groups { starts[Int(group) + 1] += 1 }
    for group in 1..<starts.count { starts[group] += starts[group - 1] }
    var next = starts
    var rows = order
    for row in order {
      let group = Int(readout.groups[Int(row)])
      rows[next[group]] = row
      next[group] += 1
    }
    return (rows, starts)
  }

  /// What to take from components, by the row's cell without a decision; 0 for rows of no group.
  func centers(_ track: ImportanceTrack) -> [Double] {
    table { group, isPositive in values[group] * classes[group][isPositive ? 0 : 1] }
  }

  /// What to multiply them by then: components divided by the weight of both classes sum to the AUC over a class.
  func scales(_ track: ImportanceTrack) -> [Double] {
    table { group, _ in track.sign(group) / (classes[group][0] * classes[group][1]) }
  }

  private func table(_ entry: (Int, Bool) -> Double) -> [Double] {
    var table = [Double](repeating: 0, count: 4 * (values.count + 1))
    for group in values.indices where values[group].isFinite {
      table[4 * group + 2] = entry(group, true)
      table[4 * group + 3] = entry(group, false)
    }
    return table
  }
}

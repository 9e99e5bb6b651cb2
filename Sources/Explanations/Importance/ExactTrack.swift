import Metrics

/// The exact expectation of a track that is a sum over rows.
struct ExactTrack {
  private let readout: ImportanceReadout
  private let track: ImportanceTrack
  private let layout: PoolLayout
  private let labels: [UInt8]
  private let weights: [Double]?
  private var pairs: PairLosses
  /// Number of donors that give each row a positive decision.
  private var positives: [Int]
  private var losses: [Double]
  private let base: ImportanceReading.Prediction
  /// Whether any prediction that the metric sees has changed, by group.
  private var changes: [Bool]
  /// What a unit of weight adds: by cell, or by group for losses; empty where the track is no sum over rows.
  private let parts: [Double]

  init(
    _ readout: ImportanceReadout, _ track: ImportanceTrack, _ layout: PoolLayout,
    _ observations: Observations, base: ImportanceReading.Prediction
  ) {
    self.base = base
    changes = [Bool](repeating: false, count: readout.groupCount + 1)
    self.readout = readout
    self.track = track
    self.layout = layout
    (labels, weights) = (observations.labels, observations.weights)
    pairs = PairLosses(layout)
    positives = [Int](repeating: 0, count: labels.count)
    losses = [Double](repeating: 0, count: labels.count)
    parts = Self.parts(readout, track)
  }

  private static func parts(
    _ readout: ImportanceReadout, _ track: ImportanceTrack
  ) -> [Double] {
    let classes = readout.classes
    switch track.form {
    case .ranks: return []
    case .cells(let metric):
      guard metric.isAdditive else { return [] }
      return classes.indices.flatMap { group -> [Double] in
        let cells = SIMD4(classes[group][1], 0, 0, classes[group][0])
        guard group < readout.groupCount, metric.value(cells).isFinite else { return [0, 0, 0, 0] }
        let parts = metric.parts(cells) * track.sign(group)
        return (0..<4).map { parts[$0] }
      }
    case .loss:
      return classes.indices.map { group in
        let total = classes[group].sum()
        return group < readout.groupCount && total > 0 ? track.sign(group) / total : 0
      }
    }
  }

  /// - Parameter shift: which of its donors each row has; a row with fewer of them has had them all
  mutating func add(_ prediction: ImportanceReading.Prediction, _ donors: [Int32], shift: Int) {
    note(prediction)
    guard !parts.isEmpty else { return }
    if case .loss(let loss) = track.form { loss.values(prediction.scores, labels, into: &losses) }
    for row in donors.indices where shift < layout.size(layout.pools[row]) {
      let weight = weights?[row] ?? 1
      let value: Double
      if case .loss = track.form {
        value = losses[row] * parts[Int(readout.groups[row])]
      } else {
        value = parts[Int(readout.cells[row]) - 2 * Int(prediction.decisions[row])]
        positives[row] += Int(prediction.decisions[row])
      }
      pairs.add(weight * value, row: row, donor: Int(donors[row]))
    }
  }

  private mutating func note(_ prediction: ImportanceReading.Prediction) {
    guard !changes.dropLast().allSatisfy({ $0 }) else { return }
    if case .cells = track.form {
      for row in labels.indices where prediction.decisions[row] != base.decisions[row] {
        changes[Int(readout.groups[row])] = true
      }
    } else {
      for row in labels.indices where prediction.scores[row] != base.scores[row] {
        changes[Int(readout.groups[row])] = true
      }
    }
  }

  /// Whether a prediction has changed that a quantity of the track sees.
  var quantityChanges: [Bool] {
    track.gap.map { [changes[$0.group] || changes[$0.reference]] } ?? changes.dropLast()
  }

  /// Nil for a track that is no sum over rows. - Parameter base: the metric by group as it is
  func expectation(base: [Double]) -> ExactExpectation? {
    guard !parts.isEmpty else { return nil }
    let (values, centers) = centers(base)
    let own = labels.indices.map { row in
      (weights?[row] ?? 1) * centers[2 * Int(readout.groups[row]) + Int(labels[row])]
    }
    let means = layout.means(own)
    return ExactExpectation(
      values: values, rows: labels.indices.map { pairs.rowMean($0) - own[$0] },
      columns: labels.indices.map { pairs.columnMean($0) - means[Int(layout.pools[$0])] },
      shuffleVariance: pairs.shuffleVariance)
  }

  /// Expected metric by group, and what to take from a row's part per weight, by group and label.
  private func centers(_ base: [Double]) -> (values: [Double], centers: [Double]) {
    var centers = [Double](repeating: 0, count: 2 * (readout.groupCount + 1))
    guard case .cells(let metric) = track.form else {
      var sums = [Double](repeating: 0, count: readout.groupCount + 1)
      for (row, group) in readout.groups.enumerated() { sums[Int(group)] += pairs.rowMean(row) }
      let values = base.indices.map { group in
        track.sign(group) == 0 || !base[group].isFinite ? .nan : sums[group] * track.sign(group)
      }
      for group in base.indices where values[group].isFinite {
        centers[2 * group] = values[group] * parts[group]
        centers[2 * group + 1] = centers[2 * group]
      }
      return (values, centers)
    }
    let cells = expectedCells()
    for group in base.indices where base[group].isFinite {
      let gradient = metric.gradient(cells[group]) * track.sign(group)
      centers[2 * group] = parts[4 * group + 3] - gradient[3]
      centers[2 * group + 1] = parts[4 * group] - gradient[0]
    }
    return (base.indices.map { metric.value(cells[$0]) }, centers)
  }

  private func expectedCells() -> [SIMD4<Double>] {
    var cells = [SIMD4<Double>](repeating: .zero, count: readout.groupCount + 1)
    for (row, group) in readout.groups.enumerated() {
      let share = Double(positives[row]) / Double(layout.size(layout.pools[row]))
      let weight = weights?[row] ?? 1
      let isPositive = labels[row] == 1
      cells[Int(group)][isPositive ? 0 : 1] += weight * share
      cells[Int(group)][isPositive ? 2 : 3] += weight * (1 - share)
    }
    return cells
  }
}

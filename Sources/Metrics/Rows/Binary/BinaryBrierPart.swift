/// Parts of the Brier score.
enum BinaryBrierPart: Sendable {
  /// Σ (n_k / n)·(mean score − mean label)² over bins (Murphy 1973).
  case reliability(BinaryBinning)
  /// Σ (n_k / n)·(mean label − prevalence)².
  case resolution(BinaryBinning)
  /// What the best rising recalibration of the scores would save (Dimitriadis, Gneiting & Jordan 2021).
  case miscalibration
  /// What scores so recalibrated save over the prevalence.
  case discrimination

  func measure(
    _ observations: BinaryRowObservations, _ slice: [UInt32], influence: inout [Double]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice)
    let total = counts.total(counts.weights, .rows)
    guard total > 0 else { return counts.undefined("zero weight", .rows) }
    let value: Double
    switch self {
    case .reliability(let binning):
      value = reliability(BinaryBins(binning, observations, slice), observations, slice, &influence)
    case .resolution(let binning):
      value = resolution(BinaryBins(binning, observations, slice), observations, slice, &influence)
    case .miscalibration: value = recalibrated(observations, slice, &influence, fromPrevalence: false)
    case .discrimination: value = recalibrated(observations, slice, &influence, fromPrevalence: true)
    }
    for (position, row) in slice.enumerated() {
      influence[position] *= observations.weight(Int(row)) / total
    }
    return counts.measured(value, .rows)
  }

  private func reliability(
    _ bins: BinaryBins, _ observations: BinaryRowObservations, _ slice: [UInt32], _ change: inout [Double]
  ) -> Double {
    let value =
      bins.indices.reduce(0.0) { sum, bin in
        bins.weights[bin] > 0 ? sum + bins.weights[bin] * bins.gap(bin) * bins.gap(bin) : sum
      } / bins.weight
    for (position, row) in slice.enumerated() where bins.weights[bins.assignment[position]] > 0 {
      let bin = bins.assignment[position]
      let gap = bins.confidence(bin) - bins.accuracy(bin)
      let residual = observations.score(Int(row)) - observations.label(Int(row))
      change[position] = 2 * gap * residual - gap * gap - value
    }
    return value
  }

  private func resolution(
    _ bins: BinaryBins, _ observations: BinaryRowObservations, _ slice: [UInt32], _ change: inout [Double]
  ) -> Double {
    let prevalence = bins.labels.reduce(0, +) / bins.weight
    let value =
      bins.indices.reduce(0.0) { sum, bin in
        guard bins.weights[bin] > 0 else { return sum }
        let distance = bins.accuracy(bin) - prevalence
        return sum + bins.weights[bin] * distance * distance
      } / bins.weight
    for (position, row) in slice.enumerated() where bins.weights[bins.assignment[position]] > 0 {
      let distance = bins.accuracy(bins.assignment[position]) - prevalence
      // The bin's own share moves with the row: d Σ W·d² = 2·d·(y − prevalence) − d².
      let residual = observations.label(Int(row)) - prevalence
      change[position] = 2 * distance * residual - distance * distance - value
    }
    return value
  }

  /// The recalibration is a minimum, so that to first order it does not move (envelope theorem).
  private func recalibrated(
    _ observations: BinaryRowObservations, _ slice: [UInt32], _ change: inout [Double], fromPrevalence: Bool
  ) -> Double {
    let curve = BinaryCurve(observations, slice)
    let fitted = BinaryIsotonic(curve).values
    let prevalence = curve.allPositives / (curve.allPositives + curve.allNegatives)
    var (sum, weight) = (0.0, 0.0)
    for (position, row) in slice.enumerated() {
      let label = observations.label(Int(row))
      let before = label - (fromPrevalence ? prevalence : observations.score(Int(row)))
      let after = label - fitted[curve.steps[position]]
      change[position] = before * before - after * after
      sum += observations.weight(Int(row)) * change[position]
      weight += observations.weight(Int(row))
    }
    for position in slice.indices { change[position] -= sum / weight }
    return max(0, sum / weight)
  }
}

/// The rising function of the score that is nearest to the labels (pool adjacent violators; Ayer et al. 1955).
struct BinaryIsotonic: Sendable {
  /// Its value at each step of a curve; entry 0 belongs to no row.
  let values: [Double]

  /// Complexity: O(steps).
  init(_ curve: BinaryCurve) {
    var blocks: [(weight: Double, positives: Double, first: Int)] = []
    for step in stride(from: 1, through: curve.count, by: 1) {
      let positives = curve.positives[step] - curve.positives[step - 1]
      let weight = positives + curve.negatives[step] - curve.negatives[step - 1]
      blocks.append((weight, positives, step))
      // Steps come from the highest score down: shares must not rise.
      while blocks.count > 1 {
        let (last, above) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        guard last.positives * above.weight >= above.positives * last.weight else { break }
        blocks.removeLast(2)
        blocks.append((above.weight + last.weight, above.positives + last.positives, above.first))
      }
    }
    var values = [Double](repeating: 0, count: curve.count + 1)
    for (index, block) in blocks.enumerated() {
      let end = index + 1 < blocks.count ? blocks[index + 1].first : curve.count + 1
      for step in block.first..<end { values[step] = block.positives / block.weight }
    }
    self.values = values
  }
}

import Glibc

/// Metrics of the rows with the highest scores. Where the edge cuts through equal scores, the tied rows count
/// in part, as if they stood in random order.
enum BinaryTop {
  /// What is told of the rows on top.
  enum Quantity: Sendable {
    /// Share of all positives that are on top.
    case gain
    /// Precision on top over prevalence.
    case lift
    /// Share of the rows on top that are positive.
    case precision
  }

  /// - Parameter fraction: share of the weight of the slice that is on top, above 0, at most 1.
  static func measure(
    _ quantity: Quantity, fraction: Double, _ observations: BinaryRowObservations, _ slice: [UInt32],
    influence: inout [Double]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice)
    let basis: BinaryBasis = quantity == .gain ? .positives : .rows
    guard counts.total(counts.weights, .rows) > 0 else { return counts.undefined("zero weight", basis) }
    let curve = BinaryCurve(observations, slice)
    guard curve.allPositives > 0 || quantity == .precision else {
      return counts.undefined("no positives", basis)
    }
    let total = curve.allPositives + curve.allNegatives
    let edge = Edge(curve, weight: fraction * total)
    let base = quantity == .precision ? fraction * total : curve.allPositives
    let scale = quantity == .lift ? 1 / fraction : 1.0
    let share = edge.positives / base
    for (position, row) in slice.enumerated() {
      let inside = edge.share(curve.steps[position])
      let label = observations.label(Int(row))
      let moved = label * inside + edge.localPrecision * (fraction - inside)
      let change = moved - share * (quantity == .precision ? fraction : label)
      influence[position] = observations.weight(Int(row)) * scale * change / base
    }
    return counts.measured(share * scale, basis)
  }

  /// Share of positives among the `k` rows on top, or of all positives that are among them; weights weigh
  /// within equal scores and in the denominators.
  static func measure(
    top k: Int, isRecall: Bool, _ observations: BinaryRowObservations, _ slice: [UInt32]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice)
    let basis: BinaryBasis = isRecall ? .positives : .rows
    guard counts.total(counts.weights, .rows) > 0 else { return counts.undefined("zero weight", basis) }
    let curve = BinaryCurve(observations, slice)
    guard let step = curve.rowCounts.firstIndex(where: { $0 >= k }), step > 0 else {
      return counts.undefined("fewer than \(k) rows", basis)
    }
    guard !isRecall || curve.allPositives > 0 else { return counts.undefined("no positives", basis) }
    let before = curve.rowCounts[step - 1]
    let share = Double(k - before) / Double(curve.rowCounts[step] - before)
    let positives = interpolate(curve.positives, step, share)
    let base = isRecall ? curve.allPositives : positives + interpolate(curve.negatives, step, share)
    return counts.measured(positives / base, basis, hasInfluence: false)
  }

  private static func interpolate(_ values: [Double], _ step: Int, _ share: Double) -> Double {
    values[step - 1] + share * (values[step] - values[step - 1])
  }

  /// Where the top ends.
  private struct Edge {
    let step: Int
    /// Share of the step at the edge that is on top.
    let part: Double
    let positives: Double
    /// Share of positives around the edge: how the positives on top change when the edge moves. Taken over
    /// n^⅔ rows about the edge where fewer are tied there, as a single row says nothing of its neighbours.
    let localPrecision: Double

    init(_ curve: BinaryCurve, weight: Double) {
      func total(_ step: Int) -> Double { curve.positives[step] + curve.negatives[step] }
      // Rounding must not push the edge of all rows beyond the last.
      var step = 1
      while step < curve.count, total(step) < weight * (1 - 1e-12) { step += 1 }
      self.step = step
      part = min(1, (weight - total(step - 1)) / (total(step) - total(step - 1)))
      positives = BinaryTop.interpolate(curve.positives, step, part)
      let rows = Double(curve.rowCounts[curve.count])
      let window = total(curve.count) * cbrt(rows * rows) / rows
      var (low, high) = (step - 1, step)
      while total(high) - total(low) < window, low > 0 || high < curve.count {
        if low > 0 { low -= 1 }
        if high < curve.count { high += 1 }
      }
      localPrecision = (curve.positives[high] - curve.positives[low]) / (total(high) - total(low))
    }

    /// How much of a row at a step is on top.
    func share(_ step: Int) -> Double { step < self.step ? 1 : step > self.step ? 0 : part }
  }
}

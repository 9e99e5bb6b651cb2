/// A metric of one slice as a function of the weights of its four outcomes: all that the bootstrap over cells and permutations of cells
/// need to know of it.
package struct CellStatistic: Sendable {
  package let counts: OutcomeCounts
  /// Of TP, FP, FN, TN; nil where it is undefined.
  package let value: @Sendable (Double, Double, Double, Double) -> Double?

  package init(
    counts: OutcomeCounts, value: @escaping @Sendable (Double, Double, Double, Double) -> Double?
  ) {
    self.counts = counts
    self.value = value
  }

  /// One of the composites; nil for any other metric.
  package init?(_ metric: BinaryMetric, _ counts: OutcomeCounts) {
    guard Composite.contains(metric) else { return nil }
    self.init(counts: counts, value: Composite.statistic(metric))
  }

  /// With half a row of mean weight more in each cell, so that no class is empty: the value and its variance by the delta method.
  func smoothed(meanWeight: Double, meanSquare: Double) -> (value: Double, variance: Double)? {
    let cells = counts.weights.map { $0 + meanWeight / 2 }
    let squares = counts.squaredWeights.map { $0 + meanSquare / 2 }
    var (up, variance) = (cells, 0.0)
    guard let value = value(cells[0], cells[1], cells[2], cells[3]) else { return nil }
    for cell in 0..<4 {
      let step = 1e-4 * cells[cell]
      up[cell] = cells[cell] + step
      guard let above = self.value(up[0], up[1], up[2], up[3]) else { return nil }
      up[cell] = cells[cell]
      let slope = (above - value) / step
      variance += slope * slope * squares[cell]
    }
    return (value, variance)
  }
}

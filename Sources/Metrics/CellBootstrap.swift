import Statistics

/// The bootstrap over cells: a metric of the confusion matrix depends on the rows through four counts
/// only, so that resampling n rows is one multinomial draw.
///
/// Cells are smoothed by half a row each, (c + ½)/(n + 2), so that an empty cell still varies. With
/// weights, each cell's weight is drawn from a gamma distribution with its mean Σw and variance Σw²
/// (the Poisson bootstrap of the cell, moment-matched), smoothed by half a row of mean weight.
package struct CellBootstrap: Sendable {
  package let replicates: Int
  package let seed: UInt64
  package let isWeighted: Bool

  package init(replicates: Int, seed: UInt64, isWeighted: Bool) {
    self.replicates = replicates
    self.seed = seed
    self.isWeighted = isWeighted
  }

  /// Replicates of the cells (TP, FP, FN, TN), 4 entries each. Draws are keyed by the slice's name, so
  /// that they do not depend on what else is evaluated.
  package func draw(_ counts: OutcomeCounts, key: String) -> [Double] {
    var random = KeyedRandom(seed: seed, key: "cells of " + key)
    return isWeighted ? drawWeighted(counts, &random) : drawRows(counts, &random)
  }

  private func drawRows(_ counts: OutcomeCounts, _ random: inout KeyedRandom) -> [Double] {
    let rows = counts.rowCount
    let smoothed = counts.rows.map { (Double($0) + 0.5) / (Double(rows) + 2) }
    let sampler = MultinomialSampler(probabilities: smoothed)
    var draw = [Int](repeating: 0, count: 4)
    var result: [Double] = []
    result.reserveCapacity(4 * replicates)
    for _ in 0..<replicates {
      sampler.draw(trials: rows, into: &draw, using: &random)
      for cell in draw { result.append(Double(cell)) }
    }
    return result
  }

  private func drawWeighted(_ counts: OutcomeCounts, _ random: inout KeyedRandom) -> [Double] {
    let rows = max(1, counts.rowCount)
    let mean = counts.weight / Double(rows)
    let squareMean = counts.squaredWeight / Double(rows)
    let cells = (0..<4).map { cell in
      let weight = counts.weights[cell] + mean / 2
      let square = counts.squaredWeights[cell] + squareMean / 2
      return (shape: square > 0 ? weight * weight / square : 0, scale: weight > 0 ? square / weight : 0)
    }
    var result: [Double] = []
    result.reserveCapacity(4 * replicates)
    for _ in 0..<replicates {
      for cell in cells {
        result.append(cell.shape > 0 ? random.gamma(shape: cell.shape) * cell.scale : 0)
      }
    }
    return result
  }

  /// The most replicates that may be undefined before an interval is refused.
  static let undefinedLimit = 0.05

  /// A statistic of each replicate of the cells; NaN where it is undefined.
  package static func replicates(
    _ cells: [Double], _ statistic: (Double, Double, Double, Double) -> Double?
  ) -> [Double] {
    stride(from: 0, to: cells.count, by: 4).map { start in
      statistic(cells[start], cells[start + 1], cells[start + 2], cells[start + 3]) ?? .nan
    }
  }

  /// The percentile interval and standard deviation of a statistic over replicates; nil where more than
  /// 5 % of them are undefined (NaN). The interval is widened to hold `value`, which smoothing may leave out.
  package func interval(
    _ replicates: [Double], around value: Double, level: Double
  ) -> (limits: Interval, standardError: Double)? {
    var defined = replicates.filter { !$0.isNaN }
    guard Double(replicates.count - defined.count) <= Self.undefinedLimit * Double(replicates.count),
      defined.count > 1
    else { return nil }
    let mean = defined.reduce(0, +) / Double(defined.count)
    let squares = defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let limits = Quantile.percentileInterval(&defined, level: level)
    return (
      Interval(lower: min(limits.lower, value), upper: max(limits.upper, value)),
      (squares / Double(defined.count - 1)).squareRoot()
    )
  }
}

import Statistics

/// The bootstrap over cells: a metric of the confusion matrix depends on the rows through four counts
/// only, so that resampling rows is one draw of the counts.
///
/// Each cell of each stratum is a Poisson draw of its rows, which is the multinomial draw of resampled rows but for their number, on which
/// no metric depends; with weights a gamma draw of its weight, with mean Σw and variance Σw². Slices that share rows share their draws
/// (`CellStrata`). Half a row, of mean weight, is added to each cell of a slice, so that an empty cell still varies.
package struct CellBootstrap: Sendable {
  static let intervalName = "bias-corrected and accelerated (BCa) cell bootstrap"

  package let replicates: Int
  package let seed: UInt64
  package let isWeighted: Bool
  /// The cells that slices share, one table for all families or one for each; slices that are in none are drawn by themselves.
  private let strata: [CellStrata]

  package init(replicates: Int, seed: UInt64, isWeighted: Bool, strata: [CellStrata] = []) {
    self.replicates = replicates
    self.seed = seed
    self.isWeighted = isWeighted
    self.strata = strata
  }

  /// The statistic of the four cells (TP, FP, FN, TN); nil where it is undefined. Only ratios of sums mean the same at any number of rows.
  package typealias Statistic = (Double, Double, Double, Double) -> Double?

  /// Replicates of the cells (TP, FP, FN, TN), 4 entries each.
  ///
  /// - Parameter key: the slice's name. It finds the strata, and keys the draws of a slice that has none, so that they do not depend
  ///   on what else is evaluated.
  package func draw(_ counts: OutcomeCounts, key: String) -> [Double] {
    var cells = [Double](repeating: 0, count: 4 * replicates)
    if let found = strata.first(where: { $0.strata(of: key) != nil }), let own = found.strata(of: key) {
      found.add(own, seed: seed, into: &cells)
    } else {
      CellStrata(counts, name: key, isWeighted: isWeighted).add([0], seed: seed, into: &cells)
    }
    addHalfRow(counts, key: key, into: &cells)
    return cells
  }

  /// Replicates of a part and of the whole that contains it, drawn together: what the part gains, the whole gains.
  package func draw(
    _ part: OutcomeCounts, key: String, in whole: OutcomeCounts, wholeKey: String
  ) -> (part: [Double], whole: [Double]) {
    var inner = [Double](repeating: 0, count: 4 * replicates)
    var all = inner
    if let shared = strata.first(where: { $0.strata(of: key) != nil && $0.strata(of: wholeKey) != nil }),
      let mine = shared.strata(of: key), let every = shared.strata(of: wholeKey)
    {
      let own = Set(mine)
      shared.add(mine, seed: seed, into: &inner)
      shared.add(every.filter { !own.contains($0) }, seed: seed, into: &all)
    } else {
      CellStrata(part, name: key, isWeighted: isWeighted).add([0], seed: seed, into: &inner)
      CellStrata(part.complement(in: whole), name: "rows outside " + key, isWeighted: isWeighted)
        .add([0], seed: seed, into: &all)
    }
    addHalfRow(part, key: key, into: &inner)
    for place in all.indices { all[place] += inner[place] }
    return (inner, all)
  }

  private func addHalfRow(_ counts: OutcomeCounts, key: String, into cells: inout [Double]) {
    CellDraws.addHalfRow(
      weight: isWeighted ? counts.meanWeight : 1, random: KeyedRandom(seed: seed, key: "half rows of " + key),
      into: &cells)
  }

  /// The most replicates that may be undefined before an interval is refused.
  static let undefinedLimit = 0.05

  /// A statistic of each replicate of the cells; NaN where it is undefined.
  package static func replicates(_ cells: [Double], _ statistic: Statistic) -> [Double] {
    stride(from: 0, to: cells.count, by: 4).map { start in
      statistic(cells[start], cells[start + 1], cells[start + 2], cells[start + 3]) ?? .nan
    }
  }

  /// The percentile interval and standard deviation of a statistic over replicates; nil where more than
  /// 5 % of them are undefined (NaN). The interval is widened to hold `value`, which smoothing may leave out.
  package func interval(
    _ replicates: [Double], around value: Double, level: Double
  ) -> (limits: Interval, standardError: Double)? {
    interval(replicates, around: value, level: level) { Quantile.percentileInterval(&$0, level: level) }
  }

  /// Efron's (1987) bias-corrected and accelerated interval of a statistic of one slice.
  ///
  /// The bias is that of the replicates about the statistic of the smoothed cells, from which they are drawn; the acceleration comes
  /// from leaving out one row of each kind. Percentiles stand where all replicates lie on one side.
  /// - Parameter cells: replicates of `counts`.
  package func interval(
    _ cells: [Double], of counts: OutcomeCounts, around value: Double, level: Double,
    statistic: Statistic
  ) -> (limits: Interval, standardError: Double)? {
    let smoothed = counts.smoothed
    guard let centre = statistic(smoothed[0], smoothed[1], smoothed[2], smoothed[3]) else {
      return interval(Self.replicates(cells, statistic), around: value, level: level)
    }
    let jackknife = counts.jackknife(statistic)
    return interval(Self.replicates(cells, statistic), around: value, level: level) { defined in
      BCa(estimate: centre, replicates: defined, jackknife: jackknife).interval(&defined, level: level)
        ?? Quantile.percentileInterval(&defined, level: level)
    }
  }

  private func interval(
    _ replicates: [Double], around value: Double, level: Double, limits: (inout [Double]) -> Interval
  ) -> (limits: Interval, standardError: Double)? {
    var defined = replicates.filter { !$0.isNaN }
    guard Double(replicates.count - defined.count) <= Self.undefinedLimit * Double(replicates.count),
      defined.count > 1
    else { return nil }
    let mean = defined.reduce(0, +) / Double(defined.count)
    let squares = defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let limits = limits(&defined)
    return (
      Interval(lower: min(limits.lower, value), upper: max(limits.upper, value)),
      (squares / Double(defined.count - 1)).squareRoot()
    )
  }
}

extension OutcomeCounts {
  /// Σw / n; 0 without rows.
  var meanWeight: Double { rowCount > 0 ? weight / Double(rowCount) : 0 }

  /// Weights with half a row of mean weight more in each cell.
  var smoothed: [Double] { weights.map { $0 + meanWeight / 2 } }

  /// A statistic with one row of each kind left out, and how many rows are of that kind, both of the smoothed cells.
  func jackknife(_ statistic: CellBootstrap.Statistic) -> [(value: Double, rows: Double)] {
    let whole = smoothed
    return (0..<4).compactMap { cell in
      let rows = Double(self.rows[cell]) + 0.5
      var cells = whole
      cells[cell] -= whole[cell] / rows * min(1, rows)
      return statistic(cells[0], cells[1], cells[2], cells[3]).map { ($0, rows) }
    }
  }
}

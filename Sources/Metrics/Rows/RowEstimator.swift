import Glibc
import Results
import Statistics

/// Turns what a metric is over the rows of a slice into an estimate with an interval.
package struct RowEstimator: Sendable {
  package let level: Double
  /// The unit (a person, a query) that each row belongs to: units are independent, rows of one are not. nil where
  /// every row is a unit of its own.
  package let units: [UInt32]?
  private let unitCount: Int
  /// Judges functions of the four outcomes; nil: by their influence, as others.
  private let bootstrap: CellBootstrap?

  /// How `CellFunction`s are judged where rows are independent.
  static let cellInterval = CellBootstrap.intervalName

  package init(level: Double, units: [UInt32]?, bootstrap: CellBootstrap? = nil) {
    self.level = level
    self.units = units
    self.bootstrap = bootstrap
    unitCount = Int(units?.max() ?? 0) + 1
  }

  /// A metric over some rows, with what each unit adds to its error.
  package struct Result: Sendable {
    package var estimate: Estimate
    /// By unit, or by row of the slice where rows are the units; empty where it is not known.
    var influence: [Double]
    /// Units that have a row here.
    var unitCount: Int
    /// The standard error over the one that follows from the influence.
    var stretch = 1.0
    /// What is judged by its cells.
    package var cells: CellStatistic?
  }

  /// Complexity: the metric's own, and O(rows + units).
  ///
  /// - Parameter key: the slice's name, which keys random draws.
  package func result(_ metric: any RowMetric, rows: [UInt32], key: String = "") -> Result {
    var influence = [Double](repeating: 0, count: rows.count)
    let measured = metric.measure(rows, influence: &influence)
    var result = Result(
      estimate: Self.blank(measured, rows: rows.count), influence: [], unitCount: rows.count)
    guard let value = measured.value, metric.definition.entry.kind != .count else { return result }
    guard measured.hasInfluence else {
      result.estimate.status = .notEstimable
      result.estimate.reason = "no standard error is known"
      return result
    }
    (result.influence, result.unitCount) = folded(influence, rows)
    let kind = metric.definition.entry.kind
    if let bootstrap, let cells = cells(metric, rows) {
      judge(&result, cells, bootstrap, key, metric.definition.range)
      return result
    }
    let variance = self.variance(result, isRate: kind == .rate)
    let judge = IntervalMaker(level: level, range: metric.definition.range, units: result.unitCount)
    judge.fill(
      &result.estimate, value, variance, kind: kind, isClustered: units != nil)
    return result
  }

  /// A metric over some rows as a function of their outcomes; nil for a rate, where rows of one unit belong together, and for what is
  /// no such function. Replicates are brought to the weight of the slice, whose rows are taken as given.
  private func cells(_ metric: any RowMetric, _ rows: [UInt32]) -> CellStatistic? {
    guard metric.definition.entry.kind != .rate, units == nil, let function = metric as? any CellFunction,
      let counts = function.counts(rows)
    else { return nil }
    let weight = counts.weight
    return CellStatistic(counts: counts) { a, b, c, d in
      let scale = weight / (a + b + c + d)
      return function.value(
        truePositives: scale * a, falsePositives: scale * b, falseNegatives: scale * c,
        trueNegatives: scale * d)
    }
  }

  /// By replicates of the four outcomes, those that built-in composites of the same slice are judged by.
  private func judge(
    _ result: inout Result, _ cells: CellStatistic, _ bootstrap: CellBootstrap, _ key: String,
    _ range: ClosedRange<Double>
  ) {
    guard let value = result.estimate.value,
      let found = bootstrap.interval(
        bootstrap.draw(cells.counts, key: key), of: cells.counts, around: value, level: level,
        statistic: cells.value)
    else {
      result.estimate.status = .notEstimable
      result.estimate.reason = "more than 5 % of bootstrap replicates are undefined"
      return
    }
    guard found.standardError > 0 else {
      result.estimate.status = .notEstimable
      result.estimate.reason = "no variation to judge by"
      return
    }
    result.cells = cells
    result.estimate.standardError = found.standardError
    result.estimate.lower = max(range.lowerBound, found.limits.lower)
    result.estimate.upper = min(range.upperBound, found.limits.upper)
    let plain = result.influence.reduce(0) { $0 + $1 * $1 }.squareRoot()
    if plain > 0 { result.stretch = found.standardError / plain }
  }

  /// The value, its variance by influence and the units that have a row here; nil where there is none of these.
  func moments(
    _ metric: any RowMetric, _ rows: [UInt32]
  ) -> (value: Double, variance: Double, units: Int)? {
    var influence = [Double](repeating: 0, count: rows.count)
    let measured = metric.measure(rows, influence: &influence)
    guard let value = measured.value, measured.hasInfluence else { return nil }
    var result = Result(
      estimate: Self.blank(measured, rows: rows.count), influence: [], unitCount: rows.count)
    (result.influence, result.unitCount) = folded(influence, rows)
    return (value, variance(result, isRate: false) ?? 0, result.unitCount)
  }

  private static func blank(_ measured: Measured, rows: Int) -> Estimate {
    var estimate = Estimate(
      value: measured.value, denominator: measured.denominator, weight: measured.weight,
      effectiveCount: measured.effectiveCount, status: .ok)
    if measured.value == nil {
      estimate.status = rows == 0 ? .empty : .undefined
      estimate.reason = rows == 0 ? "no rows" : measured.reason ?? "undefined"
    }
    return estimate
  }

  /// Sums of influence by unit.
  private func folded(_ influence: [Double], _ rows: [UInt32]) -> ([Double], Int) {
    guard let units else { return (influence, rows.count) }
    var sums = [Double](repeating: 0, count: unitCount)
    var isSeen = [Bool](repeating: false, count: unitCount)
    for (place, row) in rows.enumerated() {
      let unit = Int(units[Int(row)])
      sums[unit] += influence[place]
      isSeen[unit] = true
    }
    return (sums, isSeen.reduce(0) { $0 + ($1 ? 1 : 0) })
  }

  /// Σψ² over units, times n/(n − 1) but for rates of independent rows, whose plain form everybody uses.
  private func variance(_ result: Result, isRate: Bool) -> Double? {
    let n = Double(result.unitCount)
    guard n > 1 else { return nil }
    let sum = result.influence.reduce(0) { $0 + $1 * $1 }
    return isRate && units == nil ? sum : sum * n / (n - 1)
  }

  /// Covariance of a slice's value with that of all rows, which contain it; nil where either has no influence.
  ///
  /// - Parameter rows: those of the slice; `whole` is over all rows.
  package func covariance(_ part: Result, rows: [UInt32], whole: Result) -> Double? {
    guard !part.influence.isEmpty, !whole.influence.isEmpty else { return nil }
    if units != nil { return zip(part.influence, whole.influence).reduce(0) { $0 + $1.0 * $1.1 } }
    let plain = rows.indices.reduce(0) { $0 + part.influence[$1] * whole.influence[Int(rows[$1])] }
    // The correlation is that of the influences, whatever the errors come from.
    return plain * part.stretch * whole.stretch
  }

  /// Candidate − baseline over the same rows: its standard error and interval.
  package func change(_ candidate: Result, _ baseline: Result) -> (standardError: Double, limits: Interval)? {
    guard let now = candidate.estimate.value, let then = baseline.estimate.value,
      candidate.influence.count == baseline.influence.count, candidate.unitCount > 1
    else { return nil }
    let n = Double(candidate.unitCount)
    let sum = zip(candidate.influence, baseline.influence).reduce(0) { sum, pair in
      sum + (pair.0 - pair.1) * (pair.0 - pair.1)
    }
    let error = (sum * n / (n - 1)).squareRoot()
    guard error > 0 else { return nil }
    let width = StudentT.quantile((1 + level) / 2, degreesOfFreedom: n - 1) * error
    return (error, Interval(lower: now - then - width, upper: now - then + width))
  }
}

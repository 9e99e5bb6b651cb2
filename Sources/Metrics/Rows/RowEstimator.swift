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
    /// Of each of `units`; empty where it is not known.
    package var influence: [Double]
    /// The units, or rows, that are here, ascending.
    package var units: [UInt32]
    /// The standard error over the one that follows from the influence.
    var stretch = 1.0
    /// What is judged by its cells.
    package var cells: CellStatistic?
  }

  /// Rows with their units, which every metric over them needs.
  package func unitRows(_ rows: [UInt32]) -> UnitRows {
    UnitRows(rows, unitOfRow: units, unitCount: unitCount)
  }

  package func result(_ metric: any RowMetric, rows: [UInt32], key: String = "") -> Result {
    result(metric, over: unitRows(rows), key: key)
  }

  /// Complexity: the metric's own, and O(rows).
  ///
  /// - Parameter key: the slice's name, which keys random draws.
  package func result(_ metric: any RowMetric, over here: UnitRows, key: String = "") -> Result {
    let rows = here.rows
    var influence = [Double](repeating: 0, count: rows.count)
    let measured = metric.measure(rows, influence: &influence)
    var result = Result(
      estimate: Self.blank(measured, rows: rows.count), influence: [], units: here.units)
    guard let value = measured.value, metric.definition.entry.kind != .count else { return result }
    guard measured.hasInfluence else {
      result.estimate.status = .notEstimable
      result.estimate.reason = "no standard error is known"
      return result
    }
    result.influence = here.folded(influence)
    let kind = metric.definition.entry.kind
    if let bootstrap, let cells = cells(metric, rows) {
      judge(&result, cells, bootstrap, key, metric.definition.range)
      return result
    }
    let variance = self.variance(result, isRate: kind == .rate)
    let judge = IntervalMaker(level: level, range: metric.definition.range, units: result.units.count)
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
    let here = unitRows(rows)
    var result = Result(
      estimate: Self.blank(measured, rows: rows.count), influence: [], units: here.units)
    result.influence = here.folded(influence)
    return (value, variance(result, isRate: false) ?? 0, result.units.count)
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

  /// Σψ² over units, times n/(n − 1) but for rates of independent rows, whose plain form everybody uses.
  private func variance(_ result: Result, isRate: Bool) -> Double? {
    let n = Double(result.units.count)
    guard n > 1 else { return nil }
    let sum = result.influence.reduce(0) { $0 + $1 * $1 }
    return isRate && units == nil ? sum : sum * n / (n - 1)
  }

  /// Covariance of two values over rows that may share units; nil where either has no influence.
  package func covariance(_ a: Result, _ b: Result) -> Double? {
    guard !a.influence.isEmpty, !b.influence.isEmpty else { return nil }
    // The correlation is that of the influences, whatever the errors come from.
    return Self.shared(a, b) * a.stretch * b.stretch
  }

  /// Σψ_a ψ_b over the units of both. Complexity: O(units of a) where b has them all, else O(units of both).
  private static func shared(_ a: Result, _ b: Result) -> Double {
    var sum = 0.0
    if Int(b.units[b.units.count - 1]) == b.units.count - 1 {
      for (unit, value) in zip(a.units, a.influence) where Int(unit) < b.units.count {
        sum += value * b.influence[Int(unit)]
      }
      return sum
    }
    var place = 0
    for (unit, value) in zip(a.units, a.influence) {
      while place < b.units.count, b.units[place] < unit { place += 1 }
      guard place < b.units.count else { break }
      if b.units[place] == unit { sum += value * b.influence[place] }
    }
    return sum
  }

  /// Candidate − baseline over the same rows: its standard error and interval.
  package func change(_ candidate: Result, _ baseline: Result) -> (standardError: Double, limits: Interval)? {
    guard let now = candidate.estimate.value, let then = baseline.estimate.value,
      candidate.influence.count == baseline.influence.count, candidate.units.count > 1
    else { return nil }
    let n = Double(candidate.units.count)
    let sum = zip(candidate.influence, baseline.influence).reduce(0) { sum, pair in
      sum + (pair.0 - pair.1) * (pair.0 - pair.1)
    }
    let error = (sum * n / (n - 1)).squareRoot()
    guard error > 0 else { return nil }
    let width = StudentT.quantile((1 + level) / 2, degreesOfFreedom: n - 1) * error
    return (error, Interval(lower: now - then - width, upper: now - then + width))
  }
}

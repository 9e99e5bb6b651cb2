import Fairness
import Glibc
import Metrics
import Results
import Statistics

extension Numbers {
  /// A composite of a group against that of all rows: the delta method on the cells inside and outside,
  /// each smoothed by half a row of the mean weight so that an empty cell still varies.
  func compositeOverall(_ metric: Metric, _ slice: Int, _ kind: Gap.Kind, level: Double) -> Quantity {
    guard let binary = metric.binary else { return .undefined("the outcomes are not known") }
    let inside = counts(slice)
    let outside = inside.complement(in: counts(0))
    let group = estimate(metric, slice)
    let whole = estimate(metric, 0)
    var quantity = Quantity(isRatio: kind == .ratio)
    fill(&quantity, group, whole)
    guard let mine = group.value, let all = whole.value else {
      quantity.reason = group.reason ?? whole.reason
      return quantity
    }
    guard kind == .difference || mine > 0 && all > 0 else { return .undefined("the ratio is not positive") }
    quantity.value = kind == .difference ? mine - all : mine / all
    guard let error = compositeError(binary, inside, outside, kind), error > 0 else {
      quantity.reason = "no standard error"
      return quantity
    }
    let z = Normal.criticalValue(level: level) * error
    let value = quantity.value ?? 0
    let limits =
      kind == .difference
      ? Interval(lower: value - z, upper: value + z)
      : Interval(lower: value * exp(-z), upper: value * exp(z))
    quantity.limits = limits
    quantity.tails = Self.tails(around: value, limits, kind, level, Self.freedom(inside))
    quantity.test = "Wald test, delta method on the cells"
    return quantity
  }

  /// Standard error of f(inside) − f(inside + outside), or of the logarithm of their ratio.
  private func compositeError(
    _ metric: BinaryMetric, _ inside: OutcomeCounts, _ outside: OutcomeCounts, _ kind: Gap.Kind
  ) -> Double? {
    let rows = Double(max(1, inside.rowCount + outside.rowCount))
    let half = (inside.weight + outside.weight) / rows / 2
    let halfSquare = (inside.squaredWeight + outside.squaredWeight) / rows / 2
    guard half > 0 else { return nil }
    let cells = (inside.weights + outside.weights).map { $0 + half }
    let squares = (inside.squaredWeights + outside.squaredWeights).map { $0 + halfSquare }
    func statistic(_ cells: [Double]) -> Double? {
      guard let part = Composite.value(metric, Array(cells[0..<4])),
        let whole = Composite.value(metric, (0..<4).map { cells[$0] + cells[$0 + 4] })
      else { return nil }
      if kind == .difference { return part - whole }
      return part > 0 && whole > 0 ? log(part / whole) : nil
    }
    return DeltaMethod.variance(cells, squares, statistic).map { $0.squareRoot() }
  }
}
